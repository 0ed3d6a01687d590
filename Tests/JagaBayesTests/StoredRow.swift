import JagaBayes
import JagaCore

/// What a weight table keeps of a row, by the definition.
enum StoredRow {
  /// True when a row says something to any but the two outer heads.
  static func isWhole(_ row: [Int16]) -> Bool {
    row.prefix(Head.stride).enumerated().contains { $0 != Head.move && $0 != Head.disclosure && $1 != 0 }
  }

  /// A whole row in steps, within ±127 of them; the outer heads' columns of another as they are.
  static func values(_ row: [Int16]) -> [Int16] {
    let padded = Array((row + [Int16](repeating: 0, count: Head.stride)).prefix(Head.stride))
    guard isWhole(padded) else { return padded }
    return padded.map { value in
      let magnitude = (Int(value.magnitude) + WeightTable.wideStep / 2) / WeightTable.wideStep
      return Int16(min(127, magnitude) * WeightTable.wideStep * Int(value.signum()))
    }
  }

  /// A row of the outer heads alone.
  static func outer(_ move: Int16, _ disclosure: Int16) -> [Int16] {
    var row = [Int16](repeating: 0, count: Head.stride)
    row[Head.move] = move
    row[Head.disclosure] = disclosure
    return row
  }

  /// A random row of either sort.
  static func random(using random: inout some RandomNumberGenerator) -> [Int16] {
    if Bool.random(using: &random) {
      return outer(.random(in: .min ... .max, using: &random), .random(in: .min ... .max, using: &random))
    }
    // Some beyond what a whole row can hold.
    return (0..<Head.stride).map { _ in .random(in: -2500...2500, using: &random) }
  }
}
