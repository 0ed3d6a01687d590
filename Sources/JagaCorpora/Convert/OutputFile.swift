internal import Crypto
internal import Glibc

/// A file that is written from front to back and takes its place only when it is whole. Memory: one block.
final class OutputFile {
  private let path: String
  private let temporary: String
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private var hash = SHA256()
  /// Bytes written, the buffer included.
  private(set) var bytes = 0
  private static let block = 1 << 20

  /// Throws ``ImportError/cannotWrite(file:reason:)``.
  init(_ path: String) throws(ImportError) {
    self.path = path
    temporary = "\(path).\(getpid()).tmp"
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .cannotWrite(file: path, reason: systemReason()) }
  }

  deinit {
    // Not finished: nothing of it stays.
    if descriptor >= 0 {
      close(descriptor)
      unlink(temporary)
    }
  }

  /// Lets the body append bytes.
  func append(_ body: (inout [UInt8]) -> Void) throws(ImportError) {
    body(&buffer)
    if buffer.count >= OutputFile.block { try flush() }
  }

  private func flush() throws(ImportError) {
    var written = 0
    while written < buffer.count {
      let count = buffer.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .cannotWrite(file: path, reason: systemReason()) }
      written += count
    }
    buffer.withUnsafeBytes { hash.update(bufferPointer: $0) }
    bytes += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes what is left and puts the file in its place. Returns its SHA-256.
  func finish() throws(ImportError) -> String {
    try flush()
    let status = close(descriptor)
    descriptor = -1
    guard status == 0, rename(temporary, path) == 0 else {
      let reason = systemReason()
      unlink(temporary)
      throw .cannotWrite(file: path, reason: reason)
    }
    return hexadecimal(hash.finalize())
  }
}

/// Makes a folder and those above it. Throws ``ImportError/cannotWrite(file:reason:)``.
func makeFolder(_ path: String) throws(ImportError) {
  var status = stat()
  if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return }
  if let slash = path.lastIndex(of: "/"), slash != path.startIndex { try makeFolder(String(path[..<slash])) }
  guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .cannotWrite(file: path, reason: systemReason()) }
}
