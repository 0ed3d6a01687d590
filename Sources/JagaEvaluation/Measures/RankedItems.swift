/// Scored items of one head, lowest score first, packed so that a resample needs one gather and two straight passes.
///
/// 13 bytes an item, and the order is found once: a resample changes how often an item stands, never its rank.
struct RankedItems: Sendable {
  /// What an item is, and whether a new score begins with it.
  enum Tag {
    static let positive: UInt8 = 1
    /// Not positive, and nothing else either: for an area against harmless items alone.
    static let harmless: UInt8 = 2
    /// The lowest of the items that share its score.
    static let opensTie: UInt8 = 4
  }

  private(set) var values: [Double] = []
  /// What each item is resampled with.
  private(set) var units: [UInt32] = []
  private(set) var tags: [UInt8] = []

  var count: Int { values.count }

  /// Appends an item whose score is not below the last one's.
  mutating func append(_ value: Double, unit: UInt32, tag: UInt8) {
    let opens = values.last.map { $0 < value } ?? true
    values.append(value)
    units.append(unit)
    tags.append(opens ? tag | Tag.opensTie : tag)
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

  /// Puts each item's weight beside it. `sorted` has room for ``count``. Cost: one random access an item.
  func gather(_ weights: UnsafePointer<UInt8>, into sorted: UnsafeMutablePointer<UInt8>) {
    units.withUnsafeBufferPointer { units in
      for index in 0..<units.count { sorted[index] = weights[Int(units[index])] }
    }
  }

  /// Runs `body` with every item standing once.
  func once<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
    let ones = UnsafeMutablePointer<UInt8>.allocate(capacity: max(count, 1))
    defer { ones.deallocate() }
    ones.update(repeating: 1, count: count)
    return body(ones)
  }
}
