internal import Glibc
internal import JagaCore

/// Writes a checkpoint into a file beside the one it will replace, piece by piece, with a checksum at the end.
final class CheckpointWriter {
  /// The first bytes of every checkpoint; the last one is the version.
  static let mark: UInt64 = 0x3150_4B43_4147_414A
  /// The checksum is made of pieces of so many bytes and a last one.
  static let pieceSize = 1 << 16
  private let path: String
  private let temporary: String
  private let descriptor: Int32
  private var piece: [UInt8] = []
  private var checksum: UInt64 = 0
  private var isFinished = false

  init(path: String) throws(CheckpointError) {
    self.path = path
    temporary = "\(path).tmp"
    // It holds ids: nobody but the owner may read it.
    // Made anew, so that neither a left-over file's mode nor a planted link decides who may read it.
    unlink(temporary)
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    piece.reserveCapacity(CheckpointWriter.pieceSize + 16)
    guard descriptor >= 0 else { throw CheckpointWriter.failure(path) }
    try put(CheckpointWriter.mark)
  }

  deinit {
    guard descriptor >= 0, !isFinished else { return }
    close(descriptor)
    unlink(temporary)
  }

  /// A number, little-endian.
  func put(_ number: UInt64) throws(CheckpointError) {
    withUnsafeBytes(of: number.littleEndian) { piece.append(contentsOf: $0) }
    if piece.count >= CheckpointWriter.pieceSize { try sendWholePieces() }
  }

  func put(_ number: Int) throws(CheckpointError) { try put(UInt64(bitPattern: Int64(number))) }

  /// Bytes, behind their number.
  func put(_ bytes: [UInt8]) throws(CheckpointError) {
    try put(bytes.count)
    piece.append(contentsOf: bytes)
    if piece.count >= CheckpointWriter.pieceSize { try sendWholePieces() }
  }

  /// Ends the file, makes sure that it lies on the disk, and puts it in its place.
  func finish() throws(CheckpointError) {
    try sendWholePieces()
    let sum = piece.withUnsafeBufferPointer { combinedHash(checksum, tokenHash($0)) }
    withUnsafeBytes(of: sum.littleEndian) { piece.append(contentsOf: $0) }
    try send(piece.count)
    guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw CheckpointWriter.failure(path) }
    isFinished = true
    close(descriptor)
    syncFolder()
  }

  /// The new name must survive a loss of power too; a file system that cannot promise it is none of ours to refuse.
  private func syncFolder() {
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    close(descriptor)
  }

  private func sendWholePieces() throws(CheckpointError) {
    while piece.count >= CheckpointWriter.pieceSize {
      checksum = piece.withUnsafeBufferPointer {
        combinedHash(checksum, tokenHash(UnsafeBufferPointer(rebasing: $0[..<CheckpointWriter.pieceSize])))
      }
      try send(CheckpointWriter.pieceSize)
    }
  }

  private func send(_ count: Int) throws(CheckpointError) {
    var written = 0
    while written < count {
      let sent = piece.withUnsafeBytes { write(descriptor, $0.baseAddress.map { $0 + written }, count - written) }
      if sent < 0, errno == EINTR { continue }
      guard sent > 0 else { throw CheckpointWriter.failure(path) }
      written += sent
    }
    piece.removeFirst(count)
  }

  private static func failure(_ path: String) -> CheckpointError {
    .system(file: path, what: "written", reason: String(cString: strerror(errno)))
  }
}
