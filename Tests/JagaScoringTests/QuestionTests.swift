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

  /// A question in which every word is a concept, named by its root.
  private static func question(_ text: String) throws -> Question {
    let text = try analyzed(text)
    let words = (0..<text.count).filter { text.kinds[$0] == .word }
    return Question(text, concepts: words.lazy.map { (token: $0, hash: text.rootHashes[$0]) })
  }

  private static func concepts(_ question: Question, among words: [String]) -> [String] {
    (0..<question.conceptCount).map { index in
      words.first { AnswerEvidence.key(concept: tokenHash($0)) == question.concepts[index] } ?? "-"
    }
  }

  /// The words that the choices of a question stand for, by number; `-` for another word.
  private static func choices(_ text: String, among words: [String]) throws -> [String] {
    let question = try question(text)
    return (0..<Question.choiceLimit).prefix { question.choices[$0] != 0 }.map { number in
      words.first { AnswerEvidence.key(word: tokenHash($0)) == question.choices[number] } ?? "-"
    }
  }

  @Test(
    arguments: [
      ("Pernahkah kamu diancam? 1. Pernah 2. Tidak pernah 3. Tidak mau jawab", ["pernah", "tidak", "tidak"]),
      ("Siapa? a) teman b) guru c) lainnya", ["teman", "guru", "lainnya"]),
      ("Are you ok? 1 = yes, 2 = no", ["yes", "no"]), ("A. Ya B. Tidak", ["ya", "tidak"]),
      ("A: yes\nB: no", ["yes", "no"]), ("balas 1 ya 2 tidak", ["ya", "tidak"]),
      ("(1) ya (2) tidak. Balas 2 atau 1. Terima kasih", ["ya", "tidak"]),
      // One alone, or not from the first on, or two kinds, is no list of choices.
      ("1. teman", []), ("kelas 7. kamu 8. dia", []), ("b) guru c) teman", []), ("1. ya b) tidak", []),
      ("Umurmu? 1) 10 2) 12", []), ("Apa kabar?", []), ("ok. siap", []), ("", []), ("a teman b guru", []),
    ] as [(String, [String])])
  func choicesAreReadOffTheQuestion(_ text: String, _ expected: [String]) throws {
    let words = ["pernah", "tidak", "teman", "guru", "lainnya", "yes", "no", "ya", "siap"]
    #expect(try Self.choices(text, among: words) == expected)
  }

  @Test(
    arguments: [
      ("1", 0, false), ("3", 2, false), ("b", 1, true), ("B", 1, true), ("2. tidak", 1, false), ("c) teman", 2, true),
    ] as [(String, Int, Bool)])
  func anAnswerNamesAChoice(_ text: String, _ number: Int, _ isLetter: Bool) throws {
    let expected = Question.Choice(number: number, isLetter: isLetter)
    #expect(Question.choice(in: try Self.analyzed(text)) == expected)
  }

  @Test(arguments: ["9", "10", "a man", "1 2", "ya", "i", "", "?", "0"])
  func otherAnswersNameNone(_ text: String) throws { #expect(Question.choice(in: try Self.analyzed(text)) == nil) }

  @Test func aLetterIsNoNumber() throws {
    let numbered = try Self.question("1. ya 2. tidak")
    #expect(
      numbered.word(of: Question.Choice(number: 1, isLetter: false)) == AnswerEvidence.key(word: tokenHash("tidak")))
    #expect(numbered.word(of: Question.Choice(number: 1, isLetter: true)) == 0)
    #expect(numbered.word(of: Question.Choice(number: 5, isLetter: false)) == 0 && numbered.word(of: nil) == 0)
  }

  /// Where a question mark stands, the clauses that end in one are what is asked.
  @Test(
    arguments: [
      ("halo kak! pernah diancam? balas ya", ["pernah", "diancam"]), ("pernah diancam", ["pernah", "diancam"]),
      ("sudah makan? pernah diancam?", ["sudah", "makan", "pernah", "diancam"]), ("ya? tidak", ["ya"]), ("", []),
      ("cerita dong. aku dengar", ["cerita", "dong", "aku", "dengar"]), ("ya ya ya", ["ya"]),
    ] as [(String, [String])])
  func whatIsAskedStandsBeforeTheMark(_ text: String, _ expected: [String]) throws {
    let words = [
      "halo", "kak", "balas", "pernah", "diancam", "ya", "tidak", "sudah", "makan", "cerita", "dong", "aku", "dengar",
    ]
    let question = try Self.question(text)
    #expect(Self.concepts(question, among: words) == expected && question.isAsked == text.contains("?"))
  }

  @Test func conceptsAreKeptUpToALimit() throws {
    let many = (0..<60).map { "kata\($0)" }.joined(separator: " ")
    #expect(try Self.question(many).conceptCount == Question.conceptLimit)
    // A question far behind a preamble is read; nothing behind the limit of tokens is.
    let preamble = String(repeating: "kami bertanya. ", count: 20)
    #expect(Self.concepts(try Self.question(preamble + "pernah diancam?"), among: ["pernah", "diancam"]).count == 2)
    let long = String(repeating: "kami bertanya. ", count: 60)
    #expect(try Self.question(long + "pernah diancam?").isAsked == false)
  }

  @Test func remarksLeaveAQuestionStanding() throws {
    let asked = try Self.question("pernah diancam?")
    let rows: [(next: String, concepts: [String], choices: Int)] = [
      ("jawab ya", ["pernah", "diancam"], 0), ("1. ya 2. tidak", ["pernah", "diancam"], 2),
      ("sudah makan?", ["sudah", "makan"], 0),
    ]
    let words = ["pernah", "diancam", "sudah", "makan", "ya", "jawab"]
    for row in rows {
      let together = asked.followed(by: try Self.question(row.next))
      #expect(Self.concepts(together, among: words) == row.concepts, "\(row.next)")
      #expect((0..<8).filter { together.choices[$0] != 0 }.count == row.choices, "\(row.next)")
    }
    let remark = try Self.question("jawab ya").followed(by: try Self.question("sudah makan"))
    #expect(Self.concepts(remark, among: words) == ["sudah", "makan"])
  }

  @Test func conceptsWithoutWeightsAreDropped() throws {
    let known = AnswerEvidence.hash(asked: 7)
    let bytes = WeightTable.encode(
      rows: [known: [Int16](repeating: 9, count: Head.stride)],
      lengthScale: WeightTable.lengthScale(pivot: 4, exponent: 0.7))
    let table = try WeightTable(section: Section(copying: bytes))
    var question = Question(concepts: [5, 7, 9], choices: [3], isAsked: true, choicesAreLetters: false)
    question.keepKnown(in: table)
    #expect(question.conceptCount == 1 && question.concepts[0] == 7 && question.choices[0] == 3)
  }
}
