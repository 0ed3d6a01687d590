/// All phrases as one acyclic automaton without empty moves, before prefixes are shared. State 0 is the start.
struct PhraseNetwork {
  /// For every state, (symbol, target).
  var transitions: [[(symbol: UInt32, target: Int32)]] = [[]]
  /// For every state, the entries that end there.
  var accepts: [Set<UInt32>] = [[]]
  private var sinks: [UInt32: Int32] = [:]

  /// The number of transitions.
  var transitionCount: Int { transitions.reduce(0) { $0 + $1.count } }

  /// Adds a phrase without a fault. `symbol` names the symbol of an atom.
  mutating func add(_ phrase: Phrase, entry: UInt32, symbol: (PhraseAtom) -> UInt32) {
    var frontier: [Int32] = [0]
    for (index, element) in phrase.elements.enumerated() {
      let isLast = index == phrase.elements.count - 1
      switch element {
      case .choice(let runs, let optional):
        let end = isLast ? sink(of: entry) : newState()
        for run in runs { connect(run, from: frontier, to: end, symbol: symbol) }
        frontier = [end] + (optional ? frontier : [])
      case .gap(let length):
        var last = frontier
        for _ in 0..<length {
          let state = newState()
          for source in last { transitions[Int(source)].append((Symbol.everything, state)) }
          last = [state]
          frontier.append(state)
        }
      }
    }
    for state in frontier where state != 0 { accepts[Int(state)].insert(entry) }
  }

  private mutating func connect(
    _ run: [PhraseAtom], from frontier: [Int32], to end: Int32, symbol: (PhraseAtom) -> UInt32
  ) {
    var sources = frontier
    for (index, atom) in run.enumerated() {
      let target = index == run.count - 1 ? end : newState()
      for source in sources { transitions[Int(source)].append((symbol(atom), target)) }
      sources = [target]
    }
  }

  private mutating func newState() -> Int32 {
    transitions.append([])
    accepts.append([])
    return Int32(transitions.count - 1)
  }

  /// Nothing follows the last element, so all phrases of an entry end in one state.
  private mutating func sink(of entry: UInt32) -> Int32 {
    if let known = sinks[entry] { return known }
    let state = newState()
    sinks[entry] = state
    return state
  }
}
