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
  private func open(count: Int64, keys: [UInt64], values: [UInt32]) throws -> HashIndex {
    var writer = SectionWriter()
    writer.append(number: count)
    writer.append(table: keys)
    writer.append(table: values)
    var reader = SectionReader(Section(copying: writer.bytes))
    return try HashIndex(reading: &reader)
  }

  @Test func findsWhatADictionaryFinds() throws {
    let seed: UInt64 = 11
    for count in [0, 1, 2, 3, 4, 5, 8, 9, 63, 64, 65, 1000] {
      var random = SplitMix64(seed: seed + UInt64(count))
      var expected: [UInt64: UInt32] = [:]
      // Few distinct low bits, so that probes run into each other and around the end.
      while expected.count < count {
        expected[random.next() << 8 | 0xF8 | random.next() % 8] = UInt32.random(in: 0...UInt32.max, using: &random)
      }
      let built = try index(expected.map { ($0.key, $0.value) })
      #expect(built.count == count)
      for (key, value) in expected { #expect(built[key] == value, "seed \(seed), \(count) keys") }
      for _ in 0..<200 {
        let key = random.next() << 8 | 0xF8
        #expect(built[key] == expected[key], "seed \(seed), \(count) keys")
      }
      var listed: [UInt64: UInt32] = [:]
      built.forEach { listed[$0] = $1 }
      #expect(listed == expected)
    }
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

  @Test func halfAtMostOfTheSlotsAreUsed() {
    for count in [0, 1, 4, 5, 8, 9, 100] {
      var builder = HashIndexBuilder()
      for key in 0..<count { builder.set(UInt64(key + 1), to: 0) }
      var reader = SectionReader(Section(copying: bytes(builder)))
      let slots = (try? reader.number()).flatMap { _ in try? reader.table(of: UInt64.self).count } ?? 0
      #expect(slots >= max(8, 2 * count))
      #expect(slots & (slots - 1) == 0)
    }
  }

  /// What a damaged file may say, and why it is refused: a lookup must always end and stay inside.
  @Test func contradictionsAreRefused() {
    let rows: [(count: Int64, keys: [UInt64], values: [UInt32], what: String)] = [
      (0, [], [], "hash index"),
      (1, [1, 0, 0], [1, 0, 0], "hash index"),
      (1, [1, 0, 0, 0], [1, 0], "hash index"),
      (-1, [0, 0], [0, 0], "hash index"),
      (2, [1, 2], [0, 0], "hash index"),
      (1, [1, 2], [0, 0], "hash index count"),
      (1, [1, 2, 3, 0], [0, 0, 0, 0], "hash index count"),
      (1, [0, 0, 0, 0], [0, 0, 0, 0], "hash index count"),
    ]
    for row in rows {
      #expect(throws: SectionError.invalid(what: row.what), "\(row.keys)") {
        try open(count: row.count, keys: row.keys, values: row.values)
      }
    }
  }

  @Test func aKeyInAWrongSlotIsMissedButEnds() throws {
    let misplaced = try open(count: 1, keys: [0, 0, 0, 4], values: [0, 0, 0, 8])
    #expect(misplaced[4] == nil)
    #expect(misplaced[3] == nil)
  }
}
