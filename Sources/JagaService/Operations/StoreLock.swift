#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Held by the one service that works on a store: its conversations are in memory, so a second one, or a deletion behind its back, would be written over.
///
/// The lock is the system's (`flock`) on a file beside the store, so that it goes with the process, however that ends.
public final class StoreLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock of a store; nil when another process has it. Throws ``SecretFile/Fault`` when the file cannot be made.
  public init?(of store: String) throws(SecretFile.Fault) {
    let path = store + ".lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .unwritable(file: path, reason: String(cString: strerror(errno))) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }
}
