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
}
