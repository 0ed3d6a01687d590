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

  /// A raw value in logits after scaling.
  private func logit(_ raw: Int64, head: Int) -> Double {
    Double(raw &* scorer.model.parameters.scalings[head].slope) / HeadSums.unitsPerLogit
  }

  /// The strongest spans for a label, by what they add to `head`; for a move its own conditional head must not speak against it.
  private func evidence(from terms: [ExplainedTerm], label: Label, head: Int) -> [Evidence] {
    var found: [(logit: Double, range: SourceRange, term: Int)] = []
    for (number, term) in terms.enumerated() {
      guard let range = term.range else { continue }
      let own = label.isMove ? logit(term.raw[Int(label.rawValue)], head: Int(label.rawValue)) : 0
      let value = logit(term.raw[head], head: head)
      guard value >= ScoringWorkspace.leastEvidence, value + own > 0 else { continue }
      found.append((value, range, number))
    }
    found.sort { left, right in
      if left.logit != right.logit { return left.logit > right.logit }
      let (a, b) = (left.range, right.range)
      if (a.begin, a.end) != (b.begin, b.end) { return (a.begin, a.end) < (b.begin, b.end) }
      return name(of: terms[left.term].source) < name(of: terms[right.term].source)
    }
    return found.prefix(ScoringWorkspace.evidenceLimit).map { item in
      Evidence(range: item.range, label: label, logit: item.logit, source: name(of: terms[item.term].source))
    }
  }

  /// Prior, every term, what exceeds the list of rules over earlier messages, conversation, base rate: they add up to each head's logit.
  private func allContributions(_ conclusion: Conclusion, terms: [ExplainedTerm], score: MessageScore) -> [Contribution]
  {
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
          Contribution(
            head: name, range: term.range, logit: logit(term.raw[head], head: head),
            source: self.name(of: term.source)))
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
