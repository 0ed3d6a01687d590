import JagaLexicon
import TestSupport

/// Small random lexicons and texts over few words, so that hits, overlaps and near misses are frequent.
enum Generator {
  private static let words = ["a", "b", "c", "d", "e"]

  static func entries(_ dice: inout Dice) -> [LexiconEntry] {
    (0...dice.below(3)).map { number in
      LexiconEntry(id: "id.test.e\(number)", phrases: (0...dice.below(3)).map { _ in phrase(&dice) })
    }
  }

  static func phrase(_ dice: inout Dice) -> Phrase {
    while true {
      let phrase = Phrase((0...dice.below(5)).map { _ in element(&dice) })
      if phrase.fault == nil { return phrase }
    }
  }

  private static func element(_ dice: inout Dice) -> PhraseElement {
    if dice.chance(20) { return .gap(1 + dice.below(3)) }
    let runs = (0...dice.below(3)).map { _ in (0...dice.below(2)).map { _ in atom(&dice) } }
    return .choice(runs, optional: dice.chance(25))
  }

  private static func atom(_ dice: inout Dice) -> PhraseAtom {
    switch dice.below(12) {
    case 0: .exact(dice.pick(words))
    case 1: .token(dice.pick(TokenClass.allCases))
    default: .word(dice.pick(words))
    }
  }

  static func text(_ dice: inout Dice) -> String {
    (0..<dice.below(14)).map { _ in
      switch dice.below(12) {
      case 0: dice.pick([",", "?", ".", "!"])
      case 1: dice.pick(["<amount:5>", "<number:2>", "<link>", "<phone>", "<account>", "<mention>", "<emoji>"])
      case 2: "\(dice.pick(words))/\(dice.pick(words))/\(dice.pick(words))"
      case 3: "z/z/\(dice.pick(words))"
      default: dice.pick(words + ["z"])
      }
    }.joined(separator: " ")
  }

  /// A text that nearly follows phrases of the entries: gaps are filled or not, punctuation stands between, a token is wrong or missing.
  static func text(like entries: [LexiconEntry], times: Int = 1, _ dice: inout Dice) -> String {
    var tokens: [String] = []
    for _ in 0..<times {
      for element in dice.pick(dice.pick(entries).phrases).elements {
        switch element {
        case .gap(let length): for _ in 0..<dice.below(length + 2) { tokens.append(dice.pick(words + [","])) }
        case .choice(let runs, let optional):
          if dice.chance(optional ? 50 : 2) { continue }
          for atom in dice.pick(runs) {
            if dice.chance(15) { for _ in 0...dice.below(3) { tokens.append(dice.pick([",", "?", "!"])) } }
            tokens.append(dice.chance(98) ? token(of: atom, &dice) : "z")
          }
        }
      }
      if dice.chance(50) { tokens.append(dice.pick(words)) }
    }
    return tokens.joined(separator: " ")
  }

  private static func token(of atom: PhraseAtom, _ dice: inout Dice) -> String {
    switch atom {
    case .word(let word): dice.chance(70) ? word : dice.pick(["z/\(word)", "z/z/\(word)", "\(word)/z/z"])
    case .exact(let word): dice.chance(70) ? word : dice.pick(["z/\(word)", "\(word)/z"])
    case .token(.any): dice.pick(words)
    case .token(.question): "?"
    case .token(let kind): "<\(kind.name)>"
    }
  }

  /// Entries with phrases of some thirty tokens.
  static func longEntries(_ dice: inout Dice) -> [LexiconEntry] {
    (0...dice.below(2)).map { number in
      let elements: [PhraseElement] = (0...dice.below(2)).flatMap { _ -> [PhraseElement] in
        let runs = (0...dice.below(3)).map { _ in (0..<(10 + dice.below(16))).map { _ in atom(&dice) } }
        let short = PhraseElement.choice([[atom(&dice)], [atom(&dice), atom(&dice)]], optional: dice.chance(30))
        return [.choice(runs, optional: false), .gap(1 + dice.below(2)), short]
      }
      return LexiconEntry(id: "id.test.e\(number)", phrases: [Phrase(elements + [word("e")])])
    }
  }
}
