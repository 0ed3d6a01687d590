import Glibc
import JagaCore
import JagaText
import TestSupport
import Testing

/// No crash, and time in proportion to length, whatever the bytes. Bounds are wide, for debug builds.
@Suite(.serialized) struct RobustnessTests {
  private static let mebibyte = 1 << 20

  static let giants: [(String, String, Int)] = [
    ("one letter", "a", mebibyte), ("one word", "ab", mebibyte / 2), ("stretched", "aab", mebibyte / 3),
    ("one digit", "7", mebibyte), ("digits and points", "1.", mebibyte / 2), ("digits and dashes", "08-", mebibyte / 3),
    ("dotted letters", "a.", mebibyte / 2), ("spaced letters", "a b ", mebibyte / 4), ("leet", "a4", mebibyte / 2),
    ("marks", "!", mebibyte), ("mixed marks", "?!", mebibyte / 2), ("at signs", "@", mebibyte),
    ("at names", "a@", mebibyte / 2),
    ("slashes", "http://", mebibyte / 7), ("domains", "ab.com.", mebibyte / 7), ("hyphens", "ab-", mebibyte / 3),
    ("spaces", " ", mebibyte), ("newlines", "\n", mebibyte), ("NUL", "\0", mebibyte),
    ("chat", "gw ngirimin foto2 50rb ya ", mebibyte / 26),
    ("numerals", "satu juta dua ribu ", mebibyte / 19), ("brackets", "[<", mebibyte / 2),
    ("apostrophes", "a'", mebibyte / 2),
    ("marks on one letter", "\u{301}", 20_000), ("disordered marks", "\u{301}\u{327}", mebibyte / 4),
    ("marks that decompose", "\u{f73}", mebibyte / 3), ("joined emoji", "👨\u{200D}", 100_000), ("emoji", "😀", 100_000),
    ("letters and emoji", "a😀", 100_000), ("flags", "🇮", 100_000), ("skin tones", "\u{1F3FD}", 100_000),
    ("zero width", "\u{200B}", mebibyte / 3), ("look-alikes", "о", mebibyte / 2), ("full width", "ａ", mebibyte / 3),
    ("expanding", "ﷺ", 50_000), ("Thai", "สวัสดี", 20_000), ("Han", "漢", 60_000),
    ("Hangul parts", "\u{1100}", mebibyte / 3),
    ("dotted by bullets", "a•", mebibyte / 4),
  ]

  @Test(arguments: giants) func giantsTakeLinearTime(row: (name: String, piece: String, count: Int)) {
    let analyzer = TextAnalyzer(tables: SampleTables.tables)
    var text = AnalyzedText()
    let bytes = Array(String(repeating: row.piece, count: row.count).utf8)
    let start = processorSeconds()
    bytes.withUnsafeBufferPointer { analyzer.analyze($0, into: &text) }
    // Linear time takes a second or so here; quadratic time would take hours. The room is for sanitizers.
    #expect(processorSeconds() - start < 30)
    #expect(text.originalCount == bytes.count)
    #expect((text.ends.last ?? 0) <= Int32(bytes.count))
  }

  /// Time of this thread's own work, so that a busy machine does not count.
  private func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  @Test func brokenBytesOfAMebibyte() {
    var random = SeededGenerator.announced("broken bytes")
    let bytes = (0..<RobustnessTests.mebibyte).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    var text = AnalyzedText()
    bytes.withUnsafeBufferPointer { TextAnalyzer(tables: .empty).analyze($0, into: &text) }
    #expect(text.count > 10_000)
    #expect(text.clauses.allSatisfy { $0 <= UInt16.max })
  }

  @Test func emptyAndBlank() {
    for string in ["", " ", "\n", "\0", "\u{200B}", "\u{200B}\u{FE0F}", "\u{301}"] {
      let text = SampleTables.analyze(string)
      #expect(text.kinds == [] && text.language == .other && !text.hasQuestionMark)
    }
  }

  /// What one message leaves behind must not show in the next: a used analyzer agrees with a fresh one.
  @Test func nothingIsCarriedOver() {
    var random = SeededGenerator.announced("carried over")
    let used = TextAnalyzer(tables: SampleTables.tables)
    var text = AnalyzedText()
    for round in 0..<3000 {
      let bytes = round % 2 == 0 ? HostileText.ascii(&random) : HostileText.mixed(&random)
      bytes.withUnsafeBufferPointer { used.analyze($0, into: &text) }
      guard round % 10 == 0 else { continue }
      var fresh = AnalyzedText()
      bytes.withUnsafeBufferPointer { TextAnalyzer(tables: SampleTables.tables).analyze($0, into: &fresh) }
      let agrees = WayPair.isEqual(text, fresh)
      #expect(agrees, "\(bytes)")
    }
  }
}
