/// Scored items of one head, lowest score first, packed so that a resample needs one gather and then walks over what matters.
///
/// The order is found once: a resample changes how often an item stands, never its rank. About 14 bytes an item.
struct RankedItems: Sendable {
  /// What an item is.
  enum Tag {
    static let positive: UInt8 = 1
    /// Not positive, and nothing else either: for an area against harmless items alone.
    static let harmless: UInt8 = 2
  }

  /// Items of one score of which one at least is positive.
  struct PositiveTie: Sendable {
    /// Where its items begin and end.
    var begin: UInt32
    var end: UInt32
    /// Where its positive items end in ``positives``; they begin where those of the tie below end.
    var positives: UInt32
    /// Items that are neither positive nor harmless, below it and up to its end.
    var mixedBelow: UInt32
    var mixedEnd: UInt32
  }

  private(set) var values: [Double] = []
  /// What each item is resampled with.
  private(set) var units: [UInt32] = []
  private(set) var tags: [UInt8] = []
  /// Places of the positive items, lowest first.
  private(set) var positives: [UInt32] = []
  /// Places of the items that are neither positive nor harmless, lowest first.
  private(set) var mixed: [UInt32] = []
  private(set) var ties: [PositiveTie] = []
  private var tieBegin: UInt32 = 0
  private var tieMixed: UInt32 = 0

  var count: Int { values.count }

  /// Appends an item whose score is not below the last one's.
  mutating func append(_ value: Double, unit: UInt32, tag: UInt8) {
    let place = UInt32(values.count)
    if let last = values.last, last < value {
      tieBegin = place
      tieMixed = UInt32(mixed.count)
    }
    values.append(value)
    units.append(unit)
    tags.append(tag)
    if tag & Tag.positive != 0 {
      positives.append(place)
      if ties.last.map({ $0.begin < tieBegin }) ?? true {
        ties.append(PositiveTie(begin: tieBegin, end: place, positives: 0, mixedBelow: tieMixed, mixedEnd: 0))
      }
    } else if tag & Tag.harmless == 0 {
      mixed.append(place)
    }
    if let last = ties.indices.last, ties[last].begin == tieBegin {
      ties[last].end = place + 1
      ties[last].positives = UInt32(positives.count)
      ties[last].mixedEnd = UInt32(mixed.count)
    }
  }

  /// Ranks items that stand in any order, each its own unit. Equal scores keep their order.
  init(scores: [Double] = [], positive: [Bool] = []) {
    for index in RankedItems.order(scores) {
      let isPositive = positive[Int(index)]
      append(
        scores[Int(index)], unit: index, tag: isPositive ? Tag.positive : Tag.harmless)
    }
  }

  /// Positions from the lowest score to the highest; equal scores keep their order. Scores are not negative.
  static func order(_ scores: [Double]) -> [UInt32] {
    struct Key {
      var bits: UInt64
      var index: UInt32
    }
    var keys: [Key] = []
    keys.reserveCapacity(scores.count)
    // The bits of numbers that are not negative stand in the order of the numbers. Adding 0 makes −0 of it 0.
    for (index, score) in scores.enumerated() { keys.append(Key(bits: (score + 0).bitPattern, index: UInt32(index))) }
    keys.sort { $0.bits != $1.bits ? $0.bits < $1.bits : $0.index < $1.index }
    return keys.map(\.index)
  }

  /// Runs `body` with every item standing once.
  func once<Result>(_ body: (ItemWeights) -> Result) -> Result {
    let weights = ItemWeights(capacity: count)
    weights.fill(count: count)
    return body(weights)
  }
}

/// How often each item of a ranking stands, and how many items stand up to each: the working memory of one thread.
final class ItemWeights {
  /// By place.
  let each: UnsafeMutablePointer<UInt8>
  /// `below[place]`: the sum of all weights before a place; one more than there are places.
  let below: UnsafeMutablePointer<UInt32>

  init(capacity: Int) {
    each = .allocate(capacity: max(capacity, 1))
    below = .allocate(capacity: capacity + 1)
  }

  deinit {
    each.deallocate()
    below.deallocate()
  }

  /// Every item once.
  func fill(count: Int) {
    each.update(repeating: 1, count: count)
    for place in 0...count { below[place] = UInt32(truncatingIfNeeded: place) }
  }

  /// Puts each item's weight at its place. Cost: one random access an item.
  func gather(_ items: RankedItems, _ weights: UnsafePointer<UInt8>) {
    items.units.withUnsafeBufferPointer { units in
      var sum: UInt32 = 0
      for place in 0..<units.count {
        let weight = weights[Int(units[place])]
        each[place] = weight
        below[place] = sum
        sum &+= UInt32(weight)
      }
      below[units.count] = sum
    }
  }
}
