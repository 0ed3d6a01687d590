import JagaCore
import JagaText
import TestSupport
import Testing

/// Contract 1 of the design: a token's range, cut out of the original and folded, gives its surface form.
@Suite struct OffsetContractTests {
  @Test func holdsOnHostileText() {
    var random = SeededGenerator.announced("offset contract")
    var checker = OffsetChecker()
    for round in 0..<30_000 {
      checker.check(round % 3 == 0 ? HostileText.ascii(&random) : HostileText.mixed(&random))
    }
    #expect(checker.slices > 100_000)
    #expect(checker.expansions > 100 && checker.expansions * 5 < checker.slices)
    #expect(checker.faults == [])
  }

  @Test func holdsOnRealText() throws {
    guard let texts = try SharedData.texts(for: "offset contract on real text") else { return }
    var checker = OffsetChecker()
    for text in texts { checker.check(Array(text.utf8)) }
    #expect(checker.slices > 100_000)
    #expect(checker.faults == [])
  }

  @Test func invalidBytesBecomeReplacementsOfTheSameRange() {
    let bytes: [UInt8] = [0x61, 0xff, 0x62, 0xe2, 0x80, 0x20, 0xf0, 0x9f, 0x98]
    var text = AnalyzedText()
    bytes.withUnsafeBufferPointer { TextAnalyzer(tables: .empty).analyze($0, into: &text) }
    #expect(text.surfaces == ["a", "\u{FFFD}", "b", "\u{FFFD}", "\u{FFFD}"])
    #expect(text.begins == [0, 1, 2, 3, 6])
    #expect(text.ends == [1, 2, 3, 5, 9])
  }

  @Test func oneScalarOfSeveralWordsGivesCoincidingRanges() {
    let text = TextAnalyzer(tables: .empty).analyze("a ﷺ b")
    #expect(text.count == 6)
    #expect(text.begins == [0, 2, 2, 2, 2, 6])
    #expect(text.ends == [1, 5, 5, 5, 5, 7])
  }
}

struct OffsetChecker {
  private let analyzer = TextAnalyzer(tables: SampleTables.tables)
  private let folder = TextAnalyzer(tables: SampleTables.tables)
  private var text = AnalyzedText()
  private(set) var slices = 0
  private(set) var expansions = 0
  private(set) var faults: [String] = []

  mutating func check(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { analyzer.analyze($0, into: &text) }
    for index in 0..<text.count {
      let (begin, end) = (Int(text.begins[index]), Int(text.ends[index]))
      guard begin >= 0, begin < end, end <= bytes.count else {
        fault("bounds", index, bytes)
        continue
      }
      if index > 0, text.begins[index] < text.begins[index - 1] || text.ends[index] < text.ends[index - 1] {
        fault("order", index, bytes)
      }
      if isInsideScalar(begin, bytes) || isInsideScalar(end, bytes) { fault("boundary", index, bytes) }
      slices += 1
      let folded = bytes[begin..<end].withUnsafeBufferPointer { folder.folded($0) }
      guard folded != text.surface(index) else { continue }
      if overlapsNeighbour(index) { expansions += 1 } else { fault("slice", index, bytes) }
    }
  }

  /// True inside a well-formed scalar; ill-formed bytes have boundaries everywhere.
  private func isInsideScalar(_ offset: Int, _ bytes: [UInt8]) -> Bool {
    guard offset < bytes.count, bytes[offset] & 0xc0 == 0x80 else { return false }
    var start = offset
    while start > 0, offset - start < 3, bytes[start] & 0xc0 == 0x80 { start -= 1 }
    let tail = Array(bytes[start..<min(start + 4, bytes.count)])
    guard let first = String(decoding: tail, as: UTF8.self).unicodeScalars.first, first != "\u{FFFD}" else {
      return false
    }
    return start + first.utf8.count > offset
  }

  /// One scalar of the original went into this token and into another one.
  private func overlapsNeighbour(_ index: Int) -> Bool {
    for other in [index - 1, index + 1] where other >= 0 && other < text.count {
      if text.begins[other] < text.ends[index], text.begins[index] < text.ends[other] { return true }
    }
    return false
  }

  private mutating func fault(_ kind: String, _ index: Int, _ bytes: [UInt8]) {
    guard faults.count < 5 else { return }
    faults.append("\(kind) token \(index) of \(bytes)")
  }
}

extension Unicode.Scalar {
  fileprivate var utf8: Unicode.UTF8.EncodedScalar { UTF8.encode(self) ?? UTF8.encodedReplacementCharacter }
}
