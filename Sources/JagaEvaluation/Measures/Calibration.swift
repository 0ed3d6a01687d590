/// One bin of a reliability table.
public struct ReliabilityBin: Hashable, Sendable {
  /// Items in it.
  public var count: Int
  /// Sum of their probabilities.
  var probabilitySum: Double
  /// How many of them are positive.
  public var positives: Int
  /// Their mean probability: what was said. NaN for an empty bin.
  public var said: Double { share(probabilitySum, Double(count)) }
  /// Their share of positives: what was so. NaN for an empty bin.
  public var found: Double { share(Double(positives), Double(count)) }
}

/// Whether of items with probability 0.9 nine in ten are positive.
public struct Calibration: Hashable, Sendable {
  /// The number of bins.
  public static let binCount = 15

  /// Bins of equal mass, lowest probabilities first; where the number of items is no multiple of ``binCount``, the first ones have one
  /// more. Equal probabilities may lie in two bins, in the order of the items.
  public var bins: [ReliabilityBin]
  /// Mean squared difference between probability and truth (Brier 1950); NaN for no items.
  public var brier: Double

  /// Bins of items; the arrays are of one length, probabilities in 0…1. Cost: sorts.
  public init(probabilities: [Double], positive: [Bool]) {
    let items = RankedItems(scores: probabilities, positive: positive)
    self = items.once { items.calibration(weights: $0, total: probabilities.count) }
  }

  init(bins: [ReliabilityBin], brier: Double) {
    self.bins = bins
    self.brier = brier
  }

  /// Expected calibration error: Σ bins n/N · |said − found|; NaN for no items.
  ///
  /// Debiased: the error that a calibrated predictor would show in a bin of that size, √(2/π · c(1 − c)/n), is subtracted bin by
  /// bin, down to 0 (after the idea of Kumar, Liang and Ma 2019). Both are those of `scripts/evaluation/measures.py`.
  public func error(debiased: Bool) -> Double {
    let total = bins.reduce(0) { $0 + $1.count }
    guard total > 0 else { return .nan }
    var sum = 0.0
    for bin in bins where bin.count > 0 {
      let said = bin.said
      let noise = debiased ? (2 / Double.pi * max(said * (1 - said), 0) / Double(bin.count)).squareRoot() : 0
      sum += Double(bin.count) / Double(total) * max(abs(said - bin.found) - noise, 0)
    }
    return sum
  }
}

extension RankedItems {
  /// Bins when each item stands `weights` times, `total` in all; `weights` runs beside the items. Cost: one pass.
  func calibration(weights: UnsafePointer<UInt8>, total: Int) -> Calibration {
    let least = total / Calibration.binCount
    let longer = total % Calibration.binCount
    var bins: [ReliabilityBin] = []
    bins.reserveCapacity(Calibration.binCount)
    var room = least + (longer > 0 ? 1 : 0)
    var mass = 0
    var said = 0.0
    var found = 0
    var square = 0.0
    func close() {
      bins.append(ReliabilityBin(count: mass, probabilitySum: said, positives: found))
      room = least + (bins.count < longer ? 1 : 0)
      mass = 0
      said = 0
      found = 0
    }
    values.withUnsafeBufferPointer { values in
      tags.withUnsafeBufferPointer { tags in
        for index in 0..<values.count {
          var weight = Int(weights[index])
          let value = values[index]
          let isPositive = Int(tags[index] & Tag.positive)
          let distance = value - Double(isPositive)
          square += Double(weight) * (distance * distance)
          while mass &+ weight > room, bins.count < Calibration.binCount {
            let part = room &- mass
            mass = room
            said += Double(part) * value
            found &+= part &* isPositive
            weight &-= part
            close()
          }
          mass &+= weight
          said += Double(weight) * value
          found &+= weight &* isPositive
        }
      }
    }
    while bins.count < Calibration.binCount { close() }
    return Calibration(bins: bins, brier: share(square, Double(total)))
  }
}
