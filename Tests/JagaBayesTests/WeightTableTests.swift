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
      let row = (0..<Head.stride).map { Int16(number * 100 + $0) }
      rows[FeatureExtractor.hash(.word, tokenHash(word))] = row
    }
    return WeightTable.encode(rows: rows, lengthScale: scale)
  }()

  private static func open(_ bytes: [UInt8]) throws -> WeightTable { try WeightTable(section: Section(copying: bytes)) }

  @Test func rowsReadBackUnderTheirHashes() throws {
    let seed: UInt64 = 41
    var random = SplitMix64(seed: seed)
    var rows: [UInt64: [Int16]] = [:]
    for _ in 0..<500 { rows[random.next()] = (0..<Head.stride).map { _ in .random(in: .min ... .max, using: &random) } }
    let table = try Self.open(WeightTable.encode(rows: rows, lengthScale: Self.scale))
    #expect(table.count == rows.count)
    #expect(Array(table.lengthScale.buffer) == Self.scale)
    for (hash, row) in rows {
      let number = try #require(table.index[hash])
      let begin = Int(number) * Head.stride
      #expect(Array(table.rows.buffer[begin..<begin + Head.stride]) == row, "seed \(seed)")
    }
    // Rows lie in the order of their hashes.
    let byNumber = rows.keys.sorted { (table.index[$0] ?? 0) < (table.index[$1] ?? 0) }
    #expect(byNumber == rows.keys.sorted())
  }

  @Test func equalWeightsGiveEqualBytes() {
    let hashes = (1...200).map { tokenHash("w\($0)") }
    var forward: [UInt64: [Int16]] = [:]
    var backward: [UInt64: [Int16]] = [:]
    backward.reserveCapacity(4000)
    for hash in hashes { forward[hash] = [Int16(truncatingIfNeeded: hash)] }
    for hash in hashes.reversed() { backward[hash] = [Int16(truncatingIfNeeded: hash)] }
    #expect(
      WeightTable.encode(rows: forward, lengthScale: Self.scale)
        == WeightTable.encode(rows: backward, lengthScale: Self.scale))
  }

  @Test func rowsArePaddedAndCutToTheStride() throws {
    let rows: [UInt64: [Int16]] = [5: [1, 2], 9: [Int16](repeating: 3, count: 40), 0: [4]]
    let table = try Self.open(WeightTable.encode(rows: rows, lengthScale: Self.scale))
    #expect(table.count == 2)
    let padding = [Int16](repeating: 0, count: 22)
    #expect(Array(table.rows.buffer) == [1, 2] + padding + [Int16](repeating: 3, count: 24))
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
  @Test func contradictionsAreRefused() {
    let row = [Int16](repeating: 1, count: Head.stride)
    let scale = Self.scale
    let rows: [(index: [UInt64: UInt32], rows: [Int16], scale: [Int32], what: String)] = [
      ([1: 0], [], scale, "weight rows"),
      ([1: 0], row.dropLast(), scale, "weight rows"),
      ([1: 0], row + row, scale, "weight rows"),
      ([1: 0], row, scale.dropLast(), "length scale"),
      ([1: 0], row, scale + [0], "length scale"),
      ([1: 0], row, scale.dropLast() + [-1], "length scale"),
      ([1: 0], row, scale.dropLast() + [65537], "length scale"),
      ([1: 1], row, scale, "weight index"),
      ([1: 0, 2: 2], row + row, scale, "weight index"),
      ([1: .max], row, scale, "weight index"),
    ]
    for row in rows {
      var builder = HashIndexBuilder()
      for (key, value) in row.index { builder.set(key, to: value) }
      var writer = SectionWriter()
      builder.write(to: &writer)
      writer.append(table: Array(row.rows))
      writer.append(table: Array(row.scale))
      #expect(throws: SectionError.invalid(what: row.what), "\(row.index)") { try Self.open(writer.bytes) }
    }
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
      var evidence = TokenEvidence(table: table)
      var sums = [Int32](repeating: 0, count: Head.stride)
      let words = sums.withUnsafeMutableBufferPointer { buffer in
        buffer.baseAddress.map { evidence.add(text, window: 0..<text.count, table: table, to: $0) }
      }
      #expect(words == 6)
      evidence.forEachTerm(text, window: 0..<text.count, table: table) { _, row in #expect(row.count == Head.stride) }
      #expect(table.lengthScale[words ?? 0] <= 65536)
    }
    // Both must happen, or the flips do not reach what they are to reach.
    #expect(refused > 100 && opened > 100, "seed \(seed): \(refused) refused, \(opened) opened")
  }
}
