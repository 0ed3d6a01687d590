import JagaBayes
import JagaCore
import JagaLexicon
import JagaRules
import JagaText

/// Working memory for step one; one per thread.
///
/// Steady-state scoring allocates nothing: every array here is reused from message to message.
public final class ScoringWorkspace {
  let scorer: Scorer
  private let analyzer: TextAnalyzer
  var text = AnalyzedText()
  var model: PackMatcher
  var overlay: PackMatcher?
  let tokens: TokenEvidence
  /// The plain list of concepts, for learning and explanations.
  var concepts = ConceptEvidence()
  private let conceptRows: ConceptRows
  /// What a message says as an answer, for observation; scoring keeps its own in ``Assessment``.
  var answer = AnswerEvidence()
  /// ``Head/stride`` sums, for one use after the other.
  let tokenSums = UnsafeMutablePointer<Int32>.allocate(capacity: Head.stride)

  /// Working memory for a scorer.
  public init(_ scorer: Scorer) {
    self.scorer = scorer
    analyzer = TextAnalyzer(tables: scorer.model.text)
    model = PackMatcher(scorer.model.pack)
    overlay = scorer.overlay.map { PackMatcher($0.pack) }
    tokens = TokenEvidence(table: scorer.model.weights)
    conceptRows = ConceptRows(
      concepts: scorer.model.pack.concepts, matrix: scorer.model.conceptMatrix, table: scorer.model.weights)
    tokenSums.initialize(repeating: 0, count: Head.stride)
  }

  deinit { tokenSums.deallocate() }

  /// Step one: everything that the text alone tells. `utf8` is the message's text; bytes that are not UTF-8 count as U+FFFD.
  ///
  /// A message of more than ``FeatureExtractor/windowTokens`` tokens is read in overlapping windows, and its result is that of the window with the strongest
  /// move (or, where none is a move, the strongest disclosure): padding dilutes a risky passage by no more than the rest of its window.
  public func assess(_ utf8: UnsafeBufferPointer<UInt8>, into assessment: Assessment) {
    match(utf8)
    tokens.prepare(text, table: scorer.model.weights)
    model.hits.withUnsafeBufferPointer { hits in
      conceptRows.prepare(hits, tokens: text.count, table: scorer.model.weights)
    }
    assessment.language = text.language
    assessment.marks = HistoryMarks()
    assessment.overlayMarks = HistoryMarks()
    var bestWindow = Windows.first(text.count)
    var best = votes(in: bestWindow, of: assessment)
    keepPending(in: assessment)
    if let second = Windows.next(after: bestWindow, count: text.count) {
      // Which window is the strongest, the outer heads alone decide; the others are summed for that one.
      let first = outer(of: bestWindow)
      describeAnswer(in: bestWindow, words: first.words, of: assessment)
      var most = strength(of: best, first)
      var window: Range<Int>? = second
      while let current = window {
        let candidate = votes(in: current, of: assessment)
        let strength = strength(of: candidate, outer(of: current))
        if strength > most {
          most = strength
          best = candidate
          bestWindow = current
          keepPending(in: assessment)
        }
        window = Windows.next(after: current, count: text.count)
      }
      addRows(of: bestWindow, to: &best)
    } else {
      let words = addRows(of: bestWindow, to: &best)
      describeAnswer(in: bestWindow, words: words, of: assessment)
    }
    assessment.sums = best
    assessment.windowBegin = Int32(bestWindow.lowerBound)
    assessment.windowEnd = Int32(bestWindow.upperBound)
  }

  /// Evaluates the rules over the hits of one window; the results stay in `model` and `overlay`.
  func evaluateRules(in window: Range<Int>) {
    model.evaluate(text, window: window)
    overlay?.evaluate(text, window: window)
  }

  /// Analyses a text and matches lexicons; the results stay in `text`, `model` and `overlay`.
  func match(_ utf8: UnsafeBufferPointer<UInt8>) {
    analyzer.analyze(utf8, into: &text)
    model.match(text)
    overlay?.match(text)
  }

  /// Prior and votes of one window, and its marks for later messages.
  private func votes(in window: Range<Int>, of assessment: Assessment) -> HeadSums {
    evaluateRules(in: window)
    var sums = scorer.priors
    model.addVotes(in: window, to: &sums)
    assessment.marks.formUnion(model.marks)
    guard overlay != nil else { return sums }
    overlay?.addVotes(in: window, to: &sums)
    if let overlay { assessment.overlayMarks.formUnion(overlay.marks) }
    return sums
  }

  /// Keeps the rules of the window last evaluated that ask for earlier messages.
  private func keepPending(in assessment: Assessment) {
    assessment.pending.removeAll(keepingCapacity: true)
    assessment.pending.append(contentsOf: model.pending)
    assessment.overlayPending.removeAll(keepingCapacity: true)
    if let overlay { assessment.overlayPending.append(contentsOf: overlay.pending) }
  }

  /// Adds the weights of tokens and concepts in a window, scaled for length; returns its content tokens.
  @discardableResult
  private func addRows(of window: Range<Int>, to sums: inout HeadSums) -> Int {
    let weights = scorer.model.weights
    tokenSums.update(repeating: 0, count: Head.stride)
    let words = tokens.add(window: window, of: text, table: weights, to: tokenSums)
    model.hits.withUnsafeBufferPointer { hits in
      conceptRows.add(window: window, of: hits, table: weights, to: tokenSums)
    }
    sums.add(tokens: tokenSums, scale: weights.lengthScale[min(words, FeatureExtractor.windowTokens)])
    return words
  }

  /// What tokens and concepts of a window say to the outer heads, not yet scaled, and its content tokens.
  private func outer(of window: Range<Int>) -> (sums: OuterSums, words: Int) {
    let weights = scorer.model.weights
    var (sums, words) = tokens.outer(window: window, of: text, table: weights)
    let concepts = model.hits.withUnsafeBufferPointer { hits in
      conceptRows.outer(window: window, of: hits, table: weights)
    }
    sums.move &+= concepts.move
    sums.disclosure &+= concepts.disclosure
    return (sums, words)
  }

  /// The larger logit of the two outer heads.
  private func strength(of votes: HeadSums, _ outer: (sums: OuterSums, words: Int)) -> Int64 {
    let scale = Int64(scorer.model.weights.lengthScale[min(outer.words, FeatureExtractor.windowTokens)])
    let scalings = scorer.scalings
    return max(
      scalings.fixedLogit(Head.move, raw: votes.raw[Head.move] &+ Int64(outer.sums.move) &* scale),
      scalings.fixedLogit(Head.disclosure, raw: votes.raw[Head.disclosure] &+ Int64(outer.sums.disclosure) &* scale))
  }

  /// Notes what the first window, last summed, asks the next author and says as an answer.
  private func describeAnswer(in window: Range<Int>, words: Int, of assessment: Assessment) {
    assessment.answerScale = scorer.model.weights.lengthScale[min(words, FeatureExtractor.windowTokens)]
    if conceptRows.wasCut {
      collectConcepts(in: window)
      assessment.answer.describe(text, window: window, words: words, concepts: concepts.features)
    }
    model.hits.withUnsafeBufferPointer { hits in
      if !conceptRows.wasCut {
        assessment.answer.describe(text, window: window, words: words, concepts: conceptRows, hits: hits)
      }
      assessment.question = conceptRows.question(text, hits: hits)
    }
  }

  /// The text last matched as what the next author answers.
  func question() -> Question {
    guard let table = model.pack.concepts else { return Question() }
    return Question(
      text,
      concepts: model.hits.lazy.compactMap { hit in
        let concept = table[Int(hit.entry)]
        return concept == 0 ? nil : (token: Int(hit.begin), hash: ConceptEvidence.hash(concept: concept))
      })
  }

  /// Lists the concepts of a window of the text last matched; they stay in `concepts`.
  func collectConcepts(in window: Range<Int>) {
    guard let table = model.pack.concepts else { return }
    concepts.collect(model.hits(from: window.lowerBound), window: window, concepts: table)
  }
}

/// The windows in which a long message is read.
enum Windows {
  /// Tokens of every window but the first.
  static let length = 20
  /// Tokens that two neighbouring windows share: whatever is no longer lies whole in one of them.
  static let overlap = 10

  static func first(_ count: Int) -> Range<Int> { 0..<min(count, FeatureExtractor.windowTokens) }

  /// After the first window come shorter ones, so that a passage far inside a long message shares its window with little else.
  static func next(after window: Range<Int>, count: Int) -> Range<Int>? {
    guard window.upperBound < count else { return nil }
    let begin = window.upperBound - overlap
    return begin..<min(count, begin + length)
  }
}
