/// What one element of a phrase asks of one token.
public enum PhraseAtom: Hashable, Sendable {
  /// The surface, canonical form or root is this word.
  case word(String)
  /// The surface or canonical form is this word, whatever its root (`=beri`).
  case exact(String)
  /// The token is of a class (`<amount>`).
  case token(TokenClass)
}

/// One element of a phrase.
public enum PhraseElement: Hashable, Sendable {
  /// One of several runs of atoms; an optional element may be left out. A plain word is a choice of one run of one atom.
  case choice([[PhraseAtom]], optional: Bool)
  /// Zero to this many tokens of any kind.
  case gap(Int)
}

/// A sequence of elements that matches consecutive tokens. Lists are already replaced by their items.
///
/// Between two consecutive tokens of a match, up to ``freePunctuation`` punctuation tokens are skipped for free.
///
///     Phrase([.choice([[.word("kirim")]], optional: false), .gap(2), .choice([[.word("foto")]], optional: false)])
public struct Phrase: Hashable, Sendable {
  /// The elements, in order.
  public var elements: [PhraseElement]

  /// Creates a phrase.
  public init(_ elements: [PhraseElement]) { self.elements = elements }

  /// Punctuation tokens skipped for free between two tokens of a match.
  public static let freePunctuation = 2
  /// Elements allowed in a phrase.
  public static let maximumElements = 12
  /// The longest gap.
  public static let maximumGap = 5
  /// Transitions that one entry may expand to.
  public static let maximumTransitions = 5_000
}

/// Why a phrase cannot be compiled.
public enum PhraseFault: Error, Hashable, Sendable {
  /// No elements, or an element without alternatives, or an alternative without atoms.
  case empty
  /// Every element is optional, so it would match nothing at all.
  case onlyOptional
  /// A gap comes before the first required element.
  case startsWithGap
  /// A gap comes after the last required element.
  case endsWithGap
  /// A gap is not in 1…5.
  case gapOutOfRange(Int)
  /// More than 12 elements.
  case tooManyElements(Int)
}

extension Phrase {
  /// The first thing wrong with the phrase, or nil.
  public var fault: PhraseFault? {
    if elements.isEmpty { return .empty }
    if elements.count > Phrase.maximumElements { return .tooManyElements(elements.count) }
    var firstRequired: Int?
    var lastRequired: Int?
    var firstGap: Int?
    var lastGap: Int?
    for (index, element) in elements.enumerated() {
      switch element {
      case .choice(let runs, let optional):
        if runs.isEmpty || runs.contains(where: \.isEmpty) { return .empty }
        if !optional {
          firstRequired = firstRequired ?? index
          lastRequired = index
        }
      case .gap(let length):
        if length < 1 || length > Phrase.maximumGap { return .gapOutOfRange(length) }
        firstGap = firstGap ?? index
        lastGap = index
      }
    }
    guard let firstRequired, let lastRequired else { return .onlyOptional }
    if let firstGap, firstGap < firstRequired { return .startsWithGap }
    if let lastGap, lastGap > lastRequired { return .endsWithGap }
    return nil
  }

  /// The number of transitions that the phrase would have as an automaton, a measure of its size. Saturates far above the
  /// limit, so hostile sources cannot overflow it. Cost: linear in the phrase.
  public var transitionCount: Int {
    var frontier = 1
    var total = 0
    for element in elements {
      switch element {
      case .choice(let runs, let optional):
        for run in runs { total += frontier + max(run.count - 1, 0) }
        frontier = 1 + (optional ? frontier : 0)
      case .gap(let length):
        let steps = min(max(length, 1), 1_000)
        total += frontier + steps - 1
        frontier += steps
      }
      if total > 1_000_000 { return total }
    }
    return total
  }
}
