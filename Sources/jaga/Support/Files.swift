internal import Glibc

/// The few things that commands do with files themselves.
enum Files {
  /// The whole file. Throws a ``Failure``.
  static func read(_ path: String) throws(Failure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, "cannot be opened", "check the path and its permissions") }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = block.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path, "cannot be read", "check the path and its permissions")
      }
      bytes.append(contentsOf: block[..<count])
    }
  }

  /// Writes a file so that its path never names half of it: into a file beside it first, which then takes its place. What people wrote is `isPrivate`:
  /// nobody but the owner may read the file.
  static func write(_ bytes: [UInt8], to path: String, isPrivate: Bool = false) throws(Failure) {
    let temporary = "\(path).\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, isPrivate ? 0o600 : 0o644)
    guard descriptor >= 0 else { throw failure(path, "cannot be written", "check the folder and its permissions") }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { bytes in
        Glibc.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let problem = failure(path, "cannot be written", "free some space")
        close(descriptor)
        unlink(temporary)
        throw problem
      }
      written += count
    }
    guard close(descriptor) == 0, rename(temporary, path) == 0 else {
      let problem = failure(path, "cannot be written", "check the folder and its permissions")
      unlink(temporary)
      throw problem
    }
  }

  /// Makes a folder and those above it, unless they are there. Throws a ``Failure``.
  static func makeFolder(_ path: String) throws(Failure) {
    if isFolder(path) { return }
    var parent = path
    while parent.count > 1, parent.hasSuffix("/") { parent.removeLast() }
    if let slash = parent.lastIndex(of: "/"), slash > parent.startIndex { try makeFolder(String(parent[..<slash])) }
    guard mkdir(path, 0o777) == 0 || isFolder(path) else {
      throw failure(path, "cannot be made a folder", "check the path and its permissions")
    }
  }

  /// True for an existing folder.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// True for a file that can be read.
  static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 && !isFolder(path) }

  /// True when two paths lead to one file.
  static func isSame(_ path: String, _ other: String) -> Bool {
    var (one, two) = (stat(), stat())
    guard stat(path, &one) == 0, stat(other, &two) == 0 else { return false }
    return one.st_dev == two.st_dev && one.st_ino == two.st_ino
  }

  /// The size of a regular file; nil for anything else.
  static func size(_ path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  private static func failure(_ path: String, _ what: String, _ remedy: String) -> Failure {
    Failure("\(path): \(what) (\(String(cString: strerror(errno)))); \(remedy)")
  }
}
