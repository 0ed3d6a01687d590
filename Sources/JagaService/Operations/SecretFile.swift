internal import Crypto
internal import Foundation
#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file that holds a secret. It is refused when others than its owner can read it.
public enum SecretFile {
  /// Why a secret cannot be used. Its content is in no case.
  public enum Fault: Error, Equatable, Sendable {
    /// It cannot be opened or read.
    case unreadable(file: String, reason: String)
    /// The installation's secret is not where the store was made with it.
    case missing(file: String)
    /// It cannot be made.
    case unwritable(file: String, reason: String)
    /// Others may read it.
    case open(file: String, mode: Int)
    /// It is not of the length that it must have.
    case length(file: String, bytes: Int, expected: String)
  }

  /// Makes the installation's secret where there is none: 32 random bytes in a file of mode 600. To be called before a new store is
  /// made, and never beside one that is there. Throws ``Fault``.
  public static func prepareInstallation(_ path: String) throws(Fault) {
    if access(path, F_OK) != 0, errno == ENOENT { try make(path) }
  }

  /// Reads the installation's secret. One that is missing is not made anew: with another the audit's names of conversations could not be
  /// told any more. Throws ``Fault``.
  public static func installation(_ path: String) throws(Fault) -> [UInt8] {
    if access(path, F_OK) != 0, errno == ENOENT { throw .missing(file: path) }
    let bytes = try content(path, limit: 33)
    guard bytes.count == 32 else { throw .length(file: path, bytes: bytes.count, expected: "32") }
    return bytes
  }

  /// Reads a key of 32 bytes, as they are or as 64 hexadecimal digits. Throws ``Fault``.
  public static func key(_ path: String) throws(Fault) -> [UInt8] {
    let bytes = try content(path, limit: 4_096)
    if bytes.count == 32 { return bytes }
    let text = trimmed(bytes)
    var made: [UInt8] = []
    var index = 0
    while index + 1 < text.count, let high = digit(text[index]), let low = digit(text[index + 1]) {
      made.append(high << 4 | low)
      index += 2
    }
    guard made.count == 32, index == text.count else {
      throw .length(file: path, bytes: bytes.count, expected: "32, or 64 hexadecimal digits")
    }
    return made
  }

  /// Reads a secret that is taken as it is, without the line break at its end; at least `least` bytes. Throws ``Fault``.
  public static func text(_ path: String, least: Int) throws(Fault) -> [UInt8] {
    let bytes = trimmed(try content(path, limit: 4_096))
    guard bytes.count >= least else { throw .length(file: path, bytes: bytes.count, expected: "\(least) or more") }
    return bytes
  }

  /// Reads a private key as PEM, at most 64 KB; what it holds is not looked at. Throws ``Fault``.
  public static func pem(_ path: String) throws(Fault) -> [UInt8] { try content(path, limit: 64 << 10) }

  private static func make(_ path: String) throws(Fault) {
    // Written beside it and linked, so that of two first starts at once one wins and nobody reads half a secret.
    let temporary = "\(path).\(getpid()).tmp"
    let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .unwritable(file: path, reason: String(cString: strerror(errno))) }
    defer { unlink(temporary) }
    let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    let isWritten = count == bytes.count && fsync(descriptor) == 0
    let reason = String(cString: strerror(errno))
    close(descriptor)
    guard isWritten else { throw .unwritable(file: path, reason: reason) }
    guard link(temporary, path) == 0 || errno == EEXIST else {
      throw .unwritable(file: path, reason: String(cString: strerror(errno)))
    }
  }

  private static func content(_ path: String, limit: Int) throws(Fault) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(file: path, reason: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    let place = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let attributes = try? FileManager.default.attributesOfItem(atPath: place)
    guard let mode = attributes?[.posixPermissions] as? Int, attributes?[.type] as? FileAttributeType == .typeRegular
    else { throw .unreadable(file: path, reason: "it is no regular file") }
    guard mode & 0o077 == 0 else { throw .open(file: path, mode: mode & 0o777) }
    var bytes = [UInt8](repeating: 0, count: limit)
    var filled = 0
    while filled < limit {
      let count = bytes.withUnsafeMutableBytes { room in
        room.baseAddress.map { read(descriptor, $0 + filled, limit - filled) } ?? 0
      }
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw .unreadable(file: path, reason: String(cString: strerror(errno)))
      }
      filled += count
    }
    return Array(bytes[..<filled])
  }

  private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    while let last = bytes.last, last == 0x0A || last == 0x0D || last == 0x20 { bytes.removeLast() }
    return bytes
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}

extension SecretFile.Fault: CustomStringConvertible {
  /// The sentence shown to people.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "\(file): cannot be read (\(reason)); check the path and its permissions"
    case .missing(let file):
      "\(file): the installation's secret is missing, and its store is there; put the file back from where it is kept apart. Only when it is lost for good make another, (umask 077; openssl rand -out \(file) 32): then what the audit says of conversations up to now can no longer be assigned"
    case .unwritable(let file, let reason): "\(file): cannot be made (\(reason)); check the folder and its permissions"
    case .open(let file, let mode):
      "\(file): others can read it (mode \(String(mode, radix: 8))); run 'chmod 600 \(file)', and make a new secret if others use this machine"
    case .length(let file, let bytes, let expected):
      "\(file): a secret of \(bytes) bytes; it must have \(expected); make one with 'openssl rand -hex 32'"
    }
  }
}
