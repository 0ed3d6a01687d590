import JagaBayes
import JagaCore
import TestSupport
import Testing

@testable import JagaTraining

/// Counting and learning in flat memory against the plain form of both, to the bit.
@Suite struct LearnerReferenceTests {
  private static let tokens = 60
  private static let count = 72

  /// Rows of sorted features with repeats, labels of every sort, votes in some, and weights as count tables give them.
  private static func table(_ seed: Int) -> ExampleTable {
    var random = SeededGenerator(seed: UInt64(seed) + 31)
    var table = ExampleTable()
    for _ in 0..<240 {
      let features = (0..<Int.random(in: 0...20, using: &random)).map { _ in UInt32.random(in: 0..<72, using: &random) }
      var labels = [Label(rawValue: UInt8.random(in: 0..<20, using: &random)) ?? .benign]
      switch Int.random(in: 0...5, using: &random) {
      case 0: labels = [.disclosure]
      case 1, 2: labels = [.benign]
      case 3: labels.append(.disclosure)
      case 4: labels.append(.topupRequest)
      default: break
      }
      var votes: [Int: Double] = [:]
      if Int.random(in: 0...3, using: &random) == 0 {
        for head in 0..<Head.count where Bool.random(using: &random) {
          votes[head] = Double.random(in: -1...1, using: &random)
        }
      }
      table.append(
        features.sorted(), labels: labels, weight: [1, 0.5, 0.0371, 2.7].randomElement(using: &random) ?? 1,
        scale: Double.random(in: 0.1...1, using: &random), votes: votes)
    }
    return table
  }

  private static let kinds = (0..<tokens).map { FeatureKind.allCases[$0 % FeatureKind.allCases.count] }

  @Test(arguments: 0..<5)
  func everyBitIsThatOfTheReference(_ seed: Int) {
    let table = Self.table(seed)
    let rows = (0..<table.count).filter { $0 % 7 != seed }
    let expected = ReferenceBayes(table, rows: rows, featureCount: Self.count, options: NaiveBayes.Options())
    var options = LogisticLearner.Options()
    options.clip = seed == 0 ? 0.2 : 1.5
    options.epochs = 3 + seed
    for workers in 1...3 {
      let bayes = NaiveBayes(
        table, rows: rows, featureCount: Self.count, options: NaiveBayes.Options(), workers: Workers(workers))
      #expect(bayes.evidence == expected.evidence && bayes.priors == expected.priors)
      let learner = LogisticLearner(
        table, rows: rows, featureCount: Self.count, tokenFeatureCount: Self.tokens, kinds: Self.kinds, bayes: bayes,
        options: options, workers: Workers(workers))
      let problem = Problem(
        table: table, featureCount: Self.count, tokenFeatureCount: Self.tokens,
        penalties: (0..<Self.count).map {
          $0 < Self.tokens ? options.penalty(of: Self.kinds[$0]) : options.entryPenalty
        },
        kinds: Self.kinds, bayes: bayes, options: options)
      let blocks = [
        ReferenceBlock(problem, heads: 0..<Label.moveCount, rows: rows.filter { table.rows[$0].isMove }),
        ReferenceBlock(problem, heads: Label.moveCount..<Head.count, rows: rows),
      ]
      for block in blocks {
        for (column, head) in block.heads.enumerated() {
          #expect(learner.biases[head] == block.biases[column] && learner.voteScales[head] == block.voteScales[column])
          let found = (0..<Self.count).map { learner.weights[$0 * Head.count + head] }
          #expect(found == (0..<Self.count).map { block.weight($0, column) }, "head \(head)")
          #expect(Set(found).count > 20, "something was learned")
        }
      }
    }
  }

  /// A block of an odd number of heads has an empty place, which nothing reaches.
  @Test func anyNumberOfHeadsIsABlock() {
    let table = Self.table(9)
    let rows = Array(0..<table.count)
    let bayes = NaiveBayes(table, rows: rows, featureCount: Self.count)
    let problem = Problem(
      table: table, featureCount: Self.count, tokenFeatureCount: Self.tokens,
      penalties: [Double](repeating: 1, count: Self.count), kinds: Self.kinds, bayes: bayes,
      options: LogisticLearner.Options())
    for heads in [0..<1, 3..<6, 20..<21, 17..<22] {
      let block = HeadBlock(problem, heads: heads, rows: rows)
      let reference = ReferenceBlock(problem, heads: heads, rows: rows)
      var weights = [Double](repeating: 0, count: Self.count * Head.count)
      weights.withUnsafeMutableBufferPointer {
        if let base = $0.baseAddress { block.write(to: base, featureCount: Self.count) }
      }
      for (column, head) in heads.enumerated() {
        #expect(block.biases[column] == reference.biases[column])
        #expect((0..<Self.count).allSatisfy { weights[$0 * Head.count + head] == reference.weight($0, column) })
      }
    }
  }
}
