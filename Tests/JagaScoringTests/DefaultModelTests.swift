import Foundation
import JagaCore
import Testing

@testable import JagaScoring

/// What must hold of the scorer with the committed model, whatever its weights are.
@Suite struct DefaultModelTests {
  private static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Models/default.jaga").standardized.path

  private static func scorer(baseRate: Double? = nil) throws -> Scorer {
    Scorer(model: try Model.open(path: path), options: Scorer.Options(baseRate: baseRate))
  }

  private static let samples = [
    "", "ya", "umur berapa dek? sendirian di rumah?", "gue isiin 50rb asal kirim foto yg kemarin dulu",
    "kak aku takut, dia mau sebar fotoku", "besok ada ulangan bab 3 ya, catatannya fotoin dong",
    "send 50 now or your whole school sees it", "surprise party for mum on sunday, dont tell her!", "🙂🙂 mantap 10k",
    "Кто здесь", "g4 u5ah b1l4ng m4m4", "a b c d e f g",
  ]

  /// Contract 2 of the design: what is reported is the sum.
  @Test(arguments: [nil, 0.001] as [Double?])
  func contributionsAddUpToTheLogit(baseRate: Double?) throws {
    let scorer = try Self.scorer(baseRate: baseRate)
    for text in Self.samples {
      let score = scorer.score(text, explain: true)
      let move = score.contributions.filter { $0.head == "move" }.reduce(0) { $0 + $1.logit }
      let told = score.contributions.filter { $0.head == "disclosure" }.reduce(0) { $0 + $1.logit }
      #expect(abs(FixedMath.sigmoid(move) - score.score) < 1e-9, "sample \(Self.samples.firstIndex(of: text) ?? -1)")
      #expect(abs(FixedMath.sigmoid(told) - score.disclosure) < 1e-9)
      let top = score.contributions.filter { $0.head == score.top.name }.reduce(0) { $0 + $1.logit }
      #expect(abs(FixedMath.sigmoid(top) * score.score - score.labels[Int(score.top.rawValue)]) < 1e-9)
      for contribution in score.contributions {
        guard let range = contribution.range else { continue }
        #expect(range.begin >= 0 && range.begin < range.end && Int(range.end) <= text.utf8.count)
      }
    }
  }

  @Test func noLabelExceedsTheScore() throws {
    let scorer = try Self.scorer()
    for text in Self.samples {
      let score = scorer.score(text)
      #expect(score.labels.allSatisfy { $0 <= score.score })
      #expect(score.labels.max() == score.labels[Int(score.top.rawValue)])
    }
  }

  /// One message alone can raise a conversation's band: its score and its move say the same then.
  @Test func aConversationsScoreFollowsItsBand() throws {
    let scorer = try Self.scorer()
    let model = try Model.open(path: Self.path).parameters
    let (workspace, assessment) = (ScoringWorkspace(scorer), Assessment())
    var raised = 0
    for text in Self.samples {
      var state = ConversationState()
      var copy = text
      let conclusion = copy.withUTF8 { utf8 in
        workspace.assess(utf8, into: assessment)
        return scorer.conclude(assessment, author: 5, in: &state)
      }
      guard conclusion.band >= .review else { continue }
      raised += 1
      let least =
        conclusion.band == .high ? model.bands.conversationHigh : model.bands.conversationReview
      let conversation = conclusion.conversation
      #expect(conversation.band == conclusion.band)
      #expect(conversation.score >= FixedMath.sigmoid(least - model.conversation.offset) - 1e-6)
      #expect(conversation.top != .benign)
      var authors: [Double] = []
      scorer.forEachAuthor(of: state) { _, score, _ in authors.append(score) }
      #expect(authors == [conversation.score])
    }
    #expect(raised >= 2)
  }

  /// A message that is read again counts once; what it says now counts where it matters, and else nothing changes.
  @Test func aMessageReadAgainIsNotCountedAgain() throws {
    let scorer = try Self.scorer()
    let (workspace, assessment) = (ScoringWorkspace(scorer), Assessment())
    func assess(_ text: String) {
      var copy = text
      copy.withUTF8 { workspace.assess($0, into: assessment) }
    }
    var state = ConversationState()
    for text in ["besok ada ulangan bab 3 ya", "iya", "oke"] {
      assess(text)
      _ = scorer.conclude(assessment, author: 5, in: &state)
    }
    assess("send 50 now or your whole school sees it")
    let left = scorer.concludeAgain(assessment, author: 5, index: 0, in: &state) { _ in false }
    #expect(!left.matters && left.conclusion.band >= .review)
    #expect(left.conclusion.conversation == scorer.summary(of: state))
    #expect(state.peakBand == .none && state.firstAlertIndex == nil)
    let taken = scorer.concludeAgain(assessment, author: 5, index: 0, in: &state) { $0.band >= .review }
    #expect(taken.matters)
    #expect(state.messages == 3 && state.peakBand == taken.conclusion.band && state.firstAlertIndex == 0)
    #expect(taken.conclusion.conversation == scorer.summary(of: state))
  }

  /// The base rate moves the score, never the band.
  @Test func bandsDoNotMoveWithTheBaseRate() throws {
    let usual = try Self.scorer()
    let rare = try Self.scorer(baseRate: 0.0001)
    for text in Self.samples {
      #expect(usual.score(text).band == rare.score(text).band)
      #expect(rare.score(text).score < usual.score(text).score)
    }
  }

  /// One giant message costs in proportion to its length, also where every window holds the same rows, or none.
  @Test(arguments: ["foto dong ", "qzx ", "kirim 50rb dulu ya? "])
  func aGiantMessageTakesLinearTime(_ piece: String) throws {
    let workspace = ScoringWorkspace(try Self.scorer())
    let assessment = Assessment()
    func cost(_ count: Int) -> Double {
      var text = String(repeating: piece, count: count)
      return text.withUTF8 { utf8 in
        let start = clock()
        workspace.assess(utf8, into: assessment)
        return Double(clock() - start)
      }
    }
    _ = cost(1_000)
    // Four times the length; quadratic cost would be sixteen times.
    #expect(cost(16_000) < 9 * max(cost(4_000), 2_000))
  }

  /// A result does not depend on what the workspace and the assessment were used for before.
  @Test func reusedMemoryGivesTheSameBits() throws {
    let scorer = try Self.scorer()
    let workspace = ScoringWorkspace(scorer)
    let assessment = Assessment()
    for text in Self.samples + Self.samples.reversed() {
      var state = ConversationState()
      var copy = text
      copy.withUTF8 { workspace.assess($0, into: assessment) }
      let conclusion = scorer.conclude(assessment, author: 0, in: &state)
      let fresh = scorer.score(text)
      #expect(scorer.messageScore(conclusion).score == fresh.score)
      #expect(scorer.messageScore(conclusion).labels == fresh.labels)
      #expect(conclusion.band == fresh.band)
    }
  }

  /// Harmless padding before and after a passage does not hide it: a long message counts as its strongest window.
  @Test func paddingDoesNotHideAPassage() throws {
    let scorer = try Self.scorer()
    let passage = "gue isiin 50rb asal kirim foto yg kemarin dulu"
    let padding = String(repeating: "besok kita belajar bersama di sekolah lalu makan siang dan pulang . ", count: 60)
    let alone = scorer.score(passage)
    #expect(alone.band >= .review)
    for text in [padding + passage, passage + " . " + padding, padding + passage + " . " + padding + passage] {
      let whole = scorer.score(text)
      #expect(whole.band >= .watch && whole.score >= 0.5)
      #expect(!whole.evidence.isEmpty)
    }
    #expect(scorer.score(padding).band == .none)
  }

  /// The answer of the one who is targeted is scored as it would be on its own.
  @Test func anotherAuthorIsNotRaised() throws {
    let scorer = try Self.scorer()
    let workspace = ScoringWorkspace(scorer)
    let assessment = Assessment()
    var state = ConversationState()
    func say(_ text: String, _ author: UInt64) -> Conclusion {
      var copy = text
      copy.withUTF8 { workspace.assess($0, into: assessment) }
      return scorer.conclude(assessment, author: author, in: &state)
    }
    for text in ["send 50 now or your whole school sees it", "10 minutes left or i post it to all your friends"] {
      _ = say(text, 1)
    }
    #expect(say("ok see you at school then", 2).carry == 0)
    #expect(say("ok see you at school then", 1).carry > 0)
  }

  @Test func aDisclosureAsksForSupportAndRaisesNobody() throws {
    let scorer = try Self.scorer()
    let workspace = ScoringWorkspace(scorer)
    let assessment = Assessment()
    var state = ConversationState()
    var text = "kak aku takut, ada orang ngancem mau sebar fotoku, aku harus gimana"
    text.withUTF8 { workspace.assess($0, into: assessment) }
    let conclusion = scorer.conclude(assessment, author: 3, in: &state)
    #expect(conclusion.conversation.supportNeeded)
    #expect(conclusion.band == .none)
    #expect(scorer.summary(of: state).band == .none)
    #expect(conclusion.carry == 0)
  }

  /// A stored state goes on exactly as the state in memory does.
  @Test func aStoredStateGoesOnTheSame() throws {
    let scorer = try Self.scorer()
    let workspace = ScoringWorkspace(scorer)
    let assessment = Assessment()
    var kept = ConversationState()
    var stored = ConversationState()
    for (index, text) in (Self.samples + Self.samples).enumerated() {
      var copy = text
      copy.withUTF8 { workspace.assess($0, into: assessment) }
      let author = UInt64(index % 3)
      let first = scorer.conclude(assessment, author: author, in: &kept)
      stored = try ConversationState(decoding: stored.encode(modelID: scorer.modelID), modelID: scorer.modelID)
      let second = scorer.conclude(assessment, author: author, in: &stored)
      #expect(first.moveLogit == second.moveLogit && first.band == second.band)
    }
    #expect(kept.encode(modelID: "m") == stored.encode(modelID: "m"))
  }
}
