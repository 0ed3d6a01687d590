import Foundation
import JagaCore
import Testing

@testable import JagaTraining

/// Figures of scikit-learn and scipy; scripts/golden/naive_bayes.py writes them again.
enum Golden {
  struct NaiveBayesFigures: Decodable {
    struct Row: Decodable {
      let features: [UInt32]
      let labels: [UInt8]
      let weight: Double
    }

    let features: Int
    let smoothing: Double
    let rows: [Row]
    let evidence: [Double]
    let priors: [Double]

    /// The rows as the learner takes them.
    func table() throws -> ExampleTable {
      var table = ExampleTable()
      for row in rows {
        try table.append(row.features, labels: row.labels.map { try #require(Label(rawValue: $0)) }, weight: row.weight)
      }
      return table
    }
  }

  struct PlattFigures: Decodable {
    struct Case: Decodable {
      struct Fit: Decodable {
        let slope: Double
        let intercept: Double
      }

      let name: String
      let sums: [Double]
      let positive: [Bool]
      let prevalence: Double?
      let lowest: Double
      let highest: Double
      let slope: Double
      let intercept: Double
      let scikitLearn: Fit?
    }

    let cases: [Case]
  }

  static func load<Figures: Decodable>(_ name: String, as type: Figures.Type) throws -> Figures {
    let file = try #require(Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(type, from: Data(contentsOf: file))
  }
}

extension ExampleTable {
  /// Adds a row without votes, in full length.
  mutating func append(
    _ features: [UInt32], labels: [Label], weight: Double = 1, scale: Double = 1, votes: [Int: Double] = [:]
  ) {
    append(
      features: features, votes: (0..<Head.count).map { votes[$0] ?? 0 }, scale: scale,
      labels: labels.reduce(0) { $0 | 1 << UInt32($1.rawValue) }, main: labels.first ?? .benign, weight: weight)
  }
}
