internal import JagaCore

/// A label by its exact name.
func label(named bytes: UnsafeBufferPointer<UInt8>) -> Label? {
  for label in Label.allCases where bytes.equals(label.staticName) { return label }
  return nil
}

/// An unknown label of gold data for a message: short, and only what a label could hold. Never for chats of others.
func printableLabel(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
  var name = ""
  for byte in bytes.prefix(40) {
    let plain = byte &- 48 < 10 || asciiLowercased(byte) &- 97 < 26 || byte == 0x2E || byte == 0x5F || byte == 0x2D
    name.unicodeScalars.append(plain ? Unicode.Scalar(byte) : "?")
  }
  return name
}
