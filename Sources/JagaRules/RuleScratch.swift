import JagaCore
import JagaLexicon
import JagaText

/// Reused working memory of rule evaluation; one per thread. It may serve several rule sets in turn.
public struct RuleScratch {
  /// A hit in the list of a group: hits of a group are chained in the order of the message.
  struct Link {
    var hit: Int32
    var next: Int32
  }

  /// The truth of a condition, and the tokens it rests on; `begin == end` for none.
  struct Truth {
    var holds: Bool
    var begin: Int32
    var end: Int32

    static let no = Truth(holds: false, begin: 0, end: 0)
    static let yes = Truth(holds: true, begin: 0, end: 0)

    /// Both, resting on the tokens of both.
    func and(_ other: Truth) -> Truth {
      guard holds, other.holds else { return .no }
      if begin == end { return other }
      if other.begin == other.end { return self }
      return Truth(holds: true, begin: min(begin, other.begin), end: max(end, other.end))
    }

    /// The first that holds.
    func or(_ other: Truth) -> Truth { holds ? self : other }
  }

  /// First link of each group, or -1; only groups that were hit are ever set, and they are reset at the next message.
  var heads: [Int32] = []
  /// Groups that were hit.
  var touched: [UInt32] = []
  var links: [Link] = []
  /// Rules to try, as bits.
  var candidates: [UInt64] = []
  var stack: [Truth] = []
  /// Attributes of the hits, computed when a rule first asks.
  var context = HitContext()
  var hasContext = false
  /// For sequences: where a chain of hits that ends before this token began, or -1.
  var chains: [Int32] = []
  var nextChains: [Int32] = []

  /// Empty memory.
  public init() {}

  /// Forgets the last message.
  mutating func reset(groups: Int, rules: Int) {
    for group in touched where Int(group) < heads.count { heads[Int(group)] = -1 }
    touched.removeAll(keepingCapacity: true)
    links.removeAll(keepingCapacity: true)
    while heads.count < groups { heads.append(-1) }
    candidates.removeAll(keepingCapacity: true)
    for _ in 0..<(rules + 63) / 64 { candidates.append(0) }
    hasContext = false
  }
}
