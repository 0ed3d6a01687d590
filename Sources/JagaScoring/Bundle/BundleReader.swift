import Glibc
import JagaCore

/// A file mapped into memory, read-only, until the last user is gone.
final class MappedFile {
  let bytes: UnsafeRawBufferPointer

  /// Maps the whole file. Throws ``BundleError/cannotOpen(path:code:)``, also for an empty file.
  init(path: String) throws(BundleError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotOpen(path: path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .cannotOpen(path: path, code: errno) }
    guard status.st_size > 0 else { throw .notABundle(path: path) }
    let size = Int(status.st_size)
    guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
      throw .cannotOpen(path: path, code: errno)
    }
    bytes = UnsafeRawBufferPointer(start: address, count: size)
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}

/// A checked file: its sections by name, and its identity.
struct BundleReader {
  let path: String
  let checksum: UInt64
  let size: Int
  let formatVersion: UInt32
  private(set) var sections: [(name: String, section: Section)] = []

  /// Maps and checks a file. Cost: one pass over it for the checksum.
  init(path: String, kind: BundleFormat.Kind) throws(BundleError) {
    let file = try MappedFile(path: path)
    try self.init(owner: file, bytes: file.bytes, path: path, kind: kind)
  }

  /// Checks bytes that `owner` keeps alive.
  init(owner: AnyObject, bytes: UnsafeRawBufferPointer, path: String, kind: BundleFormat.Kind) throws(BundleError) {
    self.path = path
    guard bytes.count >= BundleFormat.magic.count, bytes.prefix(8).elementsEqual(BundleFormat.magic) else {
      throw .notABundle(path: path)
    }
    guard bytes.count >= BundleFormat.headerSize else {
      throw .wrongSize(path: path, expected: BundleFormat.headerSize, found: bytes.count)
    }
    func word(_ offset: Int) -> UInt32 {
      UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
    func long(_ offset: Int) -> UInt64 {
      UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    guard word(12) == BundleFormat.byteOrder else { throw .wrongByteOrder(path: path) }
    formatVersion = word(8)
    guard formatVersion <= BundleFormat.version else {
      throw .newerVersion(path: path, found: Int(formatVersion), supported: Int(BundleFormat.version))
    }
    guard formatVersion >= BundleFormat.oldestVersion else {
      throw .olderVersion(path: path, found: Int(formatVersion), supported: Int(BundleFormat.oldestVersion))
    }
    let announced = long(16)
    guard announced == UInt64(bytes.count) else {
      throw .wrongSize(path: path, expected: Int(clamping: announced), found: bytes.count)
    }
    checksum = long(32)
    size = bytes.count
    guard BundleFormat.checksum(bytes) == checksum else { throw .damaged(path: path) }
    guard word(28) == kind.rawValue else {
      throw .wrongKind(path: path, expected: kind == .model ? "model" : "overlay")
    }
    let count = Int(word(24))
    guard count <= BundleFormat.maximumSections,
      BundleFormat.headerSize + count * BundleFormat.entrySize <= bytes.count
    else { throw .damaged(path: path) }
    for index in 0..<count {
      let entry = BundleFormat.headerSize + index * BundleFormat.entrySize
      let name = String(decoding: bytes[entry..<entry + 16].prefix { $0 != 0 }, as: UTF8.self)
      let offset = long(entry + 24)
      let length = long(entry + 32)
      guard offset % UInt64(BundleFormat.alignment) == 0, offset <= UInt64(bytes.count),
        length <= UInt64(bytes.count) - offset
      else { throw .damaged(path: path) }
      guard BundleFormat.known.contains(name) || long(entry + 16) & 1 == 1 else {
        throw .unknownSection(path: path, name: name)
      }
      let range = UnsafeRawBufferPointer(rebasing: bytes[Int(offset)..<Int(offset + length)])
      sections.append((name, Section(owner: owner, bytes: range)))
    }
  }

  /// The section of a name, or nil.
  func optional(_ name: String) -> Section? { sections.first { $0.name == name }?.section }

  /// Opens the section of a name; a section error becomes one that names file and section.
  func open<Part>(_ name: String, _ make: (Section) throws(SectionError) -> Part) throws(BundleError) -> Part {
    guard let section = optional(name) else { throw .missingSection(path: path, name: name) }
    do {
      return try make(section)
    } catch {
      throw .badSection(path: path, name: name, error: error)
    }
  }
}
