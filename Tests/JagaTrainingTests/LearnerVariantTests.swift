import JagaBayes
import JagaCore
import JagaScoring
import JagaTranscripts
import Testing

@testable import JagaTraining

/// What each learner for comparison may use.
@Suite struct LearnerVariantTests {
  /// A feature of every kind, two entries and a rule; features are numbered by their hashes, which are those of the kinds.
  private static let vocabulary: SmallVocabulary = {
    var message = Observation()
    message.pairs = FeatureKind.allCases.map { (UInt64($0.rawValue), $0) }
    return SmallVocabulary(
      observations: [Observation](repeating: message, count: 6), counts: [], minimum: 2, countMinimum: 1, entryCount: 2,
      ruleCount: 1)
  }()

  /// The kinds that rest on concepts.
  private static let concepts: Set<FeatureKind> = [.concept, .conceptPair, .asked, .answer]

  @Test func namesAreThoseOfTheOption() {
    #expect(
      LearnerVariant.allCases.map(\.rawValue) == [
        "hybrid", "naive-bayes", "rules", "logistic", "without-concepts", "without-rules",
      ])
  }

  /// Variant: tokens, concepts, entries and rules, declared votes.
  @Test func eachSeesItsOwnPart() {
    let rows: [(variant: LearnerVariant, tokens: Bool, concepts: Bool, entries: Bool, votes: Bool)] = [
      (.hybrid, true, true, true, true), (.naiveBayes, true, false, false, false), (.rules, false, false, false, true),
      (.logistic, true, false, false, false), (.withoutConcepts, true, false, true, true),
      (.withoutRules, true, true, false, false),
    ]
    #expect(rows.map(\.variant) == LearnerVariant.allCases)
    #expect(Self.vocabulary.kinds == FeatureKind.allCases)
    let all = (0..<UInt32(Self.vocabulary.count)).map { $0 }
    #expect(all.count == 11 + 3)
    var message = Observation()
    message.pairs = FeatureKind.allCases.map { (UInt64($0.rawValue), $0) }
    (message.entries, message.rules) = ([0, 1], [0])
    message.votes[Head.move] = 512
    for row in rows {
      let table = Self.vocabulary.rows([message], variant: row.variant)
      let chosen = Set(table.features)
      for number in all {
        let isSeen =
          Int(number) >= 11
          ? row.entries : Self.concepts.contains(FeatureKind.allCases[Int(number)]) ? row.concepts : row.tokens
        #expect(chosen.contains(number) == isSeen, "\(row.variant), \(number)")
      }
      #expect(Array(table.votes(of: 0)) == (0..<Head.count).map { $0 == Head.move && row.votes ? 0.5 : 0 })
    }
  }

  /// Repeats of characters and the order of features stay as they are.
  @Test func whatIsChosenKeepsItsOrderAndRepeats() {
    var message = Observation()
    // The word is in no other message and has no number; its characters have.
    message.pairs = [
      (1, .word), (99, .word), (7, .characters), (7, .characters), (8, .concept), (9, .conceptPair), (11, .answer),
    ]
    (message.entries, message.rules) = ([0], [0])
    let rows: [(variant: LearnerVariant, features: [UInt32])] = [
      (.hybrid, [0, 6, 6, 7, 8, 10, 11, 13]), (.withoutRules, [0, 6, 6, 7, 8, 10]),
      (.withoutConcepts, [0, 6, 6, 11, 13]), (.logistic, [0, 6, 6]), (.rules, []),
    ]
    for row in rows {
      #expect(Self.vocabulary.rows([message], variant: row.variant).features == row.features, "\(row.variant)")
    }
  }

  @Test func settingsDifferWhereTheLearnerDoes() {
    let options = LogisticLearner.Options()
    for variant in LearnerVariant.allCases {
      let adjusted = variant.adjusting(options)
      #expect(adjusted.epochs == (variant == .naiveBayes ? 0 : options.epochs), "\(variant)")
      let trust = variant == .naiveBayes ? 1 : variant == .logistic ? 0 : options.trust
      #expect(adjusted.trust == trust, "\(variant)")
      #expect(adjusted.tokenPenalty == options.tokenPenalty && adjusted.entryPenalty == options.entryPenalty)
    }
    #expect(options.epochs > 0 && options.trust > 0 && options.trust < 1)
  }

  /// A trainer over three small voices.
  private static func trainer(_ variant: LearnerVariant) throws -> Trainer {
    let moves = ["kirim foto itu dulu", "foto kamu dulu baru aku isi", "mana foto yang itu"]
    let harmless = ["besok ulangan bab tiga", "ayo makan siang", "nanti latihan jam empat", "buku ini bagus"]
    let voices = ["a", "b", "c"].map { name in
      Voice(
        name: name,
        messages: (moves.map { Message(text: $0 + " " + name, labels: [.topupRequest]) }
          + harmless.map { Message(text: $0 + " " + name, labels: [.benign]) }).map { GoldMessage(message: $0) },
        transcripts: [])
    }
    var options = Trainer.Options()
    options.variant = variant
    return try Trainer(
      corpus: TrainingCorpus(voices: voices), sources: Trainer.compile(lexicons: TrainerTests.lexicons),
      options: options)
  }

  /// The sum is the evidence that was counted, no more: no entry, no rule, nothing learned on top.
  @Test func naiveBayesAddsUpWhatWasCounted() throws {
    let trainer = try Self.trainer(.naiveBayes)
    let fit = trainer.learn(voices: [0, 1])
    #expect(fit.learner.voteScales.allSatisfy { $0 == 1 })
    for message in trainer.observed.messages {
      let seen = RowView(
        trainer.observations, vocabulary: fit.vocabulary, variant: .hybrid, lengthScale: fit.view.lengthScale
      ).row(of: message)
      let tokens = seen.features.filter {
        Int($0) < fit.vocabulary.tokenFeatureCount && !fit.vocabulary.kinds[Int($0)].name.hasPrefix("concept")
      }
      let scale = Double(fit.view.lengthScale[min(Int(message.words), FeatureExtractor.windowTokens)]) / 65536
      for head in 0..<Head.count {
        let sum: Double = tokens.reduce(0) { $0 + fit.learner.weights[Int($1) * Head.count + head] }
        let expected = fit.learner.biases[head] + scale * sum
        #expect(abs(fit.logits(of: message)[head] - expected) < 1e-9)
      }
    }
  }

  @Test func rulesAloneDifferByTheirVotesOnly() throws {
    let trainer = try Self.trainer(.rules)
    let fit = trainer.learn(voices: [0, 1])
    let sums = trainer.observed.messages.map { (trainer.votes(of: $0), fit.logits(of: $0)[Head.move]) }
    var byVotes: [[Int32]: Set<Double>] = [:]
    for (votes, sum) in sums { byVotes[votes, default: []].insert(sum) }
    #expect(byVotes.count == 2 && byVotes.values.allSatisfy { $0.count == 1 })
  }

  /// Every variant learns what separates the two sorts, out of fold as well, and none is the hybrid by another name.
  @Test func everyVariantRanksMovesFirst() throws {
    var seen: [[[Double]]] = []
    for variant in LearnerVariant.allCases {
      let trainer = try Self.trainer(variant)
      let sums = trainer.crossFit()
      func mean(ofMoves isMove: Bool) -> Double {
        let chosen = zip(trainer.observed.messages, sums).filter { $0.0.isMove == isMove }.map { $1[Head.move] }
        return chosen.reduce(0, +) / Double(chosen.count)
      }
      let (moves, others) = (mean(ofMoves: true), mean(ofMoves: false))
      #expect(moves > others, "\(variant)")
      seen.append(sums)
    }
    #expect(seen.dropFirst(1).prefix(3).allSatisfy { $0 != seen[0] })
  }
}
