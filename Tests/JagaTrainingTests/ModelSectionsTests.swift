import JagaBayes
import JagaCore
import JagaScoring
import Testing

@testable import JagaTraining

/// From a learner's numbers to those of a bundle.
@Suite struct ModelSectionsTests {
  private let vocabulary: Vocabulary = {
    var observation = Observation()
    observation.features = [(50, .word), (60, .word), (70, .word)]
    return Vocabulary(
      observations: [observation], counts: [], minimum: 1, countMinimum: 1, entryCount: 2, ruleCount: 1)
  }()

  /// Features 50 and 60 speak, 70 is in every row alike; entry 0 has a declared vote, entry 1 and the rule have none.
  private func learned() -> (learner: LogisticLearner, sections: LearnedSections, declared: [Int16]) {
    var table = ExampleTable()
    for _ in 0..<8 {
      table.append([0, 2, 3, 4, 5], labels: [.topupRequest], votes: [Head.move: 0.5])
      table.append([1, 2], labels: [.benign])
    }
    let rows = Array(0..<table.count)
    let bayes = NaiveBayes(table, rows: rows, featureCount: 6)
    let learner = LogisticLearner(table, rows: rows, featureCount: 6, tokenFeatureCount: 3, bayes: bayes)
    var declared = [Int16](repeating: 0, count: 3 * Head.stride)
    declared[Head.move] = 512
    let scale = WeightTable.lengthScale(pivot: 8, exponent: 0.5)
    return (
      learner, LearnedSections(learner, vocabulary: vocabulary, declaredVotes: declared, lengthScale: scale), declared
    )
  }

  @Test func weightsAreRoundedToUnits() throws {
    let (learner, sections, _) = learned()
    let table = try WeightTable(section: Section(copying: sections.weights))
    for (number, hash) in [50, 60, 70].enumerated() as EnumeratedSequence<[UInt64]> {
      let weights = learner.weights[number * Head.count..<(number + 1) * Head.count].map { FixedMath.units($0) }
      guard let row = table.index[hash] else { continue }
      let begin = Int(row) * Head.stride
      #expect(Array(table.rows.buffer[begin..<begin + Head.stride]) == weights + [0, 0])
    }
    #expect(table.index[50] != nil && table.index[60] != nil)
    #expect(sections.priors == learner.biases.map { Int32(($0 * 1024).rounded()) })
  }

  /// Rows of at most 10 units, a hundredth of a logit, in every head are left out.
  @Test func whatChangesNothingIsLeftOut() throws {
    var table = ExampleTable()
    table.append([0, 2], labels: [.topupRequest])
    table.append([1, 2], labels: [.benign])
    let bayes = NaiveBayes(table, rows: [0, 1], featureCount: 3)
    var kept = 0
    var dropped = 0
    for step in 1...60 {
      var options = LogisticLearner.Options()
      options.epochs = 0
      options.trust = Double(step) / 1000
      let learner = LogisticLearner(
        table, rows: [], featureCount: 3, tokenFeatureCount: 3, bayes: bayes, options: options)
      let sections = LearnedSections(
        learner, vocabulary: vocabulary, declaredVotes: [],
        lengthScale: WeightTable.lengthScale(pivot: 8, exponent: 0.5))
      let weights = try WeightTable(section: Section(copying: sections.weights))
      for (number, hash) in [50, 60, 70].enumerated() as EnumeratedSequence<[UInt64]> {
        let units = learner.weights[number * Head.count..<(number + 1) * Head.count].map { FixedMath.units($0) }
        let isKept = weights.index[hash] != nil
        #expect(isKept == units.contains { $0.magnitude > 10 }, "\(units)")
        kept += isKept ? 1 : 0
        dropped += isKept ? 0 : 1
      }
    }
    #expect(kept > 20 && dropped > 20)
  }

  @Test func votesAreScaledAndSilentEntriesStaySilent() {
    let (learner, sections, declared) = learned()
    #expect(sections.votes.count == declared.count)
    for head in 0..<Head.count {
      let expected = learner.voteScales[head] * (head == Head.move ? 0.5 : 0) + learner.weights[3 * Head.count + head]
      #expect(sections.votes[head] == FixedMath.units(expected), "head \(head)")
    }
    #expect(learner.weights[4 * Head.count + Head.move] != 0, "the silent entry has learned something")
    #expect(sections.votes[Head.stride...].filter { $0 != 0 }.isEmpty)
  }
}
