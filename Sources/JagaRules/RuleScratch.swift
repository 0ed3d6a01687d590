/// Reused working memory of rule evaluation; one per thread. It may serve several rule sets in turn. Copies share it.
public struct RuleScratch {
  let memory = RuleMemory()

  /// Empty memory.
  public init() {}
}

/// The truth of a condition, and the tokens it rests on; `begin == end` for none.
struct RuleTruth: BitwiseCopyable {
  var holds: Bool
  var begin: Int32
  var end: Int32

  static let no = RuleTruth(holds: false, begin: 0, end: 0)
  static let yes = RuleTruth(holds: true, begin: 0, end: 0)

  /// Both, resting on the tokens of both.
  @inline(__always)
  func and(_ other: RuleTruth) -> RuleTruth {
    guard holds, other.holds else { return .no }
    if begin == end { return other }
    if other.begin == other.end { return self }
    return RuleTruth(holds: true, begin: min(begin, other.begin), end: max(end, other.end))
  }
}

/// Memory that grows to what the largest rule set and the longest message need, and is then reused.
final class RuleMemory {
  /// What the hits of the message mean together, as a row of the rule set.
  private(set) var present = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
  /// For each row, the number of the message in which it was last joined.
  private(set) var joined = UnsafeMutablePointer<UInt32>.allocate(capacity: 1)
  /// The number of the message; never 0.
  private(set) var message: UInt32 = 0
  private var wordCapacity = 0
  private var rowCapacity = 0
  let stack = UnsafeMutablePointer<RuleTruth>.allocate(capacity: RuleSet.stackLimit + 1)
  /// Attributes of the hits, computed when a rule first asks.
  var context = HitContext()
  /// For sequences: where a chain of hits that ends before this token began, or -1.
  var chains: [Int32] = []
  var nextChains: [Int32] = []

  deinit {
    present.deallocate()
    joined.deallocate()
    stack.deallocate()
  }

  /// Forgets the last message.
  func prepare(words: Int, rows: Int) {
    if words > wordCapacity {
      wordCapacity = words
      present.deallocate()
      present = .allocate(capacity: words)
    }
    if rows > rowCapacity || message == UInt32.max {
      rowCapacity = max(rows, rowCapacity)
      joined.deallocate()
      joined = .allocate(capacity: rowCapacity)
      joined.initialize(repeating: 0, count: rowCapacity)
      message = 0
    }
    message += 1
    for word in 0..<words { present[word] = 0 }
    context.forget()
  }
}
