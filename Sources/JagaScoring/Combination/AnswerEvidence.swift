import JagaBayes
import JagaCore
import JagaLexicon
import JagaText

/// What a message says as an answer to the one before it.
///
/// "Iya" tells something only after a question. A poll's question, or any message of somebody else, leaves its concepts; an answer is described by
/// its length, its own concepts and, when it is short, its words. Weights are learned for each concept that was asked and for
/// each of its pairs with a part of the answer, on the disclosure head alone: what came before a move must not clear it. A long answer speaks for
/// itself: its words are not paired, and nothing is where a later window is the strongest. A choice named by its number counts as the first word
/// of what it stands for.
/// Cost: at most 12 look-ups a message, and 12 · 18 more where something that the model knows was asked.
struct AnswerEvidence: ~Copyable {
  /// An answer of up to this many content tokens is paired by its words.
  static let shortAnswer = 6
  /// At most this many concepts of the answer are paired.
  static let conceptLimit = 10

  /// A part of an answer, and the tokens it lies on; none for its length.
  struct Part: BitwiseCopyable {
    var hash: UInt64
    var begin: Int32
    var end: Int32
  }

  /// The most parts: the length, the concepts, the words of a short answer.
  static let partLimit = 18

  private let list = UnsafeMutablePointer<Part>.allocate(capacity: AnswerEvidence.partLimit)
  private(set) var partCount = 0
  private var choice: Question.Choice?

  /// An answer without parts.
  init() { list.initialize(repeating: Part(hash: 0, begin: 0, end: 0), count: AnswerEvidence.partLimit) }

  deinit { list.deallocate() }

  /// The key of a concept that was asked, from the hash of the concept's feature.
  static func key(concept: UInt64) -> UInt32 { max(UInt32(truncatingIfNeeded: concept), 1) }

  /// The key of a word of an answer or a choice.
  static func key(word root: UInt64) -> UInt32 { max(UInt32(truncatingIfNeeded: root), 1) }

  /// The feature of having been asked something.
  static func hash(asked key: UInt32) -> UInt64 { combinedHash(UInt64(FeatureKind.asked.rawValue), UInt64(key)) }

  /// The feature of a part of an answer to something.
  private static func hash(asked key: UInt32, answer part: UInt64) -> UInt64 {
    combinedHash(UInt64(FeatureKind.answer.rawValue), combinedHash(UInt64(key), part))
  }

  /// The feature of a word in the answer to something.
  static func hash(asked key: UInt32, word root: UInt64) -> UInt64 {
    hash(asked: key, answer: part(word: AnswerEvidence.key(word: root)))
  }

  /// The feature of a concept in the answer to something; `concept` is the hash of the concept's feature.
  static func hash(asked key: UInt32, concept: UInt64) -> UInt64 { hash(asked: key, answer: part(concept: concept)) }

  private static func part(word key: UInt32) -> UInt64 { combinedHash(3, UInt64(key)) }
  static func part(concept: UInt64) -> UInt64 { combinedHash(2, concept) }

  /// Describes a message as an answer: length, concepts, words, each once. `words` is the number of the window's content tokens.
  mutating func describe(
    _ text: borrowing AnalyzedText, window: Range<Int>, words: Int, concepts: [ConceptFeature]
  ) {
    begin(words: words)
    for feature in concepts where feature.kind == .concept {
      if partCount > AnswerEvidence.conceptLimit { break }
      append(AnswerEvidence.part(concept: feature.hash), feature.begin, feature.end)
    }
    end(text, window: window, words: words)
  }

  /// The same with the concepts of hits.
  mutating func describe(
    _ text: borrowing AnalyzedText, window: Range<Int>, words: Int, concepts: ConceptRows,
    hits: UnsafeBufferPointer<LexiconHit>
  ) {
    begin(words: words)
    concepts.forEachConcept(window: window, of: hits) { plan, hit in
      if partCount > AnswerEvidence.conceptLimit { return false }
      append(plan.part, hit.begin, hit.end)
      return true
    }
    end(text, window: window, words: words)
  }

  private mutating func begin(words: Int) {
    partCount = 0
    append(combinedHash(1, words <= 1 ? 1 : words <= 3 ? 2 : words <= 8 ? 3 : 4), 0, 0)
  }

  private mutating func end(_ text: borrowing AnalyzedText, window: Range<Int>, words: Int) {
    choice = Question.choice(in: text)
    guard words <= AnswerEvidence.shortAnswer else { return }
    for token in window where text.kinds[token] != .punctuation && text.kinds[token] != .mention {
      let begin = Int32(truncatingIfNeeded: token)
      append(AnswerEvidence.part(word: AnswerEvidence.key(word: text.rootHashes[token])), begin, begin &+ 1)
    }
  }

  private mutating func append(_ hash: UInt64, _ begin: Int32, _ end: Int32) {
    guard partCount < AnswerEvidence.partLimit, !holds(hash) else { return }
    list[partCount] = Part(hash: hash, begin: begin, end: end)
    partCount &+= 1
  }

  private func holds(_ hash: UInt64) -> Bool {
    for index in 0..<partCount where list[index].hash == hash { return true }
    return false
  }

  /// The part that a question's choice stands for, where it is not among the parts.
  private func chosenPart(of question: borrowing Question) -> Part? {
    let word = question.word(of: choice)
    guard word != 0 else { return nil }
    let hash = AnswerEvidence.part(word: word)
    return holds(hash) ? nil : Part(hash: hash, begin: 0, end: 1)
  }

  /// Calls `body` with every feature of the answer to a question, each once, the concept that was asked and where the part lies.
  func forEachFeature(
    of question: Question, _ body: (_ hash: UInt64, _ kind: FeatureKind, _ asked: UInt32, _ part: Part?) -> Void
  ) {
    let chosen = chosenPart(of: question)
    for index in 0..<question.conceptCount {
      let key = question.concepts[index]
      body(AnswerEvidence.hash(asked: key), .asked, key, nil)
      for place in 0..<partCount {
        body(AnswerEvidence.hash(asked: key, answer: list[place].hash), .answer, key, list[place])
      }
      if let chosen { body(AnswerEvidence.hash(asked: key, answer: chosen.hash), .answer, key, chosen) }
    }
  }

  /// Adds the weights of the answer to the sums of a message. `scale` is the length scale of its first window.
  func add(to question: Question, scale: Int32, table: WeightTable, sums: inout HeadSums) {
    guard question.conceptCount > 0 else { return }
    let chosen = chosenPart(of: question)
    let list = list
    let partCount = partCount
    let filter = table.featureFilter
    let space = UInt64(FeatureKind.answer.rawValue)
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: Head.stride) { buffer in
      guard let base = buffer.baseAddress else { return }
      for column in 0..<Head.stride { base[column] = 0 }
      func add(_ hash: UInt64) {
        guard filter.mayHold(hash), let row = table.index[hash] else { return }
        table.add(row, to: base)
      }
      for index in 0..<question.conceptCount {
        let key = UInt64(question.concepts[index])
        add(combinedHash(UInt64(FeatureKind.asked.rawValue), key))
        let product = combinedHashProduct(key)
        let rest = combinedHashRest(key)
        for part in 0..<partCount { add(combinedHash(space, finalised(product ^ (list[part].hash &+ rest)))) }
        if let chosen { add(combinedHash(space, finalised(product ^ (chosen.hash &+ rest)))) }
      }
      sums.add(tokens: base, scale: scale)
    }
  }
}
