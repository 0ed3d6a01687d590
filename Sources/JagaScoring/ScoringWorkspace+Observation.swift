package import JagaBayes
package import JagaCore
import JagaRules
import JagaText

/// What a message shows the learner: the same features, hits and findings that scoring sees.
package struct Observation {
  /// Features and concepts of the first window, repeats included.
  package var features: [(hash: UInt64, kind: FeatureKind)] = []
  /// The characters of its distinct words, by the hash of the word's feature.
  package var characters: [UInt64: [UInt64]] = [:]
  /// Content tokens of the first window.
  package var words = 0
  /// Entries that vote, once each.
  package var entries: [UInt32] = []
  /// Rules that hold by the message alone or by what came before it, once each.
  package var rules: [UInt32] = []
  /// The sum of their declared votes, ``Head/count`` values in 1/``Head/unitsPerLogit``.
  package var votes = [Int32](repeating: 0, count: Head.count)
  /// The language guess.
  package var language = Language.other

  package init() {}
}

extension ScoringWorkspace {
  /// Analyses a message as ``assess(_:into:)`` does and lists what was found in its first window.
  ///
  /// `state` supplies what came before; the message is remembered in it.
  package func observe(_ message: String, author: UInt64, in state: inout ConversationState) -> Observation {
    var observation = Observation()
    var copy = message
    copy.withUTF8 { utf8 in
      match(utf8)
      let window = Windows.first(text.count)
      evaluateRules(in: window)
      var features: [Feature] = []
      observation.words = FeatureExtractor.extract(text, window: window, rows: nil, into: &features)
      observation.features = features.map { ($0.hash, $0.kind) }
      var word: UInt64 = 0
      for feature in features {
        if feature.kind == .word { word = feature.hash }
        if feature.kind == .characters { observation.characters[word, default: []].append(feature.hash) }
      }
      observation.language = text.language
      collectConcepts(in: window)
      for feature in concepts.features { observation.features.append((feature.hash, feature.kind)) }
      var answer = AnswerEvidence()
      answer.describe(text, window: window, words: observation.words, concepts: concepts.features)
      answer.forEachFeature(of: state.question(to: author)) { hash, kind, _, _ in
        observation.features.append((hash, kind))
      }
      var votes = [Int32](repeating: 0, count: Head.count)
      var entries: [UInt32] = []
      var rules = Set<UInt32>()
      model.forEachVote(in: window) { row, index, isRule, _ in
        if isRule {
          guard rules.insert(index).inserted else { return }
        } else {
          entries.append(index)
        }
        for head in 0..<Head.count { votes[head] += Int32(row[head]) }
      }
      var settled: [RuleFinding] = []
      model.pack.rules.settle(
        model.pending, history: StateHistory(state: state, author: author, isOverlay: false), into: &settled)
      for finding in settled where rules.insert(finding.rule).inserted {
        let row = model.pack.ruleVotes(finding.rule)
        for head in 0..<Head.count { votes[head] += Int32(row[head]) }
      }
      observation.votes = votes
      observation.entries = entries
      observation.rules = rules.sorted()
      var mark = ConversationState.Mark()
      mark.author = author
      mark.model = model.marks
      state.remember(mark, question: question())
    }
    return observation
  }
}
