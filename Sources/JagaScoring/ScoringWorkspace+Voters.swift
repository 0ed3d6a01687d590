import JagaBayes
import JagaCore
import JagaLexicon
import JagaRules

/// One entry or rule that was found in a message, and what it adds to the raw sums of the heads.
package struct VoterTerm {
  /// Entry or rule number inside its pack.
  package var index: UInt32
  package var isRule: Bool
  /// True for an entry or rule of the overlay.
  package var isOverlay: Bool
  /// What the sums lose when it is left out, in the unit of ``HeadSums``.
  package var raw = InlineArray<22, Int64>(repeating: 0)
}

extension Scorer {
  /// A head's logit when `raw` is taken out of its sum, with all else as it was: the other terms, the window, the part of the conversation.
  ///
  /// With 0 it is the logit that decided: for the move head, ``Conclusion/moveLogit``.
  package func logit(_ head: Int, of conclusion: Conclusion, without raw: Int64 = 0) -> Double {
    let fixed = scalings.fixedLogit(head, raw: conclusion.sums.raw[head] &- raw)
    return Double(fixed) / HeadSums.unitsPerLogit + (head == Head.move ? conclusion.carry : 0)
  }
}

extension ScoringWorkspace {
  /// Lists every entry and rule that was found in the window that decided the message last assessed, each once.
  ///
  /// A voter's term is its vote. An entry without a label has no vote; its term is what the model's weights of concepts and their pairs
  /// would lose without it, nothing when another entry stands for the same. Of rules over earlier messages the first eight are listed.
  ///
  /// `conclusion` must be that of the message last assessed here. Cost: that of evaluating the rules once more.
  package func listVoters(of conclusion: Conclusion, into terms: inout [VoterTerm]) {
    terms.removeAll(keepingCapacity: true)
    let window = Int(conclusion.windowBegin)..<Int(conclusion.windowEnd)
    evaluateRules(in: window)
    listVoters(of: &model, window: window, isOverlay: false, into: &terms)
    if var matcher = overlay {
      listVoters(of: &matcher, window: window, isOverlay: true, into: &terms)
      overlay = matcher
    }
    for number in 0..<conclusion.settledCount {
      let rule = conclusion.settled[number] & ~(1 << 31)
      let isOverlay = conclusion.settled[number] != rule
      guard let pack = isOverlay ? overlay?.pack : model.pack else { continue }
      add(pack.ruleVotes(rule), index: rule, isRule: true, isOverlay: isOverlay, to: &terms)
    }
    addConcepts(in: window, to: &terms)
  }

  private func listVoters(
    of matcher: inout PackMatcher, window: Range<Int>, isOverlay: Bool, into terms: inout [VoterTerm]
  ) {
    let lexicon = matcher.pack.lexicon
    for hit in matcher.hits(from: window.lowerBound) {
      if Int(hit.begin) >= window.upperBound { break }
      guard Int(hit.end) <= window.upperBound, !lexicon.hasVotes(hit.entry) else { continue }
      if terms.contains(where: { $0.index == hit.entry && !$0.isRule && $0.isOverlay == isOverlay }) { continue }
      terms.append(VoterTerm(index: hit.entry, isRule: false, isOverlay: isOverlay))
    }
    matcher.forEachVote(in: window) { votes, index, isRule, _ in
      add(votes, index: index, isRule: isRule, isOverlay: isOverlay, to: &terms)
    }
  }

  /// Adds a vote to its voter's term: a rule that was found twice has voted twice.
  private func add(
    _ votes: UnsafeBufferPointer<Int16>, index: UInt32, isRule: Bool, isOverlay: Bool, to terms: inout [VoterTerm]
  ) {
    var place = terms.count
    if isRule {
      place = terms.firstIndex { $0.index == index && $0.isRule && $0.isOverlay == isOverlay } ?? terms.count
    }
    if place == terms.count { terms.append(VoterTerm(index: index, isRule: isRule, isOverlay: isOverlay)) }
    for head in 0..<Head.count { terms[place].raw[head] &+= Int64(votes[head]) << 16 }
  }

  /// A concept's weights belong to an entry alone only when every feature that gives them rests on it.
  private func addConcepts(in window: Range<Int>, to terms: inout [VoterTerm]) {
    guard model.pack.concepts != nil else { return }
    collectConcepts(in: window)
    guard !concepts.features.isEmpty else { return }
    let table = scorer.model.weights
    var owners: [UInt32: (UInt32?, UInt32?)] = [:]
    for feature in concepts.features {
      guard let row = table.row(of: feature.hash) else { continue }
      guard let known = owners[row] else {
        owners[row] = (feature.first, feature.second == feature.first ? nil : feature.second)
        continue
      }
      func kept(_ entry: UInt32?) -> UInt32? { entry == feature.first || entry == feature.second ? entry : nil }
      owners[row] = (kept(known.0), kept(known.1))
    }
    var sums = [Int32](repeating: 0, count: Head.stride)
    let words = sums.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { tokens.add(text, window: window, table: table, to: $0) } ?? 0
    }
    let scale = Int64(table.lengthScale[min(words, FeatureExtractor.windowTokens)])
    for (row, pair) in owners {
      let values = table.values(of: row)
      for case let entry? in [pair.0, pair.1] {
        guard let place = terms.firstIndex(where: { $0.index == entry && !$0.isRule && !$0.isOverlay }) else {
          continue
        }
        for head in 0..<Head.count { terms[place].raw[head] &+= Int64(values[head]) &* scale }
      }
    }
  }
}
