internal import Crypto
internal import Glibc

/// SHA-256 of a file, block by block.
struct FileHash {
  /// 64 hexadecimal digits.
  let sha256: String
  /// The file's size.
  let bytes: Int

  /// Reads the file whole. Throws a ``Failure``; also for what can be read only once, a pipe for example.
  init(_ path: String) throws(Failure) {
    guard Files.size(path) != nil else {
      let isThere = access(path, F_OK) == 0
      throw Failure(
        isThere
          ? "\(path): only files can be kept by their hash; write it to a file first"
          : "\(path): cannot be opened (\(String(cString: strerror(errno)))); check the path and its permissions")
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Failure(
        "\(path): cannot be opened (\(String(cString: strerror(errno)))); check the path and its permissions")
    }
    defer { close(descriptor) }
    var hash = SHA256()
    var block = [UInt8](repeating: 0, count: 1 << 20)
    var total = 0
    while true {
      let count = block.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw Failure("\(path): cannot be read (\(String(cString: strerror(errno)))); check the file")
      }
      block.withUnsafeBytes { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      total += count
    }
    let digits = Array("0123456789abcdef".utf8)
    sha256 = String(decoding: hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    bytes = total
  }
}
