/// A network whose common prefixes are shared: where one symbol leads to several states, they become one.
///
/// This is the subset construction, stopped by a budget: gaps and alternatives could make it exponential, so once the budget is
/// used up further choices stay separate targets of one symbol. Breadth first, so that the states near the start, which
/// decide the speed, come first. Either way the automaton matches the same.
struct SharedNetwork {
  /// For every state, its transitions sorted by symbol, then target. State 0 is the start.
  var transitions: [[(symbol: UInt32, target: UInt32)]] = []
  /// For every state, the entries that end there, sorted.
  var accepts: [[UInt32]] = []

  private var numbers: [[Int32]: UInt32] = [:]
  private var members: [[Int32]] = []
  private var mergedTransitions = 0

  /// Shares prefixes with at most `budget` transitions spent on shared states; 0 shares nothing.
  init(_ network: PhraseNetwork, budget: Int) {
    _ = number(of: [0])
    var next = 0
    while next < members.count {
      let set = members[next]
      next += 1
      var targets: [UInt32: Set<Int32>] = [:]
      var entries: Set<UInt32> = []
      for member in set {
        for move in network.transitions[Int(member)] { targets[move.symbol, default: []].insert(move.target) }
        entries.formUnion(network.accepts[Int(member)])
      }
      var moves: [(symbol: UInt32, target: UInt32)] = []
      for (symbol, states) in targets.sorted(by: { $0.key < $1.key }) {
        for state in share(states.sorted(), in: network, budget: budget) { moves.append((symbol, state)) }
      }
      transitions.append(moves)
      accepts.append(entries.sorted())
    }
  }

  private mutating func share(_ states: [Int32], in network: PhraseNetwork, budget: Int) -> [UInt32] {
    if states.count == 1 || numbers[states] != nil { return [number(of: states)] }
    let cost = states.reduce(1) { $0 + network.transitions[Int($1)].count }
    guard mergedTransitions + cost <= budget else { return states.map { number(of: [$0]) }.sorted() }
    mergedTransitions += cost
    return [number(of: states)]
  }

  private mutating func number(of set: [Int32]) -> UInt32 {
    if let known = numbers[set] { return known }
    let fresh = UInt32(members.count)
    numbers[set] = fresh
    members.append(set)
    return fresh
  }
}
