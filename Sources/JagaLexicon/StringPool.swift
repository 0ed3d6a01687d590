public import JagaCore

/// Strings of a section by number: ids, sources and notes. Read in place; a string is copied only when asked for.
public struct StringPool: Sendable {
  private let offsets: Table<UInt32>
  private let bytes: Table<UInt8>

  /// Reads what ``StringPoolBuilder/write(to:)`` wrote. Throws when an offset leaves the pool.
  public init(reading reader: inout SectionReader) throws(SectionError) {
    offsets = try reader.table(of: UInt32.self)
    bytes = try reader.table(of: UInt8.self)
    guard offsets.count > 0 else { throw .invalid(what: "string pool") }
    try checkOffsets(offsets, rows: offsets.count - 1, limit: bytes.count, what: "string pool")
  }

  /// The number of strings.
  public var count: Int { offsets.count - 1 }

  /// A string (a copy); empty for a number out of range.
  public subscript(index: Int) -> String {
    guard index >= 0, index < count else { return "" }
    return String(decoding: bytes.buffer[Int(offsets[index])..<Int(offsets[index + 1])], as: UTF8.self)
  }
}

/// Collects strings for a ``StringPool``.
public struct StringPoolBuilder {
  private var offsets: [UInt32] = [0]
  private var bytes: [UInt8] = []

  /// Starts empty.
  public init() {}

  /// Appends a string; its number is the count of strings before it.
  public mutating func append(_ string: String) {
    bytes.append(contentsOf: string.utf8)
    offsets.append(UInt32(bytes.count))
  }

  /// Appends the pool to a section.
  public func write(to writer: inout SectionWriter) {
    writer.append(table: offsets)
    writer.append(table: bytes)
  }
}

/// Checks a table of row offsets: `rows + 1` values that start at 0, never fall, and end at `limit`.
public func checkOffsets<Offset: FixedWidthInteger & BitwiseCopyable>(
  _ offsets: Table<Offset>, rows: Int, limit: Int, what: String
) throws(SectionError) {
  guard rows >= 0, offsets.count - 1 == rows, offsets[0] == 0, Int(offsets[rows]) == limit else {
    throw .invalid(what: what)
  }
  var row = 0
  while row < rows {
    guard offsets[row] <= offsets[row + 1] else { throw .invalid(what: what) }
    row += 1
  }
}

/// Checks that every value of a table is below a limit.
public func checkValues<Value: FixedWidthInteger & BitwiseCopyable>(
  _ values: Table<Value>, below limit: Int, what: String
) throws(SectionError) {
  for value in values.buffer where Int(value) >= limit { throw .invalid(what: what) }
}
