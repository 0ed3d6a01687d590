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

  func holds(_ condition: RuleCondition) -> Bool {
    switch condition {
    case .all(let parts): return parts.allSatisfy(holds)
    case .any(let parts): return parts.contains(where: holds)
    case .none(let parts): return !parts.contains(where: holds)
    case .hit(let set, let required, let forbidden):
      return found(set).contains {
        attributes[$0].isSuperset(of: required) && attributes[$0].isDisjoint(with: forbidden)
      }
    case .sequence(let sets, let within): return chain(sets[...], after: nil, within: within)
    case .near(let first, let second, let within):
      return found(first).contains { left in
        found(second).contains { right in
          left != right && max(hits[left].begin, hits[right].begin) - min(hits[left].end, hits[right].end) <= within
        }
      }
    case .amount(let least, let most):
      return (0..<text.count).contains {
        text.kinds[$0] == .amount && text.values[$0] >= least ?? 0 && text.values[$0] <= most ?? .max
      }
    case .kind(let kind): return text.kinds.contains(kind)
    case .question:
      return text.hasQuestionMark || hits.contains { lexicon.id(of: $0.entry) == "id.context.question" }
    case .language(let set): return set.contains(LanguageSet(text.language))
    case .tokens(let least, let most):
      let count = text.kinds.filter { $0 != .punctuation }.count
      return count >= least ?? 0 && count <= most ?? .max
    }
  }

  private func found(_ set: EntrySet) -> [Int] {
    hits.indices.filter { set.ids.contains(lexicon.id(of: hits[$0].entry)) }
  }

  private func chain(_ sets: ArraySlice<EntrySet>, after end: Int32?, within: Int) -> Bool {
    guard let first = sets.first else { return true }
    return found(first).contains { index in
      if let end, hits[index].begin < end || Int(hits[index].begin - end) > within { return false }
      return chain(sets.dropFirst(), after: hits[index].end, within: within)
    }
  }
}
