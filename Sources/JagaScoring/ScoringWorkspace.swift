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
  var tokens: TokenEvidence
  var concepts: ConceptEvidence
  /// What a message says as an answer, for observation; scoring keeps its own in ``Assessment``.
  var answer = AnswerEvidence()
  /// Content tokens of the window last summed.
  private var wordCount = 0
  private var tokenSums = [Int32](repeating: 0, count: Head.stride)

  /// Working memory for a scorer.
  public init(_ scorer: Scorer) {
    self.scorer = scorer
    analyzer = TextAnalyzer(tables: scorer.model.text)
    model = PackMatcher(scorer.model.pack)
    overlay = scorer.overlay.map { PackMatcher($0.pack) }
    tokens = TokenEvidence(table: scorer.model.weights)
    concepts = ConceptEvidence(table: scorer.model.weights)
  }

  /// Step one: everything that the text alone tells. `utf8` is the message's text; bytes that are not UTF-8 count as U+FFFD.
  ///
  /// A message of more than ``FeatureExtractor/windowTokens`` tokens is read in overlapping windows, and its result is that of the window with the strongest
  /// move (or, where none is a move, the strongest disclosure): padding dilutes a risky passage by no more than the rest of its window.
  public func assess(_ utf8: UnsafeBufferPointer<UInt8>, into assessment: Assessment) {
    match(utf8)
    assessment.language = text.language
    assessment.marks = HistoryMarks()
    assessment.overlayMarks = HistoryMarks()
    var best = HeadSums()
    var bestWindow = Windows.first(text.count)
    var window: Range<Int>? = bestWindow
    while let current = window {
      evaluateRules(in: current)
      assessment.marks.formUnion(model.marks)
      if let overlay { assessment.overlayMarks.formUnion(overlay.marks) }
      let candidate = sums(of: current)
      if current.lowerBound == 0 { describeAnswer(in: current, of: assessment) }
      if current.lowerBound == 0 || isStronger(candidate, than: best) {
        best = candidate
        bestWindow = current
        assessment.pending.removeAll(keepingCapacity: true)
        assessment.pending.append(contentsOf: model.pending)
        assessment.overlayPending.removeAll(keepingCapacity: true)
        if let overlay { assessment.overlayPending.append(contentsOf: overlay.pending) }
      }
      window = Windows.next(after: current, count: text.count)
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

  /// Prior, token evidence and votes of one window.
  private func sums(of window: Range<Int>) -> HeadSums {
    let parameters = scorer.model.parameters
    var sums = HeadSums(priors: parameters.priors)
    tokenSums.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for column in 0..<Head.stride { base[column] = 0 }
      let words = tokens.add(text, window: window, table: scorer.model.weights, to: base)
      wordCount = words
      collectConcepts(in: window)
      concepts.forEachTerm(in: scorer.model.weights) { _, row in scorer.model.weights.add(row, to: base) }
      sums.add(tokens: base, scale: scorer.model.weights.lengthScale[min(words, FeatureExtractor.windowTokens)])
    }
    model.addVotes(in: window, to: &sums)
    overlay?.addVotes(in: window, to: &sums)
    return sums
  }

  /// Notes what the first window, last summed, asks the next author and says as an answer.
  private func describeAnswer(in window: Range<Int>, of assessment: Assessment) {
    let weights = scorer.model.weights
    assessment.answerScale = weights.lengthScale[min(wordCount, FeatureExtractor.windowTokens)]
    assessment.answer.describe(text, window: window, words: wordCount, concepts: concepts.features)
    assessment.question = question()
    assessment.question.keepKnown(in: weights)
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

  private func isStronger(_ left: HeadSums, than right: HeadSums) -> Bool {
    let parameters = scorer.model.parameters
    func strength(_ sums: HeadSums) -> Int64 {
      max(sums.fixedLogit(Head.move, parameters), sums.fixedLogit(Head.disclosure, parameters))
    }
    return strength(left) > strength(right)
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

/// Hits and findings of one lexicon and its rules in one message.
struct PackMatcher {
  let pack: Pack
  var hits: [LexiconHit] = []
  private var windowHits: [LexiconHit] = []
  var findings: [RuleFinding] = []
  var pending: [RuleFinding] = []
  var marks = HistoryMarks()
  private var scratch = LexiconScratch()
  private var ruleScratch = RuleScratch()
  /// For each entry the number of the last window in which it voted: an entry votes once a window.
  private var voted: [UInt32]
  private var window: UInt32 = 0

  init(_ pack: Pack) {
    self.pack = pack
    voted = [UInt32](repeating: 0, count: pack.lexicon.count)
  }

  mutating func match(_ text: AnalyzedText) {
    hits.removeAll(keepingCapacity: true)
    pack.lexicon.match(text, scratch: &scratch, into: &hits)
  }

  /// Evaluates the rules over the hits that lie in a window, so that what stands elsewhere in a long message neither hides nor lends
  /// a finding.
  mutating func evaluate(_ text: AnalyzedText, window: Range<Int>) {
    findings.removeAll(keepingCapacity: true)
    pending.removeAll(keepingCapacity: true)
    if window.count == text.count {
      marks = pack.rules.evaluate(text, hits: hits, scratch: &ruleScratch, into: &findings, pending: &pending)
      return
    }
    windowHits.removeAll(keepingCapacity: true)
    for hit in hits[hits.partition(byBegin: Int32(window.lowerBound))...] {
      if Int(hit.begin) >= window.upperBound { break }
      if Int(hit.end) <= window.upperBound { windowHits.append(hit) }
    }
    marks = pack.rules.evaluate(text, hits: windowHits, scratch: &ruleScratch, into: &findings, pending: &pending)
  }

  /// The hits that begin at or after a token, in their order.
  func hits(from token: Int) -> ArraySlice<LexiconHit> { hits[hits.partition(byBegin: Int32(token))...] }

  /// Adds the votes of the entries that lie in a window and of the rules last evaluated, which must be those of the window.
  mutating func addVotes(in range: Range<Int>, to sums: inout HeadSums) {
    forEachVote(in: range) { votes, _, _, _ in sums.add(votes: votes) }
  }

  /// Calls `body` once for every entry that votes in a window and every rule that was found in it.
  mutating func forEachVote(
    in range: Range<Int>,
    _ body: (_ votes: UnsafeBufferPointer<Int16>, _ index: UInt32, _ isRule: Bool, _ tokens: Range<Int>) -> Void
  ) {
    window &+= 1
    if window == 0 {
      for index in voted.indices { voted[index] = 0 }
      window = 1
    }
    let lower = hits.partition(byBegin: Int32(range.lowerBound))
    for hit in hits[lower...] {
      if Int(hit.begin) >= range.upperBound { break }
      guard Int(hit.end) <= range.upperBound, voted[Int(hit.entry)] != window else { continue }
      voted[Int(hit.entry)] = window
      guard pack.lexicon.hasVotes(hit.entry) else { continue }
      body(pack.entryVotes(hit.entry), hit.entry, false, Int(hit.begin)..<Int(hit.end))
    }
    for finding in findings {
      body(pack.ruleVotes(finding.rule), finding.rule, true, Int(finding.begin)..<Int(finding.end))
    }
  }
}

extension [LexiconHit] {
  /// The index of the first hit that begins at or after `begin`; hits are ordered by begin. Cost: logarithmic.
  fileprivate func partition(byBegin begin: Int32) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].begin < begin { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
