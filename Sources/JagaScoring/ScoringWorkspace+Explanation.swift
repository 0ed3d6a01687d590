import JagaBayes
public import JagaCore
import JagaLexicon
import JagaRules
import JagaText

extension ScoringWorkspace {
  /// The weakest term that is shown as evidence, in logits.
  static let leastEvidence = 0.05
  /// At most this many spans are shown a message; `contributions` has them all.
  static let evidenceLimit = 12

  /// Fills in spans that speak for the top labels, and with `contributions` every term of every reported head's sum.
  ///
  /// The terms of a head add up to its logit: for the move head to `conclusion.moveLogit` and the shift of the base rate. Analyses the text again, so it is
  /// for flagged messages only. `utf8` must be the text that was assessed.
  public func explain(
    _ utf8: UnsafeBufferPointer<UInt8>, conclusion: Conclusion, contributions: Bool, into score: inout MessageScore
  ) {
    match(utf8)
    evaluateRules(in: Int(conclusion.windowBegin)..<Int(conclusion.windowEnd))
    let terms = collectTerms(conclusion)
    if conclusion.moveLogit >= 0 || contributions || score.score >= 0.5 {
      score.evidence = evidence(from: terms, label: conclusion.top, head: Head.move)
    }
    if conclusion.disclosureLogit >= 0 {
      score.evidence += evidence(from: terms, label: .disclosure, head: Head.disclosure)
    }
    if contributions { score.contributions = allContributions(conclusion, terms: terms, score: score) }
  }

  /// One term of the sums: a row of raw values for every head, where it lies, what it is.
  private struct Term {
    var raw: InlineArray<22, Int64>
    var range: SourceRange?
    var source: String
  }

  /// Every term but prior and conversation, tokens first, then entries, then rules.
  private func collectTerms(_ conclusion: Conclusion) -> [Term] {
    var terms: [Term] = []
    let window = Int(conclusion.windowBegin)..<Int(conclusion.windowEnd)
    var zero = [Int32](repeating: 0, count: Head.stride)
    let words = zero.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { tokens.add(text, window: window, table: scorer.model.weights, to: $0) } ?? 0
    }
    let scale = Int64(scorer.model.weights.lengthScale[min(words, FeatureExtractor.windowTokens)])
    scorer.model.weights.forEachTerm(text, window: window) { feature, row in
      var raw = InlineArray<22, Int64>(repeating: 0)
      for head in 0..<Head.count { raw[head] = Int64(row[head]) &* scale }
      let range = span(Int(feature.begin)..<Int(feature.end))
      terms.append(Term(raw: raw, range: range, source: feature.kind.name))
    }
    collectConcepts(in: window)
    let lexicon = model.pack.lexicon
    concepts.forEachTerm(in: scorer.model.weights) { feature, row in
      let row = scorer.model.weights.values(of: row)
      let names = feature.first == feature.second ? [feature.first] : [feature.first, feature.second]
      var raw = InlineArray<22, Int64>(repeating: 0)
      for head in 0..<Head.count { raw[head] = Int64(row[head]) &* scale }
      terms.append(
        Term(
          raw: raw, range: span(Int(feature.begin)..<Int(feature.end)),
          source: feature.kind.name + ":" + names.map { lexicon.id(of: $0) }.joined(separator: ">")))
    }
    appendAnswer(to: conclusion.question, window: window, words: words, scale: scale, to: &terms)
    appendVotes(of: &model, window: window, prefix: "", to: &terms)
    if var matcher = overlay {
      appendVotes(of: &matcher, window: window, prefix: "overlay/", to: &terms)
      overlay = matcher
    }
    for index in 0..<conclusion.settledCount {
      let rule = conclusion.settled[index] & ~(1 << 31)
      let isOverlay = conclusion.settled[index] != rule
      guard let pack = isOverlay ? overlay?.pack : model.pack else { continue }
      let source = (isOverlay ? "overlay/" : "") + "rule:" + pack.rules.id(of: rule)
      terms.append(Term(raw: raw(pack.ruleVotes(rule)), range: nil, source: source))
    }
    return terms
  }

  /// What the message says as an answer: `asked:<concept>` and `answer:<concept>` with the part's span. The concept is named by an entry of it.
  private func appendAnswer(
    to question: Question, window: Range<Int>, words: Int, scale: Int64, to terms: inout [Term]
  ) {
    guard question.conceptCount > 0, let table = model.pack.concepts else { return }
    var answer = AnswerEvidence()
    answer.describe(text, window: window, words: words, concepts: concepts.features)
    let lexicon = model.pack.lexicon
    var names: [UInt32: String] = [:]
    for entry in 0..<table.count where table[entry] != 0 {
      let key = AnswerEvidence.key(concept: ConceptEvidence.hash(concept: table[entry]))
      if names[key] == nil { names[key] = lexicon.id(of: UInt32(entry)) }
    }
    answer.forEachFeature(of: question) { hash, kind, asked, part in
      guard let row = scorer.model.weights.index[hash] else { return }
      let values = scorer.model.weights.values(of: row)
      var raw = InlineArray<22, Int64>(repeating: 0)
      for head in 0..<Head.count { raw[head] = Int64(values[head]) &* scale }
      let range = part.flatMap { span(Int($0.begin)..<Int($0.end)) }
      terms.append(Term(raw: raw, range: range, source: kind.name + ":" + (names[asked] ?? "")))
    }
  }

  private func appendVotes(of matcher: inout PackMatcher, window: Range<Int>, prefix: String, to terms: inout [Term]) {
    let pack = matcher.pack
    matcher.forEachVote(in: window) { votes, index, isRule, tokens in
      let source = isRule ? "rule:" + pack.rules.id(of: index) : "lexicon:" + pack.lexicon.id(of: index)
      terms.append(Term(raw: raw(votes), range: span(tokens), source: prefix + source))
    }
  }

  private func raw(_ votes: UnsafeBufferPointer<Int16>) -> InlineArray<22, Int64> {
    var raw = InlineArray<22, Int64>(repeating: 0)
    for head in 0..<Head.count { raw[head] = Int64(votes[head]) << 16 }
    return raw
  }

  /// The original bytes that a run of tokens covers; nil for an empty run.
  private func span(_ tokens: Range<Int>) -> SourceRange? {
    guard !tokens.isEmpty, tokens.upperBound <= text.count else { return nil }
    return SourceRange(begin: text.begins[tokens.lowerBound], end: text.ends[tokens.upperBound - 1])
  }

  /// A raw value in logits after scaling.
  private func logit(_ raw: Int64, head: Int) -> Double {
    Double(raw &* scorer.model.parameters.scalings[head].slope) / HeadSums.unitsPerLogit
  }

  /// The strongest spans for a label, by what they add to `head`; for a move its own conditional head must not speak against it.
  private func evidence(from terms: [Term], label: Label, head: Int) -> [Evidence] {
    var found: [Evidence] = []
    for term in terms {
      guard let range = term.range else { continue }
      let own = label.isMove ? logit(term.raw[Int(label.rawValue)], head: Int(label.rawValue)) : 0
      let value = logit(term.raw[head], head: head)
      guard value >= ScoringWorkspace.leastEvidence, value + own > 0 else { continue }
      found.append(Evidence(range: range, label: label, logit: value, source: term.source))
    }
    found.sort { left, right in
      if left.logit != right.logit { return left.logit > right.logit }
      let a = left.range ?? SourceRange(begin: 0, end: 0)
      let b = right.range ?? SourceRange(begin: 0, end: 0)
      return (a.begin, a.end, left.source) < (b.begin, b.end, right.source)
    }
    return Array(found.prefix(ScoringWorkspace.evidenceLimit))
  }

  /// Prior, every term, what exceeds the list of rules over earlier messages, conversation, base rate: they add up to each head's logit.
  private func allContributions(_ conclusion: Conclusion, terms: [Term], score: MessageScore) -> [Contribution] {
    let parameters = scorer.model.parameters
    var all: [Contribution] = []
    var heads = [Head.move, Head.disclosure]
    for stage in 0..<Label.moveCount where score.labels[stage] >= 0.05 || stage == Int(conclusion.top.rawValue) {
      heads.append(stage)
    }
    for head in heads {
      let name = headName(head)
      let scaling = parameters.scalings[head]
      let prior = Int64(parameters.priors[head]) << 16
      let priorLogit = logit(prior, head: head) + Double(scaling.intercept) / HeadSums.unitsPerLogit
      all.append(Contribution(head: name, range: nil, logit: priorLogit, source: "prior"))
      var rest = conclusion.sums.raw[head] - prior
      for term in terms {
        rest -= term.raw[head]
        guard term.raw[head] != 0 else { continue }
        all.append(
          Contribution(head: name, range: term.range, logit: logit(term.raw[head], head: head), source: term.source))
      }
      if rest != 0 {
        all.append(
          Contribution(head: name, range: nil, logit: logit(rest, head: head), source: "earlier-messages"))
      }
      if head == Head.move {
        if conclusion.carry != 0 {
          all.append(Contribution(head: name, range: nil, logit: conclusion.carry, source: "conversation"))
        }
        if scorer.baseRateShift != 0 {
          all.append(Contribution(head: name, range: nil, logit: scorer.baseRateShift, source: "base-rate"))
        }
      }
    }
    return all
  }

  private func headName(_ head: Int) -> String {
    switch head {
    case Head.move: "move"
    case Head.disclosure: "disclosure"
    default: Label(rawValue: UInt8(head))?.name ?? "move"
    }
  }
}
