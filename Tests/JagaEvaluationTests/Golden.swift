import Foundation
import Testing

/// Figures of scikit-learn, numpy and scripts/evaluation/measures.py; scripts/golden/measures.py writes them again.
enum Golden {
  struct Measures: Decodable {
    struct Case: Decodable {
      let name: String
      let scores: [Double]
      let positive: [Bool]
      /// How often each item stands in a resample.
      let repeats: [UInt8]
      let once: [String: Double?]
      let repeated: [String: Double?]
      let decisions: [String: Double?]
    }

    struct Averages: Decodable {
      let gold: [[Bool]]
      let said: [[Bool]]
      let figures: [String: [String: Double]]
    }

    struct Confusion: Decodable {
      let gold: [Int]
      let said: [Int]
      let cells: [Int]
    }

    struct Quantiles: Decodable {
      let values: [Double]
      let points: [Double]
      let quantiles: [Double]
    }

    let cases: [Case]
    let averages: Averages
    let confusion: Confusion
    let quantiles: Quantiles
  }

  /// Figures of the fixture files; nil is undefined.
  struct Figures: Decodable {
    let baseRate: Double
    let figures: [String: Double?]

    enum CodingKeys: String, CodingKey {
      case baseRate = "base_rate"
      case figures
    }
  }

  static func load<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: Data(contentsOf: URL(fileURLWithPath: try path(name + ".json"))))
  }

  static func path(_ name: String) throws -> String {
    try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures").appendingPathComponent(name).path
  }
}

/// Equal to 1e-9, or both undefined.
func isSame(_ value: Double, _ expected: Double?) -> Bool {
  guard let expected else { return value.isNaN }
  return abs(value - expected) <= 1e-9
}
