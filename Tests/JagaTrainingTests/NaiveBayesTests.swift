import Foundation
import JagaCore
import Testing

@testable import JagaTraining

@Suite struct NaiveBayesTests {
  private func options(shrinkage: Double = 0, clip: Double = 100, smoothing: Double = 0.5) -> NaiveBayes.Options {
    var options = NaiveBayes.Options()
    options.shrinkage = shrinkage
    options.clip = clip
    options.smoothing = smoothing
    return options
  }

  @Test func evidenceAndPriorsAreThoseOfScikitLearn() throws {
    let golden = try Golden.load("naive-bayes-golden", as: Golden.NaiveBayesFigures.self)
    let table = try golden.table()
    let bayes = NaiveBayes(
      table, rows: Array(0..<table.count), featureCount: golden.features,
      options: options(smoothing: golden.smoothing))
    #expect(bayes.evidence.count == golden.features * Head.count)
    #expect(golden.evidence.filter { $0 != 0 }.count > 500, "the fixture says something")
    for feature in 0..<golden.features {
      for head in 0..<Head.count {
        let slot = feature * Head.count + head
        #expect(abs(bayes.evidence[slot] - golden.evidence[slot]) < 1e-10, "feature \(feature), head \(head)")
      }
    }
    for head in 0..<Head.count { #expect(abs(bayes.priors[head] - golden.priors[head]) < 1e-10, "head \(head)") }
  }

  @Test func noOrderOfRowsChangesWhatIsCounted() throws {
    let golden = try Golden.load("naive-bayes-golden", as: Golden.NaiveBayesFigures.self)
    let table = try golden.table()
    let rows = Array(0..<table.count)
    // The weights are multiples of 1/8, so that sums are exact in any order.
    let forward = NaiveBayes(table, rows: rows, featureCount: golden.features, options: options())
    let backward = NaiveBayes(table, rows: rows.reversed(), featureCount: golden.features, options: options())
    #expect(forward.evidence == backward.evidence)
    #expect(forward.priors == backward.priors)
  }

  @Test func onlyTheGivenRowsCount() {
    var some = ExampleTable()
    some.append([0, 1], labels: [.topupCondition])
    some.append([1, 2], labels: [.benign])
    var more = some
    more.append([0, 2], labels: [.disclosure], weight: 7)
    let expected = NaiveBayes(some, rows: [0, 1], featureCount: 3)
    let found = NaiveBayes(more, rows: [0, 1], featureCount: 3)
    #expect(found.evidence == expected.evidence)
    #expect(found.priors == expected.priors)
  }

  /// A feature in one of two moves and in no other message, by hand.
  @Test func evidenceByHand() {
    var table = ExampleTable()
    table.append([0, 1], labels: [.topupCondition])
    table.append([1], labels: [.topupRequest])
    table.append([2], labels: [.benign])
    table.append([1, 2], labels: [.benign])
    func evidence(_ options: NaiveBayes.Options, _ feature: Int, _ head: Int) -> Double {
      NaiveBayes(table, rows: [0, 1, 2, 3], featureCount: 3, options: options).evidence[feature * Head.count + head]
    }
    let move = log((1 + 0.5) / (3 + 1.5)) - log((0 + 0.5) / (3 + 1.5))
    #expect(abs(evidence(options(), 0, Head.move) - move) < 1e-12)
    // Among moves alone: two features in the first, one in the other.
    let condition = Int(Label.topupCondition.rawValue)
    #expect(abs(evidence(options(), 0, condition) - (log(1.5 / 3.5) - log(0.5 / 2.5))) < 1e-12)
    #expect(evidence(options(), 2, condition) == 0, "no move holds it")
    // Seen once, with shrinkage 2, a third is left.
    #expect(abs(evidence(options(shrinkage: 2), 0, Head.move) - move / 3) < 1e-12)
    #expect(evidence(options(clip: 0.25), 0, Head.move) == 0.25)
    #expect(evidence(options(clip: 0.25), 2, Head.move) == -0.25)
  }

  @Test func priorsAreSmoothedLogOdds() {
    var table = ExampleTable()
    for _ in 0..<3 { table.append([0], labels: [.groomingTrust]) }
    table.append([0], labels: [.topupOffer, .groomingTrust])
    for _ in 0..<6 { table.append([0], labels: [.benign], weight: 0.5) }
    let priors = NaiveBayes(table, rows: Array(0..<10), featureCount: 1).priors
    #expect(abs(priors[Head.move] - log(4.5 / 3.5)) < 1e-12)
    #expect(abs(priors[Head.disclosure] - log(0.5 / 7.5)) < 1e-12)
    #expect(abs(priors[Int(Label.groomingTrust.rawValue)] - log(4.5 / 0.5)) < 1e-12)
    #expect(abs(priors[Int(Label.topupOffer.rawValue)] - log(1.5 / 3.5)) < 1e-12)
  }

  @Test func nothingToLearnFromSaysNothing() {
    let bayes = NaiveBayes(ExampleTable(), rows: [], featureCount: 2)
    #expect(bayes.evidence == [Double](repeating: 0, count: 2 * Head.count))
    #expect(bayes.priors == [Double](repeating: 0, count: Head.count))
  }
}
