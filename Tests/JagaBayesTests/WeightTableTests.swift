import Foundation
import JagaBayes
import JagaCore
import JagaText
import TestSupport
import Testing

@Suite struct WeightTableTests {
  private static let scale = WeightTable.lengthScale(pivot: 8, exponent: 0.5)

  private static let sample: [UInt8] = {
    let words = ["kirim", "foto", "jangan", "bilang", "gue", "ya"]
    var rows: [UInt64: [Int16]] = [:]
    for (number, word) in words.enumerated() {
      let row =
        number % 2 == 0 ? (0..<Head.stride).map { Int16(number * 100 + $0) } : StoredRow.outer(Int16(number), -7)
      rows[FeatureExtractor.hash(.word, tokenHash(word))] = row
    }
    return WeightTable.encode(rows: rows, lengthScale: scale)
  }()

  private static func open(_ bytes: [UInt8]) throws -> WeightTable { try WeightTable(section: Section(copying: bytes)) }

  @Test func rowsReadBackUnderTheirHashes() throws {
    let seed: UInt64 = 41
    var random = SplitMix64(seed: seed)
    var rows: [UInt64: [Int16]] = [:]
    for _ in 0..<500 { rows[random.next()] = StoredRow.random(using: &random) }
    let table = try Self.open(WeightTable.encode(rows: rows, lengthScale: Self.scale))
    #expect(table.count == rows.count)
    #expect(Array(table.lengthScale.buffer) == Self.scale)
    for (hash, row) in rows {
      let number = try #require(table.index[hash])
      #expect(table.values(of: number) == StoredRow.values(row), "seed \(seed)")
      var sums = [Int32](repeating: 1000, count: Head.stride)
      sums.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        table.add(number, to: base)
      }
      #expect(sums == StoredRow.values(row).map { Int32($0) + 1000 }, "seed \(seed)")
    }
    // Whole rows come first; both sorts lie in the order of their hashes.
    let byNumber = rows.keys.sorted { (table.index[$0] ?? 0) < (table.index[$1] ?? 0) }
    let whole = rows.filter { StoredRow.isWhole($0.value) }.keys.sorted()
    let others = rows.filter { !StoredRow.isWhole($0.value) }.keys.sorted()
    #expect(byNumber == whole + others, "seed \(seed)")
    #expect(whole.count > 100 && others.count > 100)
  }

  /// A column of a row that says something to a stage, and what is kept of it.
  @Test(
    arguments: [
      (0, 0), (7, 0), (8, 16), (-7, 0), (-8, -16), (23, 16), (24, 32), (100, 96), (2032, 2032), (2039, 2032),
      (2040, 2032), (3000, 2032), (-2040, -2032), (32767, 2032), (-32768, -2032),
    ] as [(Int16, Int16)])
  func wholeRowsAreStoredInSteps(_ value: Int16, _ kept: Int16) throws {
    for column in 0..<Head.stride {
      var row = [Int16](repeating: 0, count: Head.stride)
      row[column] = value
      // Something else makes it whole.
      row[(column + 1) % 20] = 160
      let table = try Self.open(WeightTable.encode(rows: [5: row], lengthScale: Self.scale))
      let number = try #require(table.index[5])
      #expect(table.values(of: number)[column] == kept, "column \(column)")
    }
    #expect(WeightTable.wideStep == 16)
  }

  @Test(arguments: [0, 1, 7, -8, 2033, .max, .min] as [Int16])
  func rowsOfTheOuterHeadsKeepEveryUnit(_ value: Int16) throws {
    for row in [StoredRow.outer(value, 3), StoredRow.outer(3, value), StoredRow.outer(value, 0)] {
      let table = try Self.open(WeightTable.encode(rows: [5: row], lengthScale: Self.scale))
      let number = try #require(table.index[5])
      #expect(table.values(of: number) == row)
    }
  }

  @Test func aRowOfTheOuterHeadsTakesFourBytes() {
    func size(_ row: [Int16]) -> Int {
      let rows = Dictionary(uniqueKeysWithValues: (1...1000).map { (tokenHash("w\($0)"), row) })
      return WeightTable.encode(rows: rows, lengthScale: Self.scale).count
    }
    let empty = WeightTable.encode(rows: [:], lengthScale: Self.scale).count
    let (whole, outer) = (size([16]) - empty, size(StoredRow.outer(16, 16)) - empty)
    #expect(whole - outer >= 1000 * (Head.stride - 4) - 64 && whole - outer <= 1000 * (Head.stride - 4) + 64)
  }

  @Test func equalWeightsGiveEqualBytes() {
    let hashes = (1...200).map { tokenHash("w\($0)") }
    var forward: [UInt64: [Int16]] = [:]
    var backward: [UInt64: [Int16]] = [:]
    backward.reserveCapacity(4000)
    func row(_ hash: UInt64) -> [Int16] {
      let value = Int16(truncatingIfNeeded: hash)
      return hash & 1 == 0 ? [value] : StoredRow.outer(value, 1)
    }
    for hash in hashes { forward[hash] = row(hash) }
    for hash in hashes.reversed() { backward[hash] = row(hash) }
    #expect(
      WeightTable.encode(rows: forward, lengthScale: Self.scale)
        == WeightTable.encode(rows: backward, lengthScale: Self.scale))
  }

  @Test func rowsArePaddedAndCutToTheStride() throws {
    let rows: [UInt64: [Int16]] = [5: [16, 32], 9: [Int16](repeating: 48, count: 40), 7: [], 0: [64]]
    let table = try Self.open(WeightTable.encode(rows: rows, lengthScale: Self.scale))
    #expect(table.count == 3)
    let padding = [Int16](repeating: 0, count: 22)
    #expect(table.index[5].map { table.values(of: $0) } == [16, 32] + padding)
    #expect(table.index[9].map { table.values(of: $0) } == [Int16](repeating: 48, count: 24))
    #expect(table.index[7].map { table.values(of: $0) } == [0, 0] + padding)
  }

  @Test func anEmptyTableOpens() throws {
    let table = try Self.open(WeightTable.encode(rows: [:], lengthScale: Self.scale))
    #expect(table.count == 0)
    #expect(table.index[7] == nil)
  }

  @Test func lengthScaleIsAPowerOfTheLength() {
    for (pivot, exponent) in [(8.0, 0.5), (1, 1), (5.5, 0.3), (256, 0.7), (0.5, 0.25)] {
      let scale = WeightTable.lengthScale(pivot: pivot, exponent: exponent)
      #expect(scale.count == FeatureExtractor.windowTokens + 1)
      for count in 0...FeatureExtractor.windowTokens {
        let expected = 65536 * min(1, Foundation.pow(pivot / Double(count), exponent))
        #expect(abs(Double(scale[count]) - expected) <= 1, "\(count) tokens, pivot \(pivot), exponent \(exponent)")
      }
      #expect(zip(scale, scale.dropFirst()).allSatisfy { $0 >= $1 })
    }
    let full = [Int32](repeating: 65536, count: FeatureExtractor.windowTokens + 1)
    #expect(WeightTable.lengthScale(pivot: 8, exponent: 0) == full)
    #expect(Array(Self.scale[0...8]) == [Int32](repeating: 65536, count: 9))
    #expect(Self.scale[9] < 65536)
  }

  /// A table as a damaged file may hold it, and why it is refused.
  @Test func contradictionsAreRefused() throws {
    let whole = [Int8](repeating: 1, count: Head.stride)
    let scale = Self.scale
    let rows: [(index: [UInt64: UInt32], whole: [Int8], outer: [Int16], scale: [Int32], what: String?)] = [
      ([1: 0], [], [], scale, "weight rows"),
      ([1: 0], whole.dropLast(), [], scale, "weight rows"),
      ([1: 0], whole + whole, [], scale, "weight rows"),
      ([1: 0], [], [1], scale, "weight rows"),
      ([1: 0], [], [1, 2, 3, 4], scale, "weight rows"),
      ([1: 0], whole, [1, 2], scale, "weight rows"),
      ([1: 0, 2: 1], whole, [1, 2, 3], scale, "weight rows"),
      ([1: 0], whole, [], scale.dropLast(), "length scale"),
      ([1: 0], whole, [], scale + [0], "length scale"),
      ([1: 0], whole, [], scale.dropLast() + [-1], "length scale"),
      ([1: 0], whole, [], scale.dropLast() + [65537], "length scale"),
      ([1: 1], whole, [], scale, "weight index"),
      ([1: 1], [], [1, 2], scale, "weight index"),
      ([1: 0, 2: 2], whole, [1, 2], scale, "weight index"),
      ([1: .max], whole, [], scale, "weight index"),
      ([1: 0], whole, [], scale, nil),
      ([1: 0], [], [1, 2], scale, nil),
      ([1: 0, 2: 1], whole, [1, 2], scale, nil),
    ]
    for row in rows {
      var builder = HashIndexBuilder()
      for (key, value) in row.index { builder.set(key, to: value) }
      var writer = SectionWriter()
      builder.write(to: &writer)
      writer.append(table: [UInt64.max])
      writer.append(table: row.whole)
      writer.append(table: row.outer)
      writer.append(table: Array(row.scale))
      guard let what = row.what else {
        #expect(try Self.open(writer.bytes).count == row.index.count)
        continue
      }
      #expect(throws: SectionError.invalid(what: what), "\(row.index)") { try Self.open(writer.bytes) }
    }
  }

  @Test(arguments: [[], [0, 0, 0], [UInt64](repeating: 0, count: 5)])
  func aFilterOfAnotherSizeIsRefused(words: [UInt64]) throws {
    var writer = SectionWriter()
    HashIndexBuilder().write(to: &writer)
    writer.append(table: words)
    writer.append(table: [Int8]())
    writer.append(table: [Int16]())
    writer.append(table: Self.scale)
    #expect(throws: SectionError.invalid(what: "feature filter")) { try Self.open(writer.bytes) }
  }

  @Test func theFilterPassesEveryFeatureAndFewOthers() throws {
    var random = SplitMix64(seed: 43)
    let hashes = (0..<5000).map { _ in random.next() }
    let rows = Dictionary(uniqueKeysWithValues: hashes.map { ($0, StoredRow.outer(1, 1)) })
    let filter = try Self.open(WeightTable.encode(rows: rows, lengthScale: Self.scale)).featureFilter
    #expect(hashes.allSatisfy { filter.mayHold($0) })
    let passed = (0..<20_000).filter { _ in filter.mayHold(random.next()) }.count
    #expect(passed < 2_000, "\(passed) of 20,000")
  }

  @Test func everyTruncatedPrefixThrows() throws {
    for length in Self.sample.indices {
      #expect(throws: SectionError.self, "prefix of \(length)") { try Self.open(Array(Self.sample.prefix(length))) }
    }
    #expect(try Self.open(Self.sample).count == 6)
  }

  /// An altered table is refused, or it can be used without leaving its memory.
  @Test func alteredBytesThrowOrOpenSafely() {
    let seed: UInt64 = 42
    var random = SplitMix64(seed: seed)
    let text = AnalyzedText(["jangan", "kirim", "foto", "bilang", "gue", "ya"])
    var refused = 0
    var opened = 0
    for _ in 0..<2000 {
      var bytes = Self.sample
      bytes[Int.random(in: bytes.indices, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
      guard let table = try? Self.open(bytes) else {
        refused += 1
        continue
      }
      opened += 1
      let evidence = TokenEvidence(table: table)
      var sums = [Int32](repeating: 0, count: Head.stride)
      let words = sums.withUnsafeMutableBufferPointer { buffer in
        buffer.baseAddress.map { evidence.add(text, window: 0..<text.count, table: table, to: $0) }
      }
      #expect(words == 6)
      var features: [Feature] = []
      FeatureExtractor.extract(text, window: 0..<text.count, rows: table.index, into: &features)
      table.forEachRow(of: features) { _, row in #expect(table.values(of: row).count == Head.stride) }
      #expect(table.lengthScale[words ?? 0] <= 65536)
    }
    // Both must happen, or the flips do not reach what they are to reach.
    #expect(refused > 100 && opened > 100, "seed \(seed): \(refused) refused, \(opened) opened")
  }
}
