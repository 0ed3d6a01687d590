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
    self = items.once { items.calibration($0) }
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
  /// Sums over items in a row.
  struct Sums {
    var said = 0.0
    var square = 0.0
    var positives = 0

    /// Adds an item that stands `weight` times.
    mutating func add(_ value: Double, isPositive: Int, weight: Int) {
      let distance = value - Double(isPositive)
      said += Double(weight) * value
      square += Double(weight) * (distance * distance)
      positives &+= weight &* isPositive
    }
  }

  /// Sums over a range of places; four at a time, so that no addition waits for the one before it. Cost: one pass.
  func sums(_ weights: ItemWeights, _ range: Range<Int>) -> Sums {
    let each = weights.each
    return values.withUnsafeBufferPointer { values in
      tags.withUnsafeBufferPointer { tags in
        var parts = (Sums(), Sums(), Sums(), Sums())
        func add(_ place: Int, to part: inout Sums) {
          part.add(values[place], isPositive: Int(tags[place] & Tag.positive), weight: Int(each[place]))
        }
        var place = range.lowerBound
        while place &+ 4 <= range.upperBound {
          add(place, to: &parts.0)
          add(place &+ 1, to: &parts.1)
          add(place &+ 2, to: &parts.2)
          add(place &+ 3, to: &parts.3)
          place &+= 4
        }
        while place < range.upperBound {
          add(place, to: &parts.0)
          place &+= 1
        }
        var sums = parts.0
        for part in [parts.1, parts.2, parts.3] {
          sums.said += part.said
          sums.square += part.square
          sums.positives += part.positives
        }
        return sums
      }
    }
  }

  /// Bins when items stand as often as `weights` says. Cost: one pass, and a binary search for each bound.
  func calibration(_ weights: ItemWeights) -> Calibration {
    let total = Int(weights.below[count])
    let least = total / Calibration.binCount
    let longer = total % Calibration.binCount
    var bins: [ReliabilityBin] = []
    bins.reserveCapacity(Calibration.binCount)
    var square = 0.0
    let below = weights.below
    var begin = 0
    var place = 0
    for number in 0..<Calibration.binCount {
      let end = begin + least + (number < longer ? 1 : 0)
      var bin = Sums()
      if end > begin {
        let next = weights.place(of: end, count: count)
        if next > place {
          // An item that stands several times may have begun in the bin before.
          bin.add(place, of: self, weight: Int(below[place + 1]) - begin)
          let rest = sums(weights, place + 1..<next)
          bin.said += rest.said
          bin.square += rest.square
          bin.positives += rest.positives
          place = next
        }
        bin.add(place, of: self, weight: end - max(begin, Int(below[place])))
      }
      bins.append(ReliabilityBin(count: end - begin, probabilitySum: bin.said, positives: bin.positives))
      square += bin.square
      begin = end
    }
    return Calibration(bins: bins, brier: share(square, Double(total)))
  }
}

extension RankedItems.Sums {
  fileprivate mutating func add(_ place: Int, of items: RankedItems, weight: Int) {
    guard place < items.count, weight > 0 else { return }
    add(items.values[place], isPositive: Int(items.tags[place] & RankedItems.Tag.positive), weight: weight)
  }
}

extension ItemWeights {
  /// The last place, up to `count`, before which at most `sum` items stand. Cost: a binary search.
  fileprivate func place(of sum: Int, count: Int) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high + 1) / 2
      if Int(below[middle]) <= sum { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
