internal import Glibc
internal import JagaBatch
internal import JagaCore

/// The file that `--out` names: written from its beginning, or from where a checkpoint left it.
final class OutputFile: ResumableSink {
  /// So many of the last bytes tell a file from another one of the same length.
  private static let tail = 4096
  private let path: String
  private let descriptor: Int32
  private var length: Int

  /// Makes the file, or empties it.
  init(creating path: String) throws(Failure) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    length = 0
    guard descriptor >= 0 else { throw failure("written", "check the folder and its permissions") }
    try lock()
    // What cannot be cut, such as a device, is written as it is.
    guard ftruncate(descriptor, 0) == 0 || errno == EINVAL else { throw failure("emptied", "check its permissions") }
  }

  /// Two runs must not write one file: the second would cut it under the first.
  private func lock() throws(Failure) {
    guard flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK else { return }
    throw Failure("\(path): another run is writing this file; wait for it, or name another file with --out")
  }

  /// Opens the file and cuts off what was written after a checkpoint.
  init(resuming path: String, at mark: OutputMark) throws(Failure) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CLOEXEC)
    length = mark.length
    guard descriptor >= 0 else {
      throw failure("gone on with", "remove \(OutputFile.checkpoint(of: path)) to begin anew")
    }
    try lock()
    guard let size = Files.size(path), size >= mark.length, digest() == mark.digest else {
      throw Failure(
        "\(path): it is not the file that the checkpoint belongs to; remove \(OutputFile.checkpoint(of: path)) to begin anew"
      )
    }
    guard ftruncate(descriptor, off_t(length)) == 0, lseek(descriptor, off_t(length), SEEK_SET) == length else {
      throw failure("gone on with", "check its permissions")
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Where the checkpoint of an output lies.
  static func checkpoint(of path: String) -> String { "\(path).checkpoint" }

  func write(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    var written = 0
    while written < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure("written", "free some space or change the target") }
      written += count
    }
    length += written
  }

  func secure() throws -> OutputMark {
    guard fdatasync(descriptor) == 0 else { throw failure("secured", "free some space or change the target") }
    return OutputMark(length: length, digest: digest())
  }

  private func digest() -> UInt64 {
    let start = max(0, length - OutputFile.tail)
    var bytes = [UInt8](repeating: 0, count: length - start)
    let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, off_t(start)) }
    return bytes.withUnsafeBufferPointer { tokenHash(UnsafeBufferPointer(rebasing: $0[..<max(count, 0)])) }
  }

  private func failure(_ what: String, _ remedy: String) -> Failure {
    Failure("\(path): cannot be \(what) (\(String(cString: strerror(errno)))); \(remedy)")
  }
}
