/// The area under the ROC curve of the move head, and what it loses when one voter's term is taken out, over any resample, exactly.
///
/// The area is the share of (move, other) pairs in which the move has the higher logit, a tie counting one half (Mann and Whitney 1947). Taking out a voter
/// changes the logits of the messages in which it was found alone, so only pairs with one of these change: the places of their new logits among all
/// others are looked up once, and a resample costs a few additions for each firing instead of sorting everything again.
///
/// Counted are doubled pairs, in integers.
struct MoveAreas {
  /// Places of a value in a sorted list: how many lie below it, and how many below or at it.
  struct Place {
    var low: Int32
    var high: Int32

    init(_ value: Double, in sorted: [Double]) {
      low = Place.bound(value, in: sorted, includesEqual: false)
      high = Place.bound(value, in: sorted, includesEqual: true)
    }

    private static func bound(_ value: Double, in sorted: [Double], includesEqual: Bool) -> Int32 {
      var first = 0
      var last = sorted.count
      while first < last {
        let middle = (first + last) / 2
        let isBefore = includesEqual ? sorted[middle] <= value : sorted[middle] < value
        if isBefore { first = middle + 1 } else { last = middle }
      }
      return Int32(first)
    }
  }

  /// One message in which a voter was found.
  fileprivate struct Change {
    var unit: Int32
    /// Among all messages of the other kind, with the voter and without.
    var with: Place
    var without: Place
  }

  /// Places of a move among the other messages of the same voter, by what both are with the voter or without.
  fileprivate struct Inner {
    var withWith: Place
    var withWithout: Place
    var withoutWith: Place
    var withoutWithout: Place
  }

  /// What one voter changes.
  struct Plan {
    fileprivate var moves: [Change] = []
    fileprivate var others: [Change] = []
    /// One for each of the moves when the voter has other messages too.
    fileprivate var inner: [Inner] = []
    /// Units of the voter's other messages, sorted by logit with and without it; empty when it has no move.
    fileprivate var othersWith: [Int32] = []
    fileprivate var othersWithout: [Int32] = []
  }

  /// Cumulated weights of one resample.
  struct Drawn {
    fileprivate var moves: [Int64]
    fileprivate var others: [Int64]
    /// Doubled pairs, won ones twice and tied ones once.
    fileprivate(set) var won: Int64 = 0

    /// Doubled pairs in all.
    var all: Int64 { 2 * (moves.last ?? 0) * (others.last ?? 0) }
    /// The area; NaN when a kind is missing.
    var area: Double { all == 0 ? .nan : Double(won) / Double(all) }
  }

  private let moveLogits: [Double]
  private let moveUnits: [Int32]
  private let movePlaces: [Place]
  private let otherLogits: [Double]
  private let otherUnits: [Int32]

  /// Sorts the messages by logit.
  init(_ messages: [JudgedMessage]) {
    let moves = messages.filter(\.isMove).sorted { $0.moveLogit < $1.moveLogit }
    let others = messages.filter { !$0.isMove }.sorted { $0.moveLogit < $1.moveLogit }
    moveLogits = moves.map(\.moveLogit)
    moveUnits = moves.map(\.unit)
    let sorted = others.map(\.moveLogit)
    otherLogits = sorted
    otherUnits = others.map(\.unit)
    movePlaces = moves.map { Place($0.moveLogit, in: sorted) }
  }

  /// Prepares a voter.
  func plan(_ firings: [Firing], of messages: [JudgedMessage]) -> Plan {
    var plan = Plan()
    let own = firings.filter { !messages[Int($0.message)].isMove }
    let hasMoves = own.count < firings.count
    let with = own.sorted { messages[Int($0.message)].moveLogit < messages[Int($1.message)].moveLogit }
    let without = own.sorted { $0.moveWithout < $1.moveWithout }
    let withLogits = with.map { messages[Int($0.message)].moveLogit }
    let withoutLogits = without.map(\.moveWithout)
    if hasMoves {
      plan.othersWith = with.map { messages[Int($0.message)].unit }
      plan.othersWithout = without.map { messages[Int($0.message)].unit }
    }
    for firing in firings {
      let message = messages[Int(firing.message)]
      let sorted = message.isMove ? otherLogits : moveLogits
      let change = Change(
        unit: message.unit, with: Place(message.moveLogit, in: sorted), without: Place(firing.moveWithout, in: sorted))
      if message.isMove {
        if !own.isEmpty {
          plan.inner.append(
            Inner(
              withWith: Place(message.moveLogit, in: withLogits),
              withWithout: Place(message.moveLogit, in: withoutLogits),
              withoutWith: Place(firing.moveWithout, in: withLogits),
              withoutWithout: Place(firing.moveWithout, in: withoutLogits)))
        }
        plan.moves.append(change)
      } else {
        plan.others.append(change)
      }
    }
    return plan
  }

  /// Cumulates the weights of a resample. Cost: one pass over the messages.
  func draw(_ weights: [Int32]) -> Drawn {
    var drawn = Drawn(
      moves: MoveAreas.cumulated(moveUnits, weights), others: MoveAreas.cumulated(otherUnits, weights))
    for (number, place) in movePlaces.enumerated() {
      drawn.won +=
        Int64(weights[Int(moveUnits[number])]) * (drawn.others[Int(place.low)] + drawn.others[Int(place.high)])
    }
    return drawn
  }

  /// The area with a voter less the area without it; NaN when a kind is missing.
  func gain(_ plan: Plan, _ drawn: Drawn, weights: [Int32]) -> Double {
    let all = drawn.all
    guard all > 0 else { return .nan }
    // Places lie inside the cumulated weights, one more than there are messages, and units inside the weights.
    var change = weights.withUnsafeBufferPointer { weights in
      drawn.others.withUnsafeBufferPointer { others in
        drawn.moves.withUnsafeBufferPointer { moves in
          var change: Int64 = 0
          for move in plan.moves {
            change += Int64(weights[Int(move.unit)]) * (won(move.without, others) - won(move.with, others))
          }
          for other in plan.others {
            // The other message loses the pairs that a move wins.
            change += Int64(weights[Int(other.unit)]) * (won(other.with, moves) - won(other.without, moves))
          }
          return change
        }
      }
    }
    if !plan.othersWith.isEmpty {
      // Pairs of two messages of the voter were changed on one side at a time above.
      let with = MoveAreas.cumulated(plan.othersWith, weights)
      let without = MoveAreas.cumulated(plan.othersWithout, weights)
      with.withUnsafeBufferPointer { with in
        without.withUnsafeBufferPointer { without in
          for (move, inner) in zip(plan.moves, plan.inner) {
            change +=
              Int64(weights[Int(move.unit)])
              * (won(inner.withoutWithout, without) - won(inner.withoutWith, with) - won(inner.withWithout, without)
                + won(inner.withWith, with))
          }
        }
      }
    }
    return -Double(change) / Double(all)
  }

  private func won(_ place: Place, _ cumulated: UnsafeBufferPointer<Int64>) -> Int64 {
    cumulated[Int(place.low)] + cumulated[Int(place.high)]
  }

  private static func cumulated(_ units: [Int32], _ weights: [Int32]) -> [Int64] {
    var sum: Int64 = 0
    var sums = [Int64](repeating: 0, count: units.count + 1)
    for (number, unit) in units.enumerated() {
      sum += Int64(weights[Int(unit)])
      sums[number + 1] = sum
    }
    return sums
  }
}
