import JagaCore
import JagaText
import TestSupport
import Testing

/// The fast way and the ICU way must agree on everything, for any bytes.
@Suite struct TwoWaysTests {
  @Test func generatedAsciiAgrees() {
    var random = SeededGenerator.announced("ascii, two ways")
    var pair = WayPair()
    for _ in 0..<70_000 { pair.compare(HostileText.ascii(&random)) }
    #expect(pair.compared == 70_000 && pair.tokens > 300_000)
    #expect(pair.differences == [])
  }

  @Test func generatedMixedTextAgrees() {
    var random = SeededGenerator.announced("mixed, two ways")
    var pair = WayPair()
    for _ in 0..<40_000 { pair.compare(HostileText.mixed(&random)) }
    #expect(pair.compared == 40_000 && pair.tokens > 100_000)
    #expect(pair.differences == [])
  }

  @Test func scalarsOfEveryScriptAgree() {
    var random = SeededGenerator.announced("all scripts, two ways")
    var pair = WayPair()
    for _ in 0..<20_000 { pair.compare(HostileText.scalars(&random)) }
    #expect(pair.compared == 20_000 && pair.tokens > 50_000)
    #expect(pair.differences == [])
  }

  @Test func realTextAgrees() throws {
    guard let texts = try SharedData.texts(for: "real text, two ways") else { return }
    var pair = WayPair()
    for text in texts { pair.compare(Array(text.utf8)) }
    #expect(pair.tokens > 100_000)
    #expect(pair.differences == [])
  }

  /// A difference would show: the comparison itself is tested on two texts that differ in one thing each.
  @Test(arguments: [("foto", " foto"), ("foto.", "foto,"), ("gw", "gue"), ("Foto", "FOTO"), ("aku kamu", "aku\nkamu")])
  func comparisonSeesDifferences(left: String, right: String) {
    #expect(WayPair.description(SampleTables.analyze(left)) != WayPair.description(SampleTables.analyze(right)))
  }
}

/// One analyzer for each way, and what they disagreed on. Keeps bytes, not text, of the first few differences.
struct WayPair {
  private let fast = TextAnalyzer(tables: SampleTables.tables)
  private let slow = TextAnalyzer(tables: SampleTables.tables)
  private var left = AnalyzedText()
  private var right = AnalyzedText()
  private(set) var compared = 0
  private(set) var tokens = 0
  private(set) var differences: [[UInt8]] = []

  mutating func compare(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer {
      fast.analyze($0, way: .automatic, into: &left)
      slow.analyze($0, way: .icu, into: &right)
    }
    compared += 1
    tokens += left.count
    guard !WayPair.isEqual(left, right), differences.count < 5 else { return }
    differences.append(bytes)
  }

  static func isEqual(_ left: AnalyzedText, _ right: AnalyzedText) -> Bool {
    left.kinds == right.kinds && left.flags == right.flags && left.begins == right.begins && left.ends == right.ends
      && left.surfaceHashes == right.surfaceHashes && left.canonicalHashes == right.canonicalHashes
      && left.rootHashes == right.rootHashes && left.values == right.values && left.clauses == right.clauses
      && left.language == right.language && left.hasQuestionMark == right.hasQuestionMark
      && left.originalCount == right.originalCount && left.forms == right.forms
      && left.surfaceRanges == right.surfaceRanges && left.canonicalRanges == right.canonicalRanges
      && left.rootRanges == right.rootRanges
  }

  static func description(_ text: AnalyzedText) -> String {
    "\(Array(text.kinds)) \(text.flags.map(\.rawValue)) \(Array(text.begins)) \(Array(text.ends)) "
      + "\(text.canonicals) \(Array(text.clauses))"
  }
}
