internal import JagaCore

/// What signatures around an anchor let a pattern pass.
struct AnchorFilter {
  /// At least one bit must be set in the window.
  var signature = Signature.everything
  /// A window of ``Anchor``.
  var window = Anchor.always
}

/// What words and special symbols cost as anchors, and their signatures.
struct AnchorCosts {
  /// Elements that name a word, for each word.
  private var uses: [String: Int] = [:]

  init(_ entries: [LexiconEntry]) {
    for phrase in entries.lazy.flatMap(\.phrases) {
      for case .choice(let runs, _) in phrase.elements {
        for case .word(let word) in runs.joined() { uses[word, default: 0] += 1 }
      }
    }
  }

  /// Roughly how many tokens in a million offer an atom.
  func cost(of atom: PhraseAtom) -> Int {
    switch atom {
    case .word(let word), .exact(let word): CommonWords.cost(of: word, uses: uses[word] ?? 0)
    case .token(let kind): CommonWords.cost(of: kind)
    }
  }

  func signature(of atom: PhraseAtom) -> UInt64 {
    switch atom {
    case .word(let word), .exact(let word): Signature.word(tokenHash(word))
    case .token(let kind): Signature.special(UInt32(kind.rawValue))
    }
  }

  /// The place of the rarest atom of a run.
  func rarest(_ run: [PhraseAtom]) -> Int { run.indices.min { cost(of: run[$0]) < cost(of: run[$1]) } ?? 0 }
}

/// Where to look for a pattern: at the required element whose rarest words are rarest, one anchor for each of its runs.
///
/// Every match has, for one of the runs, its anchor; and where an element or atom besides it is required, one of its words within a window of
/// the anchor. Windows are counted in words: a match consumes all words between its first and last token, and skips punctuation only.
struct AnchorChoice {
  private(set) var anchors: [(atom: PhraseAtom, filter: AnchorFilter)] = []
  /// The fewest and the most tokens consumed before an anchor.
  private(set) var nearest = Int.max
  private(set) var farthest = 0
  /// The most tokens consumed by a match.
  let longest: Int

  private let elements: [PhraseElement]
  private let costs: AnchorCosts

  /// Chooses for elements that hold at least one required choice.
  init(_ elements: [PhraseElement], costs: AnchorCosts) {
    self.elements = elements
    self.costs = costs
    longest = elements.reduce(0) { $0 + $1.most }
    let required = elements.indices.filter { elements[$0].least > 0 }
    let place = required.min { cost(of: elements[$0].runs) < cost(of: elements[$1].runs) } ?? 0
    let before = elements[..<place]
    for run in elements[place].runs {
      let atom = costs.rarest(run)
      nearest = min(nearest, atom + before.reduce(0) { $0 + $1.least })
      farthest = max(farthest, atom + before.reduce(0) { $0 + $1.most })
      anchors.append((run[atom], filter(run, atom: atom, element: place, required: required)))
    }
  }

  private func cost(of runs: [[PhraseAtom]]) -> Int {
    runs.reduce(0) { $0 + costs.cost(of: $1[costs.rarest($1)]) }
  }

  /// The filter that fewest texts pass.
  private func filter(_ run: [PhraseAtom], atom: Int, element: Int, required: [Int]) -> AnchorFilter {
    var best = AnchorFilter()
    var bestCost = Int.max
    func offer(_ atoms: [PhraseAtom], distance: Int, after: Bool) {
      guard let size = Anchor.windows.firstIndex(where: { $0 >= distance }) else { return }
      let signature = atoms.reduce(0) { $0 | costs.signature(of: $1) }
      // Every token has about three bits of 64, each as likely to be one of these; and the words themselves occur.
      let chance = signature.nonzeroBitCount * 30_000 + atoms.reduce(0) { $0 + costs.cost(of: $1) }
      let total = chance * Anchor.windows[size]
      guard signature & Signature.everything == 0, total < bestCost else { return }
      bestCost = total
      best = AnchorFilter(signature: signature, window: after ? size : size + Anchor.windows.count)
    }
    for other in run.indices where other != atom {
      offer([run[other]], distance: abs(other - atom), after: other > atom)
    }
    for other in required where other != element {
      let runs = elements[other].runs
      let rarest = runs.map(costs.rarest)
      let between = elements[min(other, element) + 1..<max(other, element)].reduce(0) { $0 + $1.most }
      let reaches = zip(runs, rarest).map { run, place in other > element ? place : run.count - 1 - place }
      let own = other > element ? run.count - 1 - atom : atom
      offer(
        zip(runs, rarest).map { $0[$1] }, distance: own + between + (reaches.max() ?? 0) + 1, after: other > element)
    }
    return best
  }
}

extension PhraseElement {
  /// The runs of a choice.
  var runs: [[PhraseAtom]] {
    if case .choice(let runs, _) = self { runs } else { [] }
  }

  /// The fewest tokens that the element consumes.
  var least: Int {
    if case .choice(let runs, false) = self { runs.map(\.count).min() ?? 0 } else { 0 }
  }

  /// The most tokens that the element consumes.
  var most: Int {
    switch self {
    case .gap(let length): length
    case .choice(let runs, _): runs.map(\.count).max() ?? 0
    }
  }
}
