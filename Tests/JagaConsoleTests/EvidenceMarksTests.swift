import JagaCore
import Testing

@testable import JagaConsole

@Suite struct EvidenceMarksTests {
  /// Marks in brackets: `[1 words]` for the stretch under mark 1, `[1,2 words]` where two lie.
  private func marked(_ text: String, _ ranges: [(Int32, Int32)]) -> String {
    let marks = EvidenceMark.marks(ranges.map { Samples.evidence($0.0, $0.1, .topupOffer, 1, "word") })
    let bytes = Array(text.utf8)
    let found = MarkedText(text, marks: marks)
    var result = ""
    for run in found.runs {
      let part = String(decoding: bytes[run.range], as: UTF8.self)
      let names = run.marks.map { String(marks[$0].number) }.joined(separator: ",")
      result += names.isEmpty ? part : "[\(names) \(part)]"
    }
    let outside = found.outside.map { String(marks[$0].number) }.joined(separator: ",")
    return result + (outside.isEmpty ? "" : " outside \(outside)")
  }

  private static let rows: [(name: String, text: String, ranges: [(Int32, Int32)], expected: String)] = [
    ("nothing", "asal kamu", [], "asal kamu"),
    ("one", "asal kamu", [(0, 4)], "[1 asal] kamu"),
    ("all", "asal", [(0, 4)], "[1 asal]"),
    ("side by side", "asalkamu", [(0, 4), (4, 8)], "[1 asal][2 kamu]"),
    ("inside", "asal kamu", [(5, 9), (0, 9)], "[1 asal ][1,2 kamu]"),
    ("across", "asal kamu", [(0, 6), (3, 9)], "[1 asa][1,2 l k][2 amu]"),
    ("three deep", "abcdef", [(0, 6), (1, 5), (2, 4)], "[1 a][1,2 b][1,2,3 cd][1,2 e][1 f]"),
    ("same place", "asal", [(0, 4), (0, 4)], "[1 asal]"),
    ("in a character", "é à", [(1, 2)], "[1 é] à"),
    ("up to a character's middle", "aé b", [(0, 2)], "[1 aé] b"),
    ("a whole emoji for one of its bytes", "a😀b", [(2, 3)], "a[1 😀]b"),
    ("beyond the end", "asal", [(2, 5)], "asal outside 1"),
    ("far away", "asal", [(2_000_000_000, Int32.max)], "asal outside 1"),
    ("before the beginning", "asal", [(-3, 2)], "asal outside 1"),
    ("empty", "asal", [(2, 2)], "asal outside 1"),
    ("turned around", "asal", [(3, 1)], "asal outside 1"),
    ("smallest and largest", "asal", [(Int32.min, Int32.max), (Int32.max, Int32.min)], "asal outside 1,2"),
    ("no text", "", [(0, 0), (0, 1)], " outside 1,2"),
    ("some in, some out", "asal", [(0, 4), (9, 12)], "[1 asal] outside 2"),
  ]

  @Test(arguments: rows.indices)
  func runs(row: Int) {
    let (name, text, ranges, expected) = Self.rows[row]
    #expect(marked(text, ranges) == expected, "\(name)")
  }

  @Test func reasonsOfOnePlaceStandTogether() {
    let marks = EvidenceMark.marks([
      Samples.evidence(5, 9, .topupRequest, 0.3, "word"), Samples.evidence(0, 4, .topupOffer, 0.5, "word"),
      Samples.evidence(0, 4, .topupCondition, 2, "rule:a"),
      Evidence(range: nil, label: .topupOffer, logit: 3, source: "prior"),
    ])
    #expect(marks.map(\.number) == [1, 2])
    #expect(marks[0].evidence.map(\.source) == ["rule:a", "word"])
    #expect(marks[0].label == .topupCondition)
  }

  /// Any ranges whatever: the runs are the text, in order, and every mark is in it or named as outside.
  @Test func anyRanges() {
    let text = "aé😀 b\u{301}c — 日本"
    let count = Int32(text.utf8.count)
    for begin in -2...count + 2 {
      for end in -2...count + 2 {
        let marks = EvidenceMark.marks([
          Samples.evidence(begin, end, .topupOffer, 1, "word"), Samples.evidence(3, 9, .topupOffer, 1, "word"),
        ])
        let found = MarkedText(text, marks: marks)
        let bytes = Array(text.utf8)
        let parts = found.runs.map { String(decoding: bytes[$0.range], as: UTF8.self) }
        #expect(parts.joined() == text, "\(begin) \(end)")
        #expect(Set(found.runs.flatMap(\.ends) + found.outside) == Set(marks.indices), "\(begin) \(end)")
      }
    }
  }
}
