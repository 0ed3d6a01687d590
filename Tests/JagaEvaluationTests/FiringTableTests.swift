import Foundation
import JagaCore
import JagaScoring
import JagaTranscripts
import Testing

@testable import JagaEvaluation

/// What is taken out of a sum is what the explanation of the score shows.
@Suite struct FiringTableTests {
  private static let modelPath = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Models/default.jaga").path

  private static let texts = [
    "umur berapa dek? sendirian di rumah?", "aku isiin diamond asal kirim foto dulu",
    "jangan bilang mama ya, hapus chat ini",
    "someone keeps asking me for pictures and I am scared", "tugas matematika dikumpul besok pagi",
    "delete this chat ok?",
    String(repeating: "halo semua besok kita main bareng ya ", count: 8) + "jangan bilang siapa siapa, kirim foto dulu",
  ]

  @Test(.enabled(if: FileManager.default.fileExists(atPath: modelPath), "there is no Models/default.jaga"))
  func termsAreThoseOfTheExplanation() throws {
    let scorer = Scorer(model: try Model.open(path: Self.modelPath))
    let lines = Self.texts.map { "{\"text\":\"\($0)\",\"labels\":[\"benign\"]}\n" }.joined()
    let table = FiringTable(
      observing: try LabelledMessages(reading: [.bytes(Array(lines.utf8), name: "gold.jsonl")]), scorer: scorer)
    var compared = (votes: 0, concepts: 0)
    for (number, text) in Self.texts.enumerated() {
      let terms = scorer.score(text, explain: true).contributions.filter { $0.head == "move" }
      let logit = terms.reduce(0) { $0 + $1.logit }
      #expect(abs(logit - table.messages[number].moveLogit) < 1e-9)
      for firing in table.firings(in: number) {
        let voter = table.voters[Int(firing.voter)]
        let gone = table.messages[number].moveLogit - firing.moveWithout
        let isVote = !voter.sense.isSilent
        let own = terms.filter { term in
          if isVote { return term.source == (voter.kind == .rule ? "rule:" : "lexicon:") + voter.id }
          let parts = term.source.split(separator: ":", maxSplits: 1)
          return parts.count == 2 && parts[0].hasPrefix("concept")
            && parts[1].split(separator: ">").contains(Substring(voter.id))
        }
        // A concept that another language's entry stands for too loses nothing, or less.
        func concept(_ id: String) -> Substring { id.drop { $0 != "." } }
        let isShared = table.firings(in: number).contains { other in
          let id = table.voters[Int(other.voter)].id
          return id != voter.id && concept(id) == concept(voter.id)
        }
        if isVote {
          #expect(abs(gone - own.reduce(0) { $0 + $1.logit }) < 1e-9, "\(voter.id)")
          compared.votes += 1
        } else if !isShared, gone != 0, number != 6 {
          #expect(abs(gone - own.reduce(0) { $0 + $1.logit }) < 1e-9, "\(voter.id)")
          compared.concepts += 1
        }
      }
      let fired = Set(table.firings(in: number).map { table.voters[Int($0.voter)].id })
      for term in terms where term.source.hasPrefix("lexicon:") || term.source.hasPrefix("rule:") {
        #expect(fired.contains(String(term.source.drop { $0 != ":" }.dropFirst())))
      }
    }
    #expect(compared.votes > 10 && compared.concepts > 5)
  }

  /// A question comes before its answer, and nothing that was found in it counts.
  @Test func theQuestionIsContext() throws {
    let lines = """
      {"text":"asal balas dulu","labels":["topup.condition"],"question":"kristal gratis?"}
      {"text":"oke","labels":["benign"],"question":"kirim pr?"}

      """
    let table = FiringTable(
      observing: try LabelledMessages(reading: [.bytes(Array(lines.utf8), name: "gold.jsonl")]),
      scorer: try Laboratory.scorer())
    #expect(table.firings(in: 0).map { table.voters[Int($0.voter)].id } == ["id.topup.condition.sound"])
    #expect(table.firings(in: 1).isEmpty)
  }

  /// Messages of a stated conversation follow each other, across other conversations; context without labels counts for rules alone.
  @Test func conversationsAreKeptApart() throws {
    let lines = """
      {"conversation_id":"c","author":"a","text":"kristal gratis"}
      {"conversation_id":"d","author":"a","text":"halo","labels":["benign"]}
      {"conversation_id":"c","author":"a","text":"asal balas dulu","labels":["topup.condition"]}
      {"conversation_id":"d","author":"a","text":"asal balas dulu","labels":["topup.condition"]}

      """
    let table = FiringTable(
      observing: try LabelledMessages(reading: [.bytes(Array(lines.utf8), name: "gold.jsonl")]),
      scorer: try Laboratory.scorer())
    #expect(table.messages.map(\.unit) == [0, 1, 1])
    #expect(table.firings(in: 0).map { table.voters[Int($0.voter)].id }.last == "id.topup.rule.after-offer")
    #expect(table.firings(in: 2).map { table.voters[Int($0.voter)].id } == ["id.topup.condition.sound"])
    #expect(table.units == 2)
  }
}
