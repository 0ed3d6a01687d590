import JagaCore
import TestSupport
import Testing

@Suite struct HashIndexTests {
  private func index(_ pairs: [(UInt64, UInt32)]) throws -> HashIndex {
    var builder = HashIndexBuilder()
    for (key, value) in pairs { builder.set(key, to: value) }
    return try open(builder)
  }

  private func bytes(_ builder: HashIndexBuilder) -> [UInt8] {
    var writer = SectionWriter()
    builder.write(to: &writer)
    return writer.bytes
  }

  private func open(_ builder: HashIndexBuilder) throws -> HashIndex {
    var reader = SectionReader(Section(copying: bytes(builder)))
    return try HashIndex(reading: &reader)
  }

  /// A raw index, as a damaged or hostile file may hold it.
  private func open(count: Int64, marks: [UInt32], values: [UInt32]) throws -> HashIndex {
    var writer = SectionWriter()
    writer.append(number: count)
    writer.append(table: zip(marks, values).map { UInt64($0) | UInt64($1) << 32 })
    var reader = SectionReader(Section(copying: writer.bytes))
    return try HashIndex(reading: &reader)
  }

  /// Keys whose high halves are all mixed, and keys that all belong to the last slots, so that probes run into each other and around the end.
  @Test(arguments: [false, true]) func findsWhatADictionaryFinds(isCrowded: Bool) throws {
    let seed: UInt64 = 11
    for count in [0, 1, 2, 3, 4, 5, 8, 9, 63, 64, 65, 1000] {
      var random = SplitMix64(seed: seed + UInt64(count))
      func key() -> UInt64 {
        isCrowded ? (0xFFFF_FFF0 + random.next() % 16) << 32 | random.next() >> 32 : random.next()
      }
      var expected: [UInt64: UInt32] = [:]
      while expected.count < count { expected[key()] = UInt32.random(in: 0...UInt32.max, using: &random) }
      let built = try index(expected.map { ($0.key, $0.value) })
      #expect(built.count == count)
      for (key, value) in expected { #expect(built[key] == value, "seed \(seed), \(count) keys") }
      for _ in 0..<200 {
        let other = key()
        #expect(built[other] == expected[other], "seed \(seed), \(count) keys")
      }
      var listed: [UInt32] = []
      built.forEachValue { listed.append($0) }
      #expect(listed.sorted() == expected.values.sorted(), "seed \(seed), \(count) keys")
    }
  }

  /// Of a key its low half is stored. Two keys with one low half part by their slots, if need be in a larger table.
  @Test func keysWithOneLowHalfArePartedByMoreSlots() throws {
    let rows: [(high: [UInt64], slots: Int)] = [
      ([0x1000_0000, 0xF000_0000], 8), ([0x1000_0000, 0x1FFF_FFFF], 10), ([0x4000_0000, 0x5000_0000, 0x9000_0000], 10),
    ]
    for row in rows {
      var builder = HashIndexBuilder()
      for (number, high) in row.high.enumerated() { builder.set(high << 32 | 77, to: UInt32(number)) }
      let built = try open(builder)
      #expect(built.count == row.high.count)
      for (number, high) in row.high.enumerated() { #expect(built[high << 32 | 77] == UInt32(number), "\(row)") }
      #expect(built[0xFFFF_FFFF << 32 | 78] == nil)
      #expect(slots(builder) == row.slots, "\(row)")
    }
  }

  /// Keys that no table of a sensible size parts: the last of them goes without a place, the others are as they were.
  @Test func keysThatDoNotPartAreOne() throws {
    let built = try index([(0x1000_0001 << 32 | 77, 2), (0x1000_0000 << 32 | 77, 1), (0x1000_0000 << 32 | 78, 3)])
    #expect(built.count == 2)
    #expect(built[0x1000_0000 << 32 | 77] == 1)
    #expect(built[0x1000_0001 << 32 | 77] == 1, "taken for its twin")
    #expect(built[0x1000_0000 << 32 | 78] == 3)
  }

  @Test func aKeyWithoutALowHalfIsFound() throws {
    let built = try index([(5 << 32, 6)])
    #expect(built[5 << 32] == 6)
    #expect(built[5 << 32 | 2] == nil)
  }

  @Test func keyZeroIsNeverStored() throws {
    var builder = HashIndexBuilder()
    #expect(builder.set(0, to: 5) == nil)
    #expect(builder.count == 0)
    let opened = try open(builder)
    #expect(opened[0] == nil)
  }

  @Test func settingAgainReplacesAndTellsTheOldValue() throws {
    var builder = HashIndexBuilder()
    #expect(builder.set(9, to: 1) == nil)
    #expect(builder.set(9, to: 2) == 1)
    #expect(builder.count == 1)
    let opened = try open(builder)
    #expect(opened[9] == 2)
  }

  @Test func bytesDependOnTheSetOnly() {
    let pairs = (1...300).map { (tokenHash("word\($0)"), UInt32($0)) }
    func build(_ pairs: [(UInt64, UInt32)]) -> [UInt8] {
      var builder = HashIndexBuilder()
      for (key, value) in pairs { builder.set(key, to: value) }
      return bytes(builder)
    }
    var random = SplitMix64(seed: 3)
    #expect(build(pairs) == build(pairs.reversed()))
    #expect(build(pairs) == build(pairs.shuffled(using: &random)))
  }

  /// The size grows with the content, not by doublings.
  @Test func fourFifthsAtMostOfTheSlotsAreUsed() {
    for count in Array(0...70) + [100, 999, 1000, 1001] {
      var builder = HashIndexBuilder()
      for key in 0..<count { builder.set(UInt64(key + 1), to: 0) }
      let slots = slots(builder)
      #expect(5 * count <= 4 * slots && count < slots, "\(count) keys")
      #expect(slots <= max(8, count * 5 / 4 + 1), "\(count) keys")
    }
  }

  private func slots(_ builder: HashIndexBuilder) -> Int {
    var reader = SectionReader(Section(copying: bytes(builder)))
    return (try? reader.number()).flatMap { _ in try? reader.table(of: UInt64.self).count } ?? 0
  }

  /// What a damaged file may say, and why it is refused: a lookup must always end and stay inside.
  @Test func contradictionsAreRefused() {
    let rows: [(count: Int64, marks: [UInt32], values: [UInt32], what: String)] = [
      (0, [], [], "hash index"),
      (0, [0], [], "hash index"),
      (-1, [0, 0], [0, 0], "hash index"),
      (2, [1, 2], [0, 0], "hash index"),
      (1, [1, 2], [0, 0], "hash index count"),
      (1, [1, 2, 3, 0], [0, 0, 0, 0], "hash index count"),
      (1, [0, 0, 0, 0], [0, 0, 0, 0], "hash index count"),
    ]
    for row in rows {
      #expect(throws: SectionError.invalid(what: row.what), "\(row.marks)") {
        try open(count: row.count, marks: row.marks, values: row.values)
      }
    }
  }

  @Test func aKeyInAWrongSlotIsMissedButEnds() throws {
    let misplaced = try open(count: 1, marks: [0, 0, 4], values: [0, 0, 8])
    #expect(misplaced[4] == nil)
    #expect(misplaced[3] == nil)
    #expect(misplaced[0xF000_0000 << 32 | 4] == 8)
    let crowded = try open(count: 3, marks: [7, 0, 7, 7], values: [1, 0, 2, 3])
    #expect(crowded[0xFFFF_FFFF << 32 | 9] == nil, "from the last slot on to the first and on to the free one")
  }
}
