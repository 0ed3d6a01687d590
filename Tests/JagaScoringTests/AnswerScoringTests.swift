import JagaBayes
import JagaCore
import JagaLexicon
import JagaRules
import JagaText
import Testing

@testable import JagaScoring

/// Answers in a whole scorer: the same words say one thing after one question and another after the next.
@Suite struct AnswerScoringTests {
  private static let entries: [(id: String, word: String)] = [
    ("id.context.c-threat", "diancam"), ("id.context.c-food", "makan"), ("id.context.c-yes", "iya"),
  ]

  private static func concept(_ name: String) -> UInt32 {
    AnswerEvidence.key(concept: ConceptEvidence.hash(concept: tokenHash(name)))
  }

  /// A scorer in which a threat was asked for, and "pernah" or a yes to it, speak for a disclosure.
  private static func scorer() throws -> Scorer {
    var builder = LexiconBuilder()
    for entry in entries {
      builder.add(
        LexiconEntry(
          id: entry.id, label: nil, phrases: [Phrase([.choice([[PhraseAtom.word(entry.word)]], optional: false)])]))
    }
    let lexicon = try builder.build()
    let opened = try Lexicon(section: Section(copying: lexicon))
    var rows: [UInt64: [Int16]] = [:]
    func set(_ hash: UInt64, _ units: Int16) {
      var row = [Int16](repeating: 0, count: Head.stride)
      row[Head.disclosure] = units
      rows[hash] = row
    }
    let threat = concept(".context.c-threat")
    set(AnswerEvidence.hash(asked: threat), 16)
    set(AnswerEvidence.hash(asked: concept(".context.c-food")), 16)
    set(AnswerEvidence.hash(asked: threat, word: tokenHash("pernah")), 3000)
    set(AnswerEvidence.hash(asked: threat, concept: ConceptEvidence.hash(concept: tokenHash(".context.c-yes"))), 2000)
    set(FeatureExtractor.hash(.word, tokenHash("tolong")), 900)
    var writer = BundleWriter()
    writer.add("text", TextTablesBuilder().build())
    writer.add("lexicon", lexicon)
    writer.add("rules", try RuleSetBuilder().build(over: opened))
    writer.add("weights", WeightTable.encode(rows: rows, lengthScale: WeightTable.lengthScale(pivot: 4, exponent: 0.7)))
    var section = SectionWriter()
    section.append(table: (0..<UInt32(opened.count)).map { opened.concept(of: $0) })
    writer.add("concepts", section.bytes)
    writer.add("parameters", Parameters().encode())
    return Scorer(model: try Model.open(bytes: writer.encode()))
  }

  /// The disclosure logit of the last message of a conversation of (author, text), in units.
  private func last(_ messages: [(author: UInt64, text: String)]) throws -> Double {
    let scorer = try Self.scorer()
    let workspace = ScoringWorkspace(scorer)
    let assessment = Assessment()
    var state = ConversationState()
    var logit = 0.0
    for message in messages {
      var copy = message.text
      copy.withUTF8 { workspace.assess($0, into: assessment) }
      logit = scorer.conclude(assessment, author: message.author, in: &state).disclosureLogit
    }
    return (logit * Double(Head.unitsPerLogit)).rounded()
  }

  @Test func anAnswerIsReadWithItsQuestion() throws {
    let rows: [(name: String, messages: [(UInt64, String)], expected: Double)] = [
      ("alone", [(2, "pernah")], 0),
      ("after the question", [(1, "kamu pernah diancam?"), (2, "pernah")], 3016),
      ("after another question", [(1, "sudah makan?"), (2, "pernah")], 16),
      ("a concept of the answer", [(1, "pernah diancam?"), (2, "iya")], 2016),
      ("both", [(1, "pernah diancam?"), (2, "iya pernah")], 5016),
      ("two questions in one", [(1, "sudah makan? pernah diancam?"), (2, "pernah")], 3032),
      ("a greeting before it", [(1, "halo, sudah makan ya. pernah diancam?"), (2, "pernah")], 3016),
      ("a remark behind it", [(1, "pernah diancam?"), (1, "jawab ya"), (2, "pernah")], 3016),
      ("its number with the word", [(1, "diancam? 1. pernah 2. tidak"), (2, "1. pernah")], 3016),
      ("choices in a second message", [(1, "diancam?"), (1, "1. pernah 2. tidak"), (2, "1")], 3016),
      ("a third message of the answer", [(1, "pernah diancam?"), (2, "hmm"), (2, "eh"), (2, "pernah")], 3016),
      ("a fourth", [(1, "pernah diancam?"), (2, "hmm"), (2, "eh"), (2, "eh"), (2, "pernah")], 0),
      ("the second part of an answer", [(1, "pernah diancam?"), (2, "hmm"), (2, "pernah")], 3016),
      ("one's own question", [(1, "pernah diancam?"), (1, "pernah")], 0),
      ("the last question counts", [(1, "pernah diancam?"), (1, "sudah makan?"), (2, "pernah")], 16),
      ("a question of a third", [(1, "pernah diancam?"), (3, "sudah makan?"), (2, "pernah")], 16),
      ("answered long ago", [(1, "pernah diancam?"), (2, "tidak"), (1, "baik"), (2, "pernah")], 0),
      ("by its number", [(1, "diancam? 1. pernah 2. tidak"), (2, "1")], 3016),
      ("by its letter", [(1, "diancam? a) tidak b) pernah"), (2, "B")], 3016),
      ("by another number", [(1, "diancam? 1. pernah 2. tidak"), (2, "2")], 16),
      ("a number without choices", [(1, "berapa kali diancam"), (2, "1")], 16),
    ]
    for row in rows { #expect(try last(row.messages) == row.expected, "\(row.name)") }
  }

  /// A long answer whose strongest passage lies in a later window says nothing as an answer.
  @Test func laterWindowsAreNoAnswer() throws {
    let long = "pernah " + String(repeating: "satu dua tiga empat ", count: 12)
    #expect(try last([(1, "diancam?"), (2, long)]) > last([(2, long)]))
    #expect(try last([(1, "diancam?"), (2, long + "tolong")]) == last([(2, long + "tolong")]))
    #expect(try last([(2, long + "tolong")]) > 0)
  }

  /// Contract 2 of the design: terms of the answer are listed, and they add up.
  @Test func theExplanationListsTheAnswer() throws {
    let scorer = try Self.scorer()
    let workspace = ScoringWorkspace(scorer)
    let assessment = Assessment()
    var state = ConversationState()
    var question = "pernah diancam?"
    question.withUTF8 { workspace.assess($0, into: assessment) }
    _ = scorer.conclude(assessment, author: 1, in: &state)
    var answer = "iya pernah"
    let score = answer.withUTF8 { utf8 in
      workspace.assess(utf8, into: assessment)
      let conclusion = scorer.conclude(assessment, author: 2, in: &state)
      var score = scorer.messageScore(conclusion)
      workspace.explain(utf8, conclusion: conclusion, contributions: true, into: &score)
      #expect(
        abs(
          score.contributions.filter { $0.head == "disclosure" }.reduce(0) { $0 + $1.logit }
            - conclusion.disclosureLogit) < 1e-9)
      return score
    }
    let terms = score.contributions.filter { $0.head == "disclosure" }
    #expect(
      terms.map(\.source).sorted() == [
        "answer:id.context.c-threat", "answer:id.context.c-threat", "asked:id.context.c-threat", "prior",
      ])
    #expect(terms.compactMap(\.range).map { Int($0.begin) }.sorted() == [0, 4])
  }

  /// A stored state goes on between a question and its answer.
  @Test func aQuestionIsStored() throws {
    let scorer = try Self.scorer()
    let workspace = ScoringWorkspace(scorer)
    let assessment = Assessment()
    var state = ConversationState()
    var question = "diancam? 1. pernah 2. tidak"
    question.withUTF8 { workspace.assess($0, into: assessment) }
    _ = scorer.conclude(assessment, author: 1, in: &state)
    var stored = try ConversationState(decoding: state.encode(modelID: scorer.modelID), modelID: scorer.modelID)
    var answer = "1"
    answer.withUTF8 { workspace.assess($0, into: assessment) }
    let expected = scorer.conclude(assessment, author: 2, in: &state).disclosureLogit
    #expect(expected > 2 && scorer.conclude(assessment, author: 2, in: &stored).disclosureLogit == expected)
  }

  /// A long answer speaks for itself: only its length and concepts are paired, scaled like the rest of it.
  @Test func wordsOfLongAnswersAreNotPaired() throws {
    let long = "pernah satu dua tiga empat lima enam"
    let scale = WeightTable.lengthScale(pivot: 4, exponent: 0.7)[7]
    #expect(try last([(1, "diancam?"), (2, long)]) == (16 * Double(scale) / 65536).rounded())
  }
}
