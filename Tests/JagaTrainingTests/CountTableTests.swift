import Testing

@testable import JagaTraining

@Suite struct CountTableTests {
  private let sample = """
    # counted for a test
    # no text
    @messages 120
    gue\t70
    ya\t70
    kirim\t9
    kirim foto\t6
    gue ya\t3

    """

  private func sentence(_ contents: String) -> String {
    do {
      _ = try CountTable(contents: contents, path: "counts.tsv")
      return "read"
    } catch { return "\(error)" }
  }

  @Test func aFileReadsAndIsWrittenAgain() throws {
    let table = try CountTable(contents: sample, path: "counts.tsv")
    #expect(table.messages == 120)
    #expect(table.words.map(\.form) == ["gue", "ya", "kirim"])
    #expect(table.words.map(\.count) == [70, 70, 9])
    #expect(table.pairs.map { [$0.first, $0.second] } == [["kirim", "foto"], ["gue", "ya"]])
    #expect(table.pairs.map(\.count) == [6, 3])
    #expect(table.encode(provenance: ["counted for a test", "no text"]) == sample)
  }

  @Test func writingOrdersByCountThenForm() {
    var table = CountTable()
    table.messages = 3
    table.words = [("b", 1), ("c", 2), ("a", 1)]
    table.pairs = [("b", "a", 1), ("a", "b", 1), ("a", "a", 1), ("z", "z", 3)]
    #expect(
      table.encode(provenance: []) == "@messages 3\nc\t2\na\t1\nb\t1\nz z\t3\na a\t1\na b\t1\nb a\t1\n")
    table.words.reverse()
    table.pairs.reverse()
    #expect(
      table.encode(provenance: []) == "@messages 3\nc\t2\na\t1\nb\t1\nz z\t3\na a\t1\na b\t1\nb a\t1\n")
  }

  @Test func anEmptyFileIsAnEmptyTable() throws {
    for contents in ["", "\n\n", "# nothing\n"] {
      let table = try CountTable(contents: contents, path: "counts.tsv")
      #expect(table.messages == 0 && table.words.isEmpty && table.pairs.isEmpty)
    }
    #expect(CountTable().encode(provenance: []) == "@messages 0\n")
  }

  @Test(arguments: [
    ("gue", 1), ("gue 70", 1), ("gue\t", 1), ("\t70", 1), ("gue\tmany", 1), ("gue\t0", 1), ("gue\t-2", 1),
    ("gue\t1.5", 1), ("a b c\t3", 1), (" \t3", 1), ("gue\t3\t4", 1), ("@messages many", 1), ("@messages -1", 1),
    ("@messages", 1), ("# note\n\n@messages 4\nya\t3\nya\tx\n", 5),
  ])
  func otherLinesAreRefusedByNumber(_ contents: String, _ line: Int) {
    #expect(
      sentence(contents) == "counts.tsv:\(line): is not 'form<TAB>count'; write the table with 'jaga corpus count'")
  }

  @Test func everyErrorIsOneSentence() {
    let rows: [(CorpusError, String)] = [
      (
        .badCount(file: "c.tsv", line: 3),
        "c.tsv:3: is not 'form<TAB>count'; write the table with 'jaga corpus count'"
      ),
      (.unreadable(path: "corpora"), "corpora: cannot be read; check the path and the permissions"),
      (
        .empty(path: "corpora"),
        "corpora: holds no labelled messages; give a folder with voices/*/messages.jsonl"
      ),
      (
        .badRecord(file: "m.jsonl", line: 9, reason: "unknown label 'topup.free'"),
        "m.jsonl:9: unknown label 'topup.free'; mend the record, training skips nothing"
      ),
      (
        .badSplit(path: "split.json", voice: "parents"),
        "split.json: voice 'parents' stands in exactly one of split and folder; add it to the other"
      ),
    ]
    for (error, sentence) in rows { #expect(error.description == sentence) }
  }
}
