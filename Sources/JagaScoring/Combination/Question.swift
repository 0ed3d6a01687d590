import JagaBayes
import JagaCore
import JagaText

/// What a message asks the next author: its concepts, and the choices that it offers. A plain value of fixed size.
///
/// Not every message is a question; a statement is answered as well. Concepts come in the order of the text.
struct Question: Sendable {
  /// At most this many concepts are kept.
  static let conceptLimit = 12
  /// Choices are numbered 1 to 8 or lettered a to h.
  static let choiceLimit = 8
  /// Choices are looked for in so many tokens.
  static let tokenLimit = 128

  private(set) var concepts = InlineArray<12, UInt32>(repeating: 0)
  private(set) var conceptCount = 0
  /// By number, the key of the choice's first word; 0 for none.
  private(set) var choices = InlineArray<8, UInt32>(repeating: 0)

  /// Adds the key of a concept unless it is there or the list is full.
  mutating func insert(concept key: UInt32) {
    guard conceptCount < Question.conceptLimit else { return }
    for index in 0..<conceptCount where concepts[index] == key { return }
    concepts[conceptCount] = key
    conceptCount += 1
  }

  /// Sets what a choice stands for; a number beyond the limit is passed over.
  mutating func set(choice number: Int, to key: UInt32) {
    guard choices.indices.contains(number) else { return }
    choices[number] = key
  }

  /// Keeps the concepts that a model has weights for; without any, the choices are of no use either.
  mutating func keepKnown(in table: WeightTable) {
    var kept = 0
    for index in 0..<conceptCount where table.index[AnswerEvidence.hash(asked: concepts[index])] != nil {
      concepts[kept] = concepts[index]
      kept += 1
    }
    conceptCount = kept
    if kept == 0 { choices = InlineArray(repeating: 0) }
  }

  /// Lists the choices of a question: `1. Pernah 2. Tidak`, `a) teman b) guru`, `1 = yes`.
  mutating func collectChoices(of text: AnalyzedText) {
    guard text.count > 2 else { return }
    for token in 0..<(min(text.count, Question.tokenLimit) - 2) {
      guard let number = Question.marker(at: token, of: text), text.kinds[token + 2] == .word else { continue }
      set(choice: number, to: AnswerEvidence.key(word: text.rootHashes[token + 2]))
    }
  }

  /// The number (from 0) of the choice that a whole message names by its digit or letter alone, or before what it stands for: `1`, `b.`, `2) no`.
  static func choice(in text: AnalyzedText) -> Int? {
    guard text.count > 0 else { return nil }
    return text.count == 1 ? symbol(at: 0, of: text) : marker(at: 0, of: text)
  }

  /// A choice's digit or letter with a mark behind it.
  private static func marker(at token: Int, of text: AnalyzedText) -> Int? {
    guard let number = symbol(at: token, of: text), text.kinds[token + 1] == .punctuation else { return nil }
    switch text.forms[Int(text.surfaceRanges[token + 1].begin)] {
    case UInt8(ascii: "."), UInt8(ascii: ")"), UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "-"): return number
    default: return nil
    }
  }

  private static func symbol(at token: Int, of text: AnalyzedText) -> Int? {
    let range = text.surfaceRanges[token]
    guard range.end - range.begin == 1 else { return nil }
    let byte = text.forms[Int(range.begin)]
    switch (text.kinds[token], byte) {
    case (.number, UInt8(ascii: "1")...UInt8(ascii: "8")): return Int(byte - UInt8(ascii: "1"))
    case (.word, UInt8(ascii: "a")...UInt8(ascii: "h")): return Int(byte - UInt8(ascii: "a"))
    default: return nil
    }
  }
}
