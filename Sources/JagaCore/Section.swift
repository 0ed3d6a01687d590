/// A read-only run of bytes, usually a part of a memory-mapped model file, kept alive by its owner.
///
/// Sections are never mutated after creation, so sharing them between threads is safe.
public struct Section: @unchecked Sendable {
  let owner: AnyObject?
  /// The bytes; the base address is aligned to 16 bytes.
  public let bytes: UnsafeRawBufferPointer

  /// Wraps bytes that stay valid, and unchanged, as long as `owner` lives.
  public init(owner: AnyObject, bytes: UnsafeRawBufferPointer) {
    self.owner = owner
    self.bytes = bytes
  }

  /// Copies bytes into memory of its own. For tests and for tables that were just built.
  public init(copying source: [UInt8]) {
    let memory = SectionMemory(byteCount: source.count)
    source.withUnsafeBytes { memory.pointer.copyMemory(from: $0) }
    owner = memory
    bytes = UnsafeRawBufferPointer(rebasing: memory.pointer.prefix(source.count))
  }
}

/// Memory of a copied section, freed with it.
private final class SectionMemory {
  let pointer: UnsafeMutableRawBufferPointer

  init(byteCount: Int) {
    pointer = .allocate(byteCount: max(byteCount, 16), alignment: 64)
  }

  deinit { pointer.deallocate() }
}

/// A typed view of a table inside a section.
///
/// Subscripts are bounds-checked in debug builds only; readers validate every stored index once, when the model is opened.
public struct Table<Element: BitwiseCopyable>: @unchecked Sendable {
  @usableFromInline let owner: AnyObject?
  /// The elements.
  public let buffer: UnsafeBufferPointer<Element>

  init(owner: AnyObject?, buffer: UnsafeBufferPointer<Element>) {
    self.owner = owner
    self.buffer = buffer
  }

  /// A table of its own memory, for tests and builders.
  public init(_ elements: [Element]) {
    var writer = SectionWriter()
    writer.append(table: elements)
    var reader = SectionReader(Section(copying: writer.bytes))
    guard let table = try? reader.table(of: Element.self) else { preconditionFailure("a written table reads back") }
    self = table
  }

  /// The number of elements.
  @inlinable public var count: Int { buffer.count }

  /// Cost: one load.
  @inlinable public subscript(index: Int) -> Element { buffer[index] }
}

/// What can be wrong with a section's bytes.
public enum SectionError: Error, Equatable, Sendable {
  /// The section ends before a table or number that it announces.
  case truncated(at: Int)
  /// A stored value does not fit what it refers to.
  case invalid(what: String)
}

/// Reads numbers and tables from a section, in the order in which ``SectionWriter`` wrote them.
public struct SectionReader {
  let section: Section
  var offset = 0

  /// Starts at the first byte.
  public init(_ section: Section) { self.section = section }

  /// The next number, little-endian. Throws ``SectionError/truncated(at:)``.
  public mutating func number() throws(SectionError) -> Int64 {
    guard offset + 8 <= section.bytes.count else { throw .truncated(at: offset) }
    defer { offset += 8 }
    return Int64(littleEndian: section.bytes.loadUnaligned(fromByteOffset: offset, as: Int64.self))
  }

  /// The next table. Throws when its announced size does not fit into the section. No copy is made.
  public mutating func table<Element: BitwiseCopyable>(of type: Element.Type) throws(SectionError) -> Table<Element> {
    let count = try number()
    offset = (offset + 15) & ~15
    let stride = MemoryLayout<Element>.stride
    let (size, overflow) = Int(count).multipliedReportingOverflow(by: stride)
    guard count >= 0, !overflow, offset <= section.bytes.count, size <= section.bytes.count - offset else {
      throw .truncated(at: offset)
    }
    defer { offset += size }
    guard size > 0, let base = section.bytes.baseAddress else {
      return Table(owner: section.owner, buffer: UnsafeBufferPointer(start: nil, count: 0))
    }
    let pointer = (base + offset).bindMemory(to: Element.self, capacity: Int(count))
    return Table(owner: section.owner, buffer: UnsafeBufferPointer(start: pointer, count: Int(count)))
  }
}

/// Writes numbers and tables, each table aligned to 16 bytes from the section's start.
public struct SectionWriter {
  /// What has been written so far.
  public private(set) var bytes: [UInt8] = []

  /// Starts empty.
  public init() {}

  /// Appends a number, little-endian.
  public mutating func append(number: Int64) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Appends a table: its count, padding, its elements. Elements must be little-endian and without padding bytes.
  public mutating func append<Element: BitwiseCopyable>(table: [Element]) {
    append(number: Int64(table.count))
    while bytes.count % 16 != 0 { bytes.append(0) }
    table.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }
}
