import JagaBayes
import JagaCore
import JagaText
import Testing

@testable import JagaScoring

/// What a message asks: its concepts and the choices it offers.
@Suite struct QuestionTests {
  private static func analyzed(_ text: String) throws -> AnalyzedText {
    let tables = try TextTables(section: Section(copying: TextTablesBuilder().build()))
    var analyzed = AnalyzedText()
    var copy = text
    copy.withUTF8 { TextAnalyzer(tables: tables).analyze($0, into: &analyzed) }
    return analyzed
  }

  /// The words that the choices of a question stand for, by number; nil for none.
  private static func choices(_ text: String, among words: [String]) throws -> [String?] {
    var question = Question()
    question.collectChoices(of: try analyzed(text))
    let last = (0..<Question.choiceLimit).last { question.choices[$0] != 0 } ?? -1
    return (0..<(last + 1)).map { number in
      words.first { AnswerEvidence.key(word: tokenHash($0)) == question.choices[number] }
    }
  }

  @Test(
    arguments: [
      ("Pernahkah kamu diancam? 1. Pernah 2. Tidak pernah 3. Tidak mau jawab", ["pernah", "tidak", "tidak"]),
      ("Siapa? a) teman b) guru c) lainnya", ["teman", "guru", "lainnya"]),
      ("Are you ok? 1 = yes, 2 = no", ["yes", "no"]), ("A. Ya B. Tidak", ["ya", "tidak"]),
      ("A: yes\nB: no", ["yes", "no"]), ("Umurmu? 1) 10 2) 12", []), ("Apa kabar?", []), ("ok. siap", []), ("", []),
      ("b) guru", [nil, "guru"]), ("9. teman", []),
    ] as [(String, [String?])])
  func choicesAreReadOffTheQuestion(_ text: String, _ expected: [String?]) throws {
    let words = ["pernah", "tidak", "teman", "guru", "lainnya", "yes", "no", "ya", "siap"]
    #expect(try Self.choices(text, among: words) == expected)
  }

  @Test(
    arguments: [
      ("1", 0), ("3", 2), ("b", 1), ("B", 1), ("2. tidak", 1), ("c) teman", 2), ("9", nil), ("10", nil), ("a man", nil),
      ("1 2", nil), ("ya", nil), ("i", nil), ("", nil), ("?", nil),
    ] as [(String, Int?)])
  func anAnswerNamesAChoice(_ text: String, _ expected: Int?) throws {
    #expect(Question.choice(in: try Self.analyzed(text)) == expected)
  }

  @Test func conceptsAreKeptOnceAndUpToALimit() {
    var question = Question()
    for key in [5, 5, 7, 5] as [UInt32] { question.insert(concept: key) }
    #expect(question.conceptCount == 2 && question.concepts[0] == 5 && question.concepts[1] == 7)
    for key in 100..<200 as Range<UInt32> { question.insert(concept: key) }
    #expect(question.conceptCount == Question.conceptLimit)
    question.set(choice: 8, to: 1)
    question.set(choice: -1, to: 1)
    #expect((0..<Question.choiceLimit).allSatisfy { question.choices[$0] == 0 })
  }

  @Test func conceptsWithoutWeightsAreDropped() throws {
    let known = AnswerEvidence.hash(asked: 7)
    let bytes = WeightTable.encode(
      rows: [known: [Int16](repeating: 9, count: Head.stride)],
      lengthScale: WeightTable.lengthScale(pivot: 4, exponent: 0.7))
    let table = try WeightTable(section: Section(copying: bytes))
    var question = Question()
    for key in [5, 7, 9] as [UInt32] { question.insert(concept: key) }
    question.set(choice: 0, to: 3)
    question.keepKnown(in: table)
    #expect(question.conceptCount == 1 && question.concepts[0] == 7 && question.choices[0] == 3)
    var unknown = Question()
    unknown.insert(concept: 5)
    unknown.set(choice: 0, to: 3)
    unknown.keepKnown(in: table)
    #expect(unknown.conceptCount == 0 && unknown.choices[0] == 0)
  }
}
