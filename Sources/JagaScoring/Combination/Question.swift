import JagaBayes
import JagaCore
import JagaLexicon
import JagaText

/// What a message asks whoever writes next: its concepts, and the choices that it offers. A plain value of fixed size.
///
/// Not every message is a question; a statement is answered as well. Where a question mark stands, the concepts are those of the clauses that
/// end in one, so that neither a greeting before nor the choices behind change what is asked.
struct Question: Sendable {
  /// At most this many concepts are kept, in the order of the text.
  static let conceptLimit = 12
  /// Choices are numbered 1 to 8 or lettered a to h.
  static let choiceLimit = 8
  /// Nothing is read beyond so many tokens.
  static let tokenLimit = 128

  /// A choice as it is named: its number from 0, by digit or by letter.
  struct Choice: Equatable, Sendable {
    var number: Int
    var isLetter: Bool
  }

  private(set) var concepts = InlineArray<12, UInt32>(repeating: 0)
  private(set) var conceptCount = 0
  /// True when a question mark stands in it.
  private(set) var isAsked = false
  /// By number, the key of the choice's first word; 0 for none.
  private(set) var choices = InlineArray<8, UInt32>(repeating: 0)
  private(set) var choicesAreLetters = false

  /// Nothing asked.
  init() {}

  /// Parts that were stored.
  init(
    concepts keys: some Sequence<UInt32>, choices words: some Sequence<UInt32>, isAsked: Bool, choicesAreLetters: Bool
  ) {
    for key in keys { insert(concept: key) }
    for (number, word) in words.enumerated() where number < Question.choiceLimit { choices[number] = word }
    self.isAsked = isAsked
    self.choicesAreLetters = choicesAreLetters
  }

  /// Reads a text. `concept` tells the hash of a concept's feature for each of the text's concepts, which come with their first tokens.
  init(_ text: borrowing AnalyzedText, concepts found: some Sequence<(token: Int, hash: UInt64)>) {
    isAsked = Question.asks(text, clause: nil)
    for concept in found {
      guard concept.token < Question.tokenLimit else { break }
      if isAsked, !Question.asks(text, clause: text.clauses[concept.token]) { continue }
      insert(concept: AnswerEvidence.key(concept: concept.hash))
    }
    readChoices(text)
  }

  /// Reads a text with the concepts of its hits, and keeps those that a model has weights for: ``init(_:concepts:)`` and ``keepKnown(in:)`` in one.
  init(_ text: borrowing AnalyzedText, hits: UnsafeBufferPointer<LexiconHit>, plans: borrowing ConceptPlans) {
    isAsked = Question.asks(text, clause: nil)
    // By place, whether the model has weights.
    var known: UInt32 = 0
    for hit in hits {
      let plan = plans[hit.entry]
      guard plan.concept != 0 else { continue }
      guard Int(hit.begin) < Question.tokenLimit, conceptCount < Question.conceptLimit else { break }
      if isAsked, !Question.asks(text, clause: text.clauses[Int(hit.begin)]) { continue }
      let place = conceptCount
      insert(concept: plan.key)
      if conceptCount > place, plan.isAskedOf { known |= 1 << UInt32(place) }
    }
    keep(places: known)
    readChoices(text)
  }

  private mutating func keep(places: UInt32) {
    var kept = 0
    for index in 0..<conceptCount where places & 1 << UInt32(index) != 0 {
      concepts[kept] = concepts[index]
      kept += 1
    }
    conceptCount = kept
  }

  private mutating func insert(concept key: UInt32) {
    guard conceptCount < Question.conceptLimit else { return }
    for index in 0..<conceptCount where concepts[index] == key { return }
    concepts[conceptCount] = key
    conceptCount += 1
  }

  /// True when a question mark stands in a clause, or anywhere.
  private static func asks(_ text: borrowing AnalyzedText, clause: UInt16?) -> Bool {
    guard text.hasQuestionMark else { return false }
    for token in 0..<min(text.count, tokenLimit) where text.kinds[token] == .punctuation {
      guard text.forms[Int(text.surfaceRanges[token].begin)] == UInt8(ascii: "?") else { continue }
      if clause == nil || text.clauses[token] == clause { return true }
    }
    return false
  }

  /// Keeps the concepts that a model has weights for.
  mutating func keepKnown(in table: WeightTable) {
    var known: UInt32 = 0
    for index in 0..<conceptCount where table.row(of: AnswerEvidence.hash(asked: concepts[index])) != nil {
      known |= 1 << UInt32(index)
    }
    keep(places: known)
  }

  /// What is asked once an author goes on: a remark behind a question leaves it standing, and choices may come in a message of their own.
  func followed(by next: Question) -> Question {
    guard isAsked, !next.isAsked else { return next }
    var together = self
    if next.choices[0] != 0 {
      together.choices = next.choices
      together.choicesAreLetters = next.choicesAreLetters
    }
    return together
  }

  /// The key of the word that a choice stands for, 0 when it was not offered.
  func word(of choice: Choice?) -> UInt32 {
    guard let choice, choice.isLetter == choicesAreLetters else { return 0 }
    return choices[choice.number]
  }

  /// Lists choices that count up from the first: `1. Pernah 2. Tidak`, `a) teman b) guru`, `1 = yes, 2 = no`, `1 ya 2 tidak`. One alone is none.
  private mutating func readChoices(_ text: borrowing AnalyzedText) {
    var found = 0
    for token in 0..<min(text.count, Question.tokenLimit) {
      guard found < Question.choiceLimit, let symbol = Question.symbol(at: token, of: text), symbol.number == found,
        found == 0 || symbol.isLetter == choicesAreLetters
      else { continue }
      let isMarked = Question.isMark(at: token + 1, of: text)
      let word = isMarked ? token + 2 : token + 1
      // A letter without a mark is a word of its own.
      guard isMarked || !symbol.isLetter, word < text.count, text.kinds[word] == .word else { continue }
      choicesAreLetters = symbol.isLetter
      choices[found] = AnswerEvidence.key(word: text.rootHashes[word])
      found += 1
    }
    if found < 2 { choices[0] = 0 }
  }

  /// The choice that a whole message names by its digit or letter alone, or before what it stands for: `1`, `b.`, `2) no`.
  static func choice(in text: borrowing AnalyzedText) -> Choice? {
    guard let symbol = symbol(at: 0, of: text) else { return nil }
    return text.count == 1 || isMark(at: 1, of: text) ? symbol : nil
  }

  private static func isMark(at token: Int, of text: borrowing AnalyzedText) -> Bool {
    guard token < text.count, text.kinds[token] == .punctuation else { return false }
    switch text.forms[Int(text.surfaceRanges[token].begin)] {
    case UInt8(ascii: "."), UInt8(ascii: ")"), UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "-"): return true
    default: return false
    }
  }

  private static func symbol(at token: Int, of text: borrowing AnalyzedText) -> Choice? {
    guard token < text.count else { return nil }
    let range = text.surfaceRanges[token]
    guard range.end - range.begin == 1 else { return nil }
    let byte = text.forms[Int(range.begin)]
    switch (text.kinds[token], byte) {
    case (.number, UInt8(ascii: "1")...UInt8(ascii: "8")):
      return Choice(number: Int(byte - UInt8(ascii: "1")), isLetter: false)
    case (.word, UInt8(ascii: "a")...UInt8(ascii: "h")):
      return Choice(number: Int(byte - UInt8(ascii: "a")), isLetter: true)
    default: return nil
    }
  }
}
