import JagaBayes
import JagaCore
import Testing

@testable import JagaTraining

@Suite struct LogisticLearnerTests {
  private static let tokens = 8
  private static let count = 11

  /// Features 0–3 speak for one label each, 4 for everything; 5 is only in the last three rows; 6 and 7 are nowhere;
  /// entry 8 goes with `topup.request`, 9 with the last three rows, 10 is nowhere.
  private static let table: ExampleTable = {
    var table = ExampleTable()
    for round in 0..<12 {
      let scale = round % 3 == 0 ? 0.5 : 1
      table.append([0, 4], labels: [.topupCondition], scale: scale)
      table.append([1, 4, 8], labels: [.topupRequest], scale: scale, votes: [Head.move: 1, 13: 0.5])
      table.append([2, 4], labels: [.disclosure], scale: scale)
      table.append([3, 4], labels: [.benign], weight: 0.5)
      table.append([3], labels: [.benign])
    }
    for _ in 0..<3 { table.append([5, 9], labels: [.groomingTrust]) }
    return table
  }()

  private static let known = Array(0..<60)

  private func learn(
    _ table: ExampleTable = Self.table, rows: [Int] = Self.known, bayesRows: [Int]? = nil, kinds: [FeatureKind] = [],
    options: LogisticLearner.Options = LogisticLearner.Options()
  ) -> LogisticLearner {
    let bayes = NaiveBayes(table, rows: bayesRows ?? rows, featureCount: Self.count)
    return LogisticLearner(
      table, rows: rows, featureCount: Self.count, tokenFeatureCount: Self.tokens, kinds: kinds, bayes: bayes,
      options: options)
  }

  @Test func separableLabelsAreRecovered() {
    var options = LogisticLearner.Options()
    options.epochs = 30
    let learner = learn(options: options)
    for index in Self.known {
      let row = Self.table.rows[index]
      let logits = learner.logits(Self.table, row: index, tokenFeatureCount: Self.tokens)
      #expect((logits[Head.move] > 0) == row.isMove, "row \(index)")
      #expect((logits[Head.disclosure] > 0) == row.isDisclosure, "row \(index)")
      if row.isMove {
        let top = (0..<Label.moveCount).max { logits[$0] < logits[$1] }
        #expect(top == Int(row.main.rawValue), "row \(index)")
      }
    }
  }

  @Test func whatIsNotSeenStaysAtItsPriorMean() {
    let all = Array(0..<Self.table.count)
    let bayes = NaiveBayes(Self.table, rows: all, featureCount: Self.count)
    let learner = learn(bayesRows: all)
    let trust = LogisticLearner.Options().trust
    for feature in [5, 6, 7] {
      for head in 0..<Head.count {
        let slot = feature * Head.count + head
        #expect(learner.weights[slot] == bayes.evidence[slot] * trust, "feature \(feature), head \(head)")
      }
    }
    #expect(learner.weights[5 * Head.count + Head.move] > 0, "the mean is not zero everywhere")
    for entry in [9, 10] {
      for head in 0..<Head.count { #expect(learner.weights[entry * Head.count + head] == 0, "entry \(entry)") }
    }
    // Votes that no row holds keep their declared weight.
    for head in 0..<Head.count where head != 13 && head != Head.move { #expect(learner.voteScales[head] == 1) }
    #expect(learner.voteScales[Head.move] != 1)
  }

  @Test func messagesThatAreNoMovesTeachTheOuterHeadsAlone() {
    let quiet = Self.known.filter { !Self.table.rows[$0].isMove }
    let all = Array(0..<Self.table.count)
    let bayes = NaiveBayes(Self.table, rows: all, featureCount: Self.count)
    let learner = learn(rows: quiet, bayesRows: all)
    let trust = LogisticLearner.Options().trust
    for feature in 0..<Self.tokens {
      for head in 0..<Label.moveCount {
        let slot = feature * Head.count + head
        #expect(learner.weights[slot] == bayes.evidence[slot] * trust)
      }
    }
    #expect(Array(learner.biases.prefix(20)) == Array(bayes.priors.prefix(20)))
    #expect(learner.biases[Head.move] != bayes.priors[Head.move])
  }

  /// The conditional heads learn from moves alone: what else there is changes no bit of them.
  @Test func theBlocksOfHeadsAreIndependent() {
    let all = Array(0..<Self.table.count)
    let whole = learn(bayesRows: all)
    let moves = learn(rows: Self.known.filter { Self.table.rows[$0].isMove }, bayesRows: all)
    func stages(_ learner: LogisticLearner) -> [[Double]] {
      (0..<Self.count).map { Array(learner.weights[$0 * Head.count..<$0 * Head.count + Label.moveCount]) }
    }
    func outer(_ learner: LogisticLearner) -> [Double] {
      (0..<Self.count).flatMap { feature in
        [Head.move, Head.disclosure].map { learner.weights[feature * Head.count + $0] }
      }
    }
    #expect(stages(whole) == stages(moves))
    #expect(whole.biases.prefix(Label.moveCount) == moves.biases.prefix(Label.moveCount))
    #expect(whole.voteScales.prefix(Label.moveCount) == moves.voteScales.prefix(Label.moveCount))
    #expect(outer(whole) != outer(moves))
    #expect(stages(whole) != stages(learn(bayesRows: all, options: Self.untaught)), "they have learned something")
  }

  private static let untaught: LogisticLearner.Options = {
    var options = LogisticLearner.Options()
    options.epochs = 0
    return options
  }()

  @Test func withoutEpochsAllStaysAtItsPriorMean() {
    let bayes = NaiveBayes(Self.table, rows: Self.known, featureCount: Self.count)
    let learner = learn(options: Self.untaught)
    let border = Self.tokens * Head.count
    let means = bayes.evidence[..<border].map { $0 * Self.untaught.trust }
    #expect(Array(learner.weights[..<border]) == means)
    #expect(learner.weights[border...].allSatisfy { $0 == 0 })
    #expect(learner.biases == bayes.priors)
    #expect(learner.voteScales.allSatisfy { $0 == 1 })
  }

  /// What was asked and answered tells of disclosures alone.
  @Test(arguments: [(.asked, true), (.answer, true), (.word, false), (.conceptPair, false)] as [(FeatureKind, Bool)])
  func answersDoNotSpeakOnMoves(_ kind: FeatureKind, _ isHeld: Bool) {
    var table = ExampleTable()
    for _ in 0..<20 {
      table.append([0], labels: [.disclosure])
      table.append([1], labels: [.topupRequest])
      table.append([1], labels: [.benign])
    }
    let rows = Array(0..<table.count)
    let bayes = NaiveBayes(table, rows: rows, featureCount: 2)
    let learner = LogisticLearner(
      table, rows: rows, featureCount: 2, tokenFeatureCount: 2, kinds: [kind, .word], bayes: bayes)
    #expect(learner.weights[Head.disclosure] > 0.1)
    #expect((learner.weights[Head.move] == 0) == isHeld)
  }

  /// Characters and pairs of concepts are many and say the same thing together, so they are pulled harder to their means.
  @Test func kindsArePulledByTheirOwnStrength() {
    let options = LogisticLearner.Options()
    let rows: [(kind: FeatureKind, pull: Double)] = FeatureKind.allCases.map {
      ($0, $0 == .characters ? 16 : [.conceptPair, .asked, .answer].contains($0) ? 8 : 1)
    }
    for row in rows { #expect(options.penalty(of: row.kind) == row.pull, "\(row.kind)") }
    #expect(options.entryPenalty == 0.5)
    let bayes = NaiveBayes(Self.table, rows: Self.known, featureCount: Self.count)
    func distance(_ kind: FeatureKind?) -> Double {
      var options = options
      // Far enough for the pull to be felt in sixty rows.
      options.tokenPenalty = 20
      let learner = learn(kinds: kind.map { [FeatureKind](repeating: $0, count: Self.tokens) } ?? [], options: options)
      return (0..<Self.tokens * Head.count).reduce(0) {
        $0 + abs(learner.weights[$1] - bayes.evidence[$1] * options.trust)
      }
    }
    #expect(distance(nil) == distance(.word))
    #expect(distance(.word) == distance(.concept))
    #expect(distance(.word) > distance(.conceptPair) && distance(.conceptPair) > distance(.characters))
  }

  @Test func theSameRowsGiveTheSameBits() {
    let first = learn()
    let second = learn()
    #expect(first.weights.map(\.bitPattern) == second.weights.map(\.bitPattern))
    #expect(first.biases.map(\.bitPattern) == second.biases.map(\.bitPattern))
    #expect(first.voteScales.map(\.bitPattern) == second.voteScales.map(\.bitPattern))
  }

  /// The order is that of `rows`, wherever in the table a row lies.
  @Test func theOrderOfTheRowsGivenIsTheOrderUsed() {
    let bayesRows = Array(0..<Self.table.count)
    var reversed = ExampleTable()
    for index in bayesRows.reversed() {
      let row = Self.table.rows[index]
      reversed.append(
        features: Array(Self.table.features[row.begin..<row.end]),
        votes: Array(Self.table.votes(of: index)), scale: row.scale, labels: row.labels, main: row.main,
        weight: row.weight)
    }
    let order = Self.known.map { ($0 * 7) % Self.known.count }
    let here = learn(rows: order, bayesRows: bayesRows)
    let there = learn(reversed, rows: order.map { Self.table.count - 1 - $0 }, bayesRows: bayesRows.reversed())
    #expect(here.weights == there.weights)
    #expect(here.biases == there.biases)
    #expect(here.weights != learn(bayesRows: bayesRows).weights, "another order takes another path")
  }

  @Test func aLogitIsTheSumOfItsParts() {
    let learner = learn()
    var table = ExampleTable()
    table.append([0, 3, 8], labels: [.benign], scale: 0.25, votes: [Head.move: -2, 13: 0.75])
    let logits = learner.logits(table, row: 0, tokenFeatureCount: Self.tokens)
    for head in 0..<Head.count {
      let weight = { (feature: Int) in learner.weights[feature * Head.count + head] }
      let vote = head == Head.move ? -2 : head == 13 ? 0.75 : 0
      let expected =
        learner.biases[head] + 0.25 * (weight(0) + weight(3)) + learner.voteScales[head] * vote + weight(8)
      #expect(abs(logits[head] - expected) < 1e-12, "head \(head)")
    }
  }

  @Test func weightsAndVoteScalesStayInTheirRange() {
    var options = LogisticLearner.Options()
    options.clip = 0.3
    options.rate = 5
    let learner = learn(options: options)
    #expect(learner.weights.map(abs).max() == 0.3)
    #expect(learner.voteScales.filter { $0 < 0.2 || $0 > 2 }.isEmpty)
    #expect(learner.voteScales.contains(2) || learner.voteScales.contains(0.2))
  }

  @Test func aStrongerPullStaysNearerToThePrior() {
    func distance(_ penalty: Double) -> (tokens: Double, entries: Double) {
      var options = LogisticLearner.Options()
      options.tokenPenalty = penalty
      options.entryPenalty = penalty
      let bayes = NaiveBayes(Self.table, rows: Self.known, featureCount: Self.count)
      let weights = learn(options: options).weights
      let border = Self.tokens * Head.count
      let tokens = (0..<border).reduce(0) { $0 + abs(weights[$1] - bayes.evidence[$1] * options.trust) }
      return (tokens, weights[border...].reduce(0) { $0 + abs($1) })
    }
    let (free, usual, tight) = (distance(0), distance(100), distance(10_000))
    #expect(free.tokens > usual.tokens && usual.tokens > tight.tokens, "\(free), \(usual), \(tight)")
    #expect(free.entries > usual.entries && usual.entries > tight.entries, "\(free), \(usual), \(tight)")
  }

  @Test func aHeavierRowPullsHarder() {
    func logit(weight: Double) -> Double {
      var table = Self.table
      table.append([3], labels: [.topupOffer], weight: weight)
      let learner = learn(table, rows: Self.known + [table.count - 1], bayesRows: Self.known)
      return learner.weights[3 * Head.count + Head.move]
    }
    #expect(logit(weight: 0.1) < logit(weight: 1))
    #expect(logit(weight: 1) < logit(weight: 8))
  }
}
