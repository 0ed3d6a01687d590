import JagaCore
import JagaLexicon
import JagaRules
import JagaScoring

/// An entry or a rule of the lexicon under study.
public struct LexiconVoter: Hashable, Sendable {
  /// What it is.
  public enum Kind: String, Sendable {
    case entry, rule
  }

  /// Its id; of an overlay's with `overlay/` before it, as in evidence.
  public let id: String
  /// Entry or rule.
  public let kind: Kind
  /// What it speaks for.
  public let sense: VoterSense
  /// The language it was written for: `id`, `en` or `any`.
  public let language: String
  /// True when it comes from the overlay.
  public let isOverlay: Bool
  /// True for an entry that some rule asks for, by its id, a prefix or its label: leaving out its vote does not make it superfluous.
  public let servesRules: Bool
}

/// Every entry and rule of a scorer, numbered: the model's entries, its rules, then the overlay's.
struct VoterList: Sendable {
  private(set) var voters: [LexiconVoter] = []
  private var modelRules = 0
  private var overlayEntries = 0
  private var overlayRules = 0

  init(_ scorer: Scorer) {
    add(scorer.model.pack, isOverlay: false)
    modelRules = scorer.model.pack.lexicon.count
    overlayEntries = voters.count
    guard let overlay = scorer.overlay else { return }
    add(overlay.pack, isOverlay: true)
    overlayRules = overlayEntries + overlay.pack.lexicon.count
  }

  private mutating func add(_ pack: Pack, isOverlay: Bool) {
    let prefix = isOverlay ? "overlay/" : ""
    for entry in 0..<UInt32(pack.lexicon.count) {
      voters.append(
        LexiconVoter(
          id: prefix + pack.lexicon.id(of: entry), kind: .entry,
          sense: VoterSense(label: pack.lexicon.label(of: entry)),
          language: pack.lexicon.language(of: entry).name, isOverlay: isOverlay,
          servesRules: pack.rules.asks(for: entry)
        ))
    }
    for rule in 0..<UInt32(pack.rules.count) {
      voters.append(
        LexiconVoter(
          id: prefix + pack.rules.id(of: rule), kind: .rule, sense: VoterSense(ruleVotes: pack.rules.votes(of: rule)),
          language: pack.rules.language(of: rule).name, isOverlay: isOverlay, servesRules: false))
    }
  }

  /// The number of the voter that a term names.
  func number(of term: VoterTerm) -> Int {
    switch (term.isOverlay, term.isRule) {
    case (false, false): Int(term.index)
    case (false, true): modelRules + Int(term.index)
    case (true, false): overlayEntries + Int(term.index)
    case (true, true): overlayRules + Int(term.index)
    }
  }
}
