import JagaCore
import Testing

@Suite struct SectionTests {
  /// A number, a table of bytes, a number, an empty table, a table of wide values.
  private static var sample: [UInt8] {
    var writer = SectionWriter()
    writer.append(number: -3)
    writer.append(table: [UInt8](1...5))
    writer.append(number: .max)
    writer.append(table: [Int32]())
    writer.append(table: [UInt64](arrayLiteral: 0, 1, .max))
    return writer.bytes
  }

  private static func read(_ section: Section) throws(SectionError) -> (Int64, [UInt8], Int64, [Int32], [UInt64]) {
    var reader = SectionReader(section)
    let first = try reader.number()
    let bytes = try reader.table(of: UInt8.self)
    let second = try reader.number()
    let none = try reader.table(of: Int32.self)
    let wide = try reader.table(of: UInt64.self)
    return (first, Array(bytes.buffer), second, Array(none.buffer), Array(wide.buffer))
  }

  @Test func whatWasWrittenReadsBack() throws {
    let (first, bytes, second, none, wide) = try Self.read(Section(copying: Self.sample))
    #expect(first == -3)
    #expect(bytes == [1, 2, 3, 4, 5])
    #expect(second == .max)
    #expect(none.isEmpty)
    #expect(wide == [0, 1, .max])
  }

  @Test func theLayoutIsPinned() {
    var writer = SectionWriter()
    writer.append(number: 0x0102)
    writer.append(table: [UInt16(0x0A0B), 0x0C0D])
    writer.append(table: [UInt8(7)])
    #expect(
      writer.bytes == [
        2, 1, 0, 0, 0, 0, 0, 0,  // the number, little-endian
        2, 0, 0, 0, 0, 0, 0, 0,  // the first table's count; 16 bytes are full, so no padding
        0x0B, 0x0A, 0x0D, 0x0C,  // its elements
        1, 0, 0, 0, 0, 0, 0, 0,  // the second table's count
        0, 0, 0, 0,  // padding to 32
        7,
      ])
  }

  @Test func tablesAreAlignedForTheirElements() throws {
    let section = Section(copying: Self.sample)
    #expect(section.bytes.baseAddress.map { Int(bitPattern: $0) % 16 } == 0)
    var reader = SectionReader(section)
    _ = try reader.number()
    let bytes = try reader.table(of: UInt8.self)
    #expect(bytes.buffer.baseAddress.map { Int(bitPattern: $0) % 16 } == 0)
  }

  @Test func everyTruncatedPrefixThrows() {
    let whole = Self.sample
    for length in whole.indices {
      #expect(throws: SectionError.self, "prefix of \(length)") {
        try Self.read(Section(copying: Array(whole.prefix(length))))
      }
    }
  }

  @Test func truncationNamesTheByte() {
    #expect(throws: SectionError.truncated(at: 0)) {
      var reader = SectionReader(Section(copying: [1, 2, 3]))
      _ = try reader.number()
    }
    #expect(throws: SectionError.truncated(at: 8)) {
      var reader = SectionReader(Section(copying: [UInt8](repeating: 0, count: 15)))
      _ = try reader.number()
      _ = try reader.number()
    }
  }

  /// Announced counts that no section can hold: negative, overflowing in bytes, one too many.
  @Test(arguments: [-1, .min, .max, .max / 8, .max / 8 + 1, 1 << 61, 3] as [Int64])
  func impossibleCountsThrow(_ count: Int64) {
    var writer = SectionWriter()
    writer.append(number: count)
    writer.append(number: 0)
    writer.append(number: 1)
    writer.append(number: 2)
    #expect(throws: SectionError.truncated(at: 16)) {
      var reader = SectionReader(Section(copying: writer.bytes))
      _ = try reader.table(of: UInt64.self)
    }
  }

  @Test func aTableOutlivesItsReader() throws {
    func make() throws -> Table<UInt64> {
      var reader = SectionReader(Section(copying: Self.sample))
      _ = try reader.number()
      _ = try reader.table(of: UInt8.self)
      _ = try reader.number()
      _ = try reader.table(of: Int32.self)
      return try reader.table(of: UInt64.self)
    }
    let table = try make()
    #expect(table.count == 3)
    #expect(table[2] == .max)
  }

  @Test func aTableOfItsOwnMemory() {
    let table = Table<Int32>([5, -6, 7])
    #expect(table.count == 3)
    #expect([table[0], table[1], table[2]] == [5, -6, 7])
    #expect(Table<Int32>([]).count == 0)
  }
}
