internal import Crypto

/// SHA-256 over a list of values. Each stands with its length, so that no two lists run together to the same bytes.
struct Digest {
  private var hash = SHA256()
  private var pending: [UInt8] = []
  private static let block = 1 << 16

  /// Room for so many bytes is made at once; more is made when needed.
  init(room: Int = Digest.block + 256) { pending.reserveCapacity(room) }

  mutating func add(_ text: String) {
    add(text.utf8.count)
    pending.append(contentsOf: text.utf8)
    if pending.count >= Digest.block { flush() }
  }

  mutating func add(_ bytes: [UInt8]) {
    add(bytes.count)
    pending.append(contentsOf: bytes)
    if pending.count >= Digest.block { flush() }
  }

  mutating func add(_ number: Int) {
    withUnsafeBytes(of: Int64(number).littleEndian) { pending.append(contentsOf: $0) }
    if pending.count >= Digest.block { flush() }
  }

  mutating func add(_ number: Double) { add(Int(bitPattern: UInt(number.bitPattern))) }

  private mutating func flush() {
    hash.update(data: pending)
    pending.removeAll(keepingCapacity: true)
  }

  /// 64 hexadecimal digits.
  mutating func finish() -> String { Digest.hex(finishBytes()) }

  /// 32 bytes.
  mutating func finishBytes() -> [UInt8] {
    flush()
    return Array(hash.finalize())
  }

  /// Two hexadecimal digits a byte.
  static func hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
