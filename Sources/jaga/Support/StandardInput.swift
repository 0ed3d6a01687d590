internal import Glibc

/// Standard input read whole, for single messages.
enum StandardInput {
  /// The most that is read, in bytes.
  static let limit = 64 << 20

  /// The text without a line break at its end; bytes that are not UTF-8 become U+FFFD. Throws a ``Failure``.
  static func text() throws(Failure) -> String {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = block.withUnsafeMutableBytes { Glibc.read(0, $0.baseAddress, $0.count) }
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw Failure("standard input cannot be read (\(String(cString: strerror(errno)))); check the pipe")
      }
      bytes.append(contentsOf: block[..<count])
      guard bytes.count <= limit else {
        throw Failure("standard input is longer than \(limit) bytes; use 'jaga score' for files")
      }
    }
    if bytes.last == 0x0A { bytes.removeLast() }
    if bytes.last == 0x0D { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
