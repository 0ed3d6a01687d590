internal import CSIMDJSON
internal import JagaCore

/// True when the bytes are valid UTF-8.
func isValidUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let base = bytes.baseAddress else { return true }
  return jaga_utf8_valid(base, bytes.count) != 0
}

/// A copy in which every wrong sequence became U+FFFD, one for each maximal part, as Unicode recommends.
func repairedUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
  Array(String(decoding: bytes, as: UTF8.self).utf8)
}

extension MessageBatch {
  /// Copies bytes that may be wrong. Returns the field, and true when something was repaired.
  mutating func appendRepaired(_ bytes: UnsafeBufferPointer<UInt8>) -> (field: Field, repaired: Bool) {
    if isValidUTF8(bytes) { return (append(bytes), false) }
    let offset = self.bytes.count
    self.bytes.append(contentsOf: repairedUTF8(bytes))
    return (Field(offset: offset, count: self.bytes.count - offset), true)
  }

  /// Appends a number in decimal.
  mutating func append(decimal value: Int) -> Field {
    let offset = bytes.count
    appendDecimal(value, to: &bytes)
    return Field(offset: offset, count: bytes.count - offset)
  }
}

/// Appends a number in decimal, without an allocation.
func appendDecimal(_ value: Int, to bytes: inout [UInt8]) {
  if value < 0 { bytes.append(UInt8(ascii: "-")) }
  var rest = value.magnitude
  let first = bytes.count
  repeat {
    bytes.append(UInt8(truncatingIfNeeded: 48 + rest % 10))
    rest /= 10
  } while rest > 0
  var low = first
  var high = bytes.count - 1
  while low < high {
    bytes.swapAt(low, high)
    low += 1
    high -= 1
  }
}
