package import JagaBayes
package import JagaCore
import JagaRules
import JagaText

/// What a message shows the learner: the same features, hits and findings that scoring sees.
///
/// Reused from message to message: in the steady state nothing is allocated.
package struct Observation {
  /// Features and concepts of the first window, repeats included. The characters of a distinct word follow its first occurrence.
  package var features: [Feature] = []
  /// Content tokens of the first window.
  package var words = 0
  /// Entries that vote, once each.
  package var entries: [UInt32] = []
  /// Rules that hold by the message alone or by what came before it, once each, in rising order.
  package var rules: [UInt32] = []
  /// The sum of their declared votes, ``Head/count`` values in 1/``Head/unitsPerLogit``.
  package var votes = [Int32](repeating: 0, count: Head.count)
  /// The language guess.
  package var language = Language.other
  private var settled: [RuleFinding] = []

  package init() {}

  fileprivate mutating func removeAll() {
    features.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    rules.removeAll(keepingCapacity: true)
    settled.removeAll(keepingCapacity: true)
    for head in 0..<Head.count { votes[head] = 0 }
    words = 0
  }

  fileprivate mutating func add(votes row: UnsafeBufferPointer<Int16>) {
    for head in 0..<Head.count { votes[head] += Int32(row[head]) }
  }

  /// Adds a rule's votes the first time that it is found.
  fileprivate mutating func add(rule: UInt32, votes row: UnsafeBufferPointer<Int16>) {
    guard !rules.contains(rule) else { return }
    rules.append(rule)
    add(votes: row)
  }

  /// Adds the rules that hold by what came before the message.
  fileprivate mutating func settle(_ matcher: PackMatcher, history: StateHistory) {
    matcher.pack.rules.settle(matcher.pending, history: history, into: &settled)
    for finding in settled { add(rule: finding.rule, votes: matcher.pack.ruleVotes(finding.rule)) }
  }
}

extension ScoringWorkspace {
  /// Analyses a message as ``assess(_:into:)`` does and lists what was found in its first window.
  ///
  /// `state` supplies what came before; the message is remembered in it unless it is the last of its conversation.
  package func observe(
    _ utf8: UnsafeBufferPointer<UInt8>, author: UInt64, in state: inout ConversationState, isLast: Bool = false,
    into observation: inout Observation
  ) {
    observation.removeAll()
    match(utf8)
    let window = Windows.first(text.count)
    evaluateRules(in: window)
    observation.words = FeatureExtractor.extract(text, window: window, rows: nil, into: &observation.features)
    observation.language = text.language
    collectConcepts(in: window)
    for feature in concepts.features {
      observation.features.append(
        Feature(hash: feature.hash, kind: feature.kind, begin: feature.begin, end: feature.end))
    }
    let asked = state.question(to: author)
    if asked.conceptCount > 0 {
      answer.describe(text, window: window, words: observation.words, concepts: concepts.features)
      answer.forEachFeature(of: asked) { hash, kind, _, _ in
        observation.features.append(Feature(hash: hash, kind: kind, begin: 0, end: 0))
      }
    }
    model.forEachVote(in: window) { row, index, isRule, _ in
      if isRule {
        observation.add(rule: index, votes: row)
      } else {
        observation.entries.append(index)
        observation.add(votes: row)
      }
    }
    if !model.pending.isEmpty {
      observation.settle(model, history: StateHistory(state: state, author: author, isOverlay: false))
    }
    observation.rules.sort()
    guard !isLast else { return }
    var mark = ConversationState.Mark()
    mark.author = author
    mark.model = model.marks
    state.remember(mark, question: question())
  }
}
