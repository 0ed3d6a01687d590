import JagaBatch
import JagaCore
import Testing

@Suite struct MarkedTextTests {
  private func shown(_ text: String, _ marks: [(Int32, Int32, Ink)], columns: Int = 0, coloured: Bool = false) -> String
  {
    let buffer = ByteBuffer()
    let marked = MarkedText(columns: columns, indent: 2, style: TableStyle(isColoured: coloured, columns: 80))
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      marked.write(
        bytes, marks: marks.map { MarkedText.Mark(range: SourceRange(begin: $0.0, end: $0.1), ink: $0.2) }, to: buffer)
    }
    return buffer.string
  }

  @Test(arguments: [
    ("kirim foto", [(Int32(6), Int32(10), Ink.high)], "kirim [foto]"),
    ("foto ya", [(0, 4, .high), (2, 7, .review)], "[foto ya]"),
    ("foto ya", [(0, 4, .calm)], "foto ya"),
    ("foto ya", [(0, 4, .high), (5, 7, .watch)], "[foto] [ya]"),
    ("é!", [(0, 2, .high)], "[é]!"),
    ("foto", [(2, 90, .high), (-1, 2, .high)], "foto"),
    ("", [], ""),
  ])
  func bracketsWithoutColours(text: String, marks: [(Int32, Int32, Ink)], expected: String) {
    #expect(shown(text, marks) == expected)
  }

  @Test func coloursOnATerminal() {
    #expect(shown("a foto b", [(2, 6, .high)], coloured: true) == "a \u{1B}[1;31mfoto\u{1B}[0m b")
    #expect(
      shown("ab", [(0, 1, .high), (1, 2, .calm)], coloured: true) == "\u{1B}[1;31ma\u{1B}[0m\u{1B}[32mb\u{1B}[0m")
  }

  @Test func nothingOfAStrangerActsOnATerminal() {
    #expect(shown("a\u{1B}[2Jb\u{7}\u{9B}c\nd\u{202E}e", []) == "a\u{FFFD}[2Jb\u{FFFD}\u{FFFD}c d\u{FFFD}e")
  }

  @Test(arguments: [
    ("satu dua tiga", 8, "satu dua\n  tiga"), ("satu dua tiga", 9, "satu dua\n  tiga"),
    ("abcdefghij", 4, "abcd\n  efgh\n  ij"),
    ("ab \u{1F600}\u{1F600} cd", 6, "ab\n  \u{1F600}\u{1F600}\n  cd"), ("satu", 4, "satu"),
    ("satu  dua", 5, "satu \n  dua"),
  ])
  func breaksLines(text: String, columns: Int, expected: String) {
    #expect(shown(text, [], columns: columns) == expected)
  }
}
