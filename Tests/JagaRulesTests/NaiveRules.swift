import JagaCore
import JagaLexicon
import JagaRules
import JagaText

/// The slow reference: interprets conditions as trees, over all combinations of hits.
struct NaiveRules {
  let lexicon: Lexicon
  let attributes: [HitAttributes]
  let hits: [LexiconHit]
  let text: AnalyzedText

  /// The tokens that a condition rests on, empty for none; nil when it does not hold.
  func truth(_ condition: RuleCondition) -> Range<Int32>? {
    switch condition {
    case .all(let parts):
      let truths = parts.map(truth)
      if truths.contains(nil) { return nil }
      let tokens = truths.compactMap(\.self).filter { !$0.isEmpty }
      guard let begin = tokens.map(\.lowerBound).min(), let end = tokens.map(\.upperBound).max() else { return 0..<0 }
      return begin..<end
    case .any(let parts): return parts.lazy.compactMap(truth).first
    case .none(let parts): return parts.contains { truth($0) != nil } ? nil : 0..<0
    case .hit(let set, let required, let forbidden):
      return found(set).first {
        attributes[$0].isSuperset(of: required) && attributes[$0].isDisjoint(with: forbidden)
      }.map(range)
    case .sequence(let sets, let within):
      return isChain(sets[...], after: nil, within: within) ? shownChain(sets, within: within) : nil
    case .near(let first, let second, let within):
      for left in found(first) {
        for right in found(second) where left != right {
          let (a, b) = (hits[left], hits[right])
          if max(a.begin, b.begin) - min(a.end, b.end) <= within { return min(a.begin, b.begin)..<max(a.end, b.end) }
        }
      }
      return nil
    case .amount(let least, let most):
      return (0..<text.count).first {
        text.kinds[$0] == .amount && text.values[$0] >= least ?? 0 && text.values[$0] <= most ?? .max
      }.map { Int32($0)..<Int32($0 + 1) }
    case .kind(let kind):
      return (0..<text.count).first { text.kinds[$0] == kind }.map { Int32($0)..<Int32($0 + 1) }
    case .question:
      if let index = hits.indices.first(where: { lexicon.id(of: hits[$0].entry) == "id.context.question" }) {
        return range(index)
      }
      return text.hasQuestionMark ? 0..<0 : nil
    case .language(let set): return set.contains(LanguageSet(text.language)) ? 0..<0 : nil
    case .tokens(let least, let most):
      let count = (0..<text.count).filter { text.kinds[$0] != .punctuation }.count
      return count >= least ?? 0 && count <= most ?? .max ? 0..<0 : nil
    }
  }

  private func range(_ index: Int) -> Range<Int32> { hits[index].begin..<hits[index].end }

  private func found(_ set: EntrySet) -> [Int] {
    hits.indices.filter { set.ids.contains(lexicon.id(of: hits[$0].entry)) }
  }

  private func isChain(_ sets: ArraySlice<EntrySet>, after end: Int32?, within: Int) -> Bool {
    guard let first = sets.first else { return true }
    return found(first).contains { index in
      if let end, hits[index].begin < end || Int(hits[index].begin - end) > within { return false }
      return isChain(sets.dropFirst(), after: hits[index].end, within: within)
    }
  }

  /// The chain that ends first; each hit is joined to the nearest one before it, and of those to the shortest chain.
  private func shownChain(_ sets: [EntrySet], within: Int) -> Range<Int32>? {
    var begins: [Int32: Int32] = [:]
    for (number, set) in sets.enumerated() {
      var next: [Int32: Int32] = [:]
      for hit in found(set).map({ hits[$0] }) {
        let before = begins.keys.filter { $0 <= hit.begin && Int(hit.begin - $0) <= within }.max()
        guard let begin = number == 0 ? hit.begin : before.flatMap({ begins[$0] }) else { continue }
        next[hit.end] = max(next[hit.end] ?? -1, begin)
      }
      begins = next
    }
    return begins.min { $0.key < $1.key }.map { $0.value..<$0.key }
  }
}
