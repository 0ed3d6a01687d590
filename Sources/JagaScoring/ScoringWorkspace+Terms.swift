import JagaBayes
import JagaCore
import JagaLexicon
import JagaRules
import JagaText

/// One term of the sums: a row of raw values for every head, where it lies, what it is.
struct ExplainedTerm {
  /// What a term is; named only where it is shown.
  enum Source {
    case feature(FeatureKind)
    /// A concept (the same entry twice) or a pair of them.
    case concepts(FeatureKind, UInt32, UInt32)
    /// A feature of an answer, with the key of the concept that was asked.
    case answer(FeatureKind, asked: UInt32)
    case entry(UInt32, isOverlay: Bool)
    case rule(UInt32, isOverlay: Bool)
  }

  var raw = InlineArray<22, Int64>(repeating: 0)
  var range: SourceRange?
  var source: Source
}

extension ScoringWorkspace {
  /// Every term but prior and conversation, tokens first, then entries, then rules.
  func collectTerms(_ conclusion: Conclusion) -> [ExplainedTerm] {
    var terms: [ExplainedTerm] = []
    let table = scorer.model.weights
    let window = Int(conclusion.windowBegin)..<Int(conclusion.windowEnd)
    var features: [Feature] = []
    let words = FeatureExtractor.extract(text, window: window, rows: table.index, into: &features)
    let scale = Int64(table.lengthScale[min(words, FeatureExtractor.windowTokens)])
    table.forEachRow(of: features) { feature, row in
      terms.append(
        ExplainedTerm(
          raw: raw(row, scale), range: span(feature.begin, feature.end), source: .feature(feature.kind)))
    }
    collectConcepts(in: window)
    concepts.forEachTerm(in: table) { feature, row in
      terms.append(
        ExplainedTerm(
          raw: raw(row, scale), range: span(feature.begin, feature.end),
          source: .concepts(feature.kind, feature.first, feature.second)))
    }
    appendAnswer(to: conclusion.question, window: window, words: words, scale: scale, to: &terms)
    appendVotes(of: &model, window: window, isOverlay: false, to: &terms)
    if var matcher = overlay {
      appendVotes(of: &matcher, window: window, isOverlay: true, to: &terms)
      overlay = matcher
    }
    for index in 0..<conclusion.settledCount {
      let rule = conclusion.settled[index] & ~(1 << 31)
      let isOverlay = conclusion.settled[index] != rule
      guard let pack = isOverlay ? overlay?.pack : model.pack else { continue }
      terms.append(ExplainedTerm(raw: raw(pack.ruleVotes(rule)), source: .rule(rule, isOverlay: isOverlay)))
    }
    return terms
  }

  /// What the message says as an answer, with the part's span.
  private func appendAnswer(
    to question: Question, window: Range<Int>, words: Int, scale: Int64, to terms: inout [ExplainedTerm]
  ) {
    guard question.conceptCount > 0, model.pack.concepts != nil else { return }
    var answer = AnswerEvidence()
    answer.describe(text, window: window, words: words, concepts: concepts.features)
    answer.forEachFeature(of: question) { hash, kind, asked, part in
      guard let row = scorer.model.weights.row(of: hash) else { return }
      terms.append(
        ExplainedTerm(
          raw: raw(row, scale), range: part.flatMap { span($0.begin, $0.end) },
          source: .answer(kind, asked: asked)))
    }
  }

  private func appendVotes(
    of matcher: inout PackMatcher, window: Range<Int>, isOverlay: Bool, to terms: inout [ExplainedTerm]
  ) {
    matcher.forEachVote(in: window) { votes, index, isRule, tokens in
      terms.append(
        ExplainedTerm(
          raw: raw(votes), range: span(Int32(tokens.lowerBound), Int32(tokens.upperBound)),
          source: isRule ? .rule(index, isOverlay: isOverlay) : .entry(index, isOverlay: isOverlay)))
    }
  }

  /// A row of weights, scaled for length.
  private func raw(_ row: UInt32, _ scale: Int64) -> InlineArray<22, Int64> {
    var raw = InlineArray<22, Int64>(repeating: 0)
    tokenSums.update(repeating: 0, count: Head.stride)
    scorer.model.weights.add(row, to: tokenSums)
    for head in 0..<Head.count { raw[head] = Int64(tokenSums[head]) &* scale }
    return raw
  }

  private func raw(_ votes: UnsafeBufferPointer<Int16>) -> InlineArray<22, Int64> {
    var raw = InlineArray<22, Int64>(repeating: 0)
    for head in 0..<Head.count { raw[head] = Int64(votes[head]) << 16 }
    return raw
  }

  /// The original bytes that a run of tokens covers; nil for an empty run.
  private func span(_ begin: Int32, _ end: Int32) -> SourceRange? {
    guard begin < end, Int(end) <= text.count else { return nil }
    return SourceRange(begin: text.begins[Int(begin)], end: text.ends[Int(end) - 1])
  }

  /// The name of a term: a kind of feature, `concept:ID`, `concept-pair:ID>ID`, `asked:ID` and `answer:ID` with an entry of the concept,
  /// `lexicon:ID` or `rule:ID`, an operator's with `overlay/` before it.
  func name(of source: ExplainedTerm.Source) -> String {
    let lexicon = model.pack.lexicon
    switch source {
    case .feature(let kind): return kind.name
    case .concepts(let kind, let first, let second):
      let names = first == second ? lexicon.id(of: first) : lexicon.id(of: first) + ">" + lexicon.id(of: second)
      return kind.name + ":" + names
    case .answer(let kind, let key): return kind.name + ":" + (entry(asked: key).map { lexicon.id(of: $0) } ?? "")
    case .entry(let entry, let isOverlay):
      return isOverlay
        ? "overlay/lexicon:" + (overlay?.pack.lexicon.id(of: entry) ?? "") : "lexicon:" + lexicon.id(of: entry)
    case .rule(let rule, let isOverlay):
      return isOverlay
        ? "overlay/rule:" + (overlay?.pack.rules.id(of: rule) ?? "") : "rule:" + model.pack.rules.id(of: rule)
    }
  }

  /// The first entry of a concept that was asked.
  private func entry(asked key: UInt32) -> UInt32? {
    guard let table = model.pack.concepts else { return nil }
    for entry in 0..<table.count where table[entry] != 0 {
      if AnswerEvidence.key(concept: ConceptEvidence.hash(concept: table[entry])) == key { return UInt32(entry) }
    }
    return nil
  }
}
