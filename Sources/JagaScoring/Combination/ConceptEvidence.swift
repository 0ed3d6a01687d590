import JagaBayes
import JagaCore
import JagaLexicon

/// One concept or one pair of concepts of a window, and the tokens it lies on.
struct ConceptFeature: Hashable, Sendable {
  /// Its key in the weight table.
  var hash: UInt64
  var kind: FeatureKind
  /// First token.
  var begin: Int32
  /// One past the last token.
  var end: Int32
  /// The entries it was made of; the same twice for a single concept.
  var first: UInt32
  var second: UInt32
}

/// What the lexicon's entries without a label say together.
///
/// Such an entry stands for a *concept*: `id.context.delete` and `en.context.delete` are one, whatever the language. Weights are learned for a
/// concept, and for two concepts in this order with at most ``reach`` tokens between: so that "hapus … chat" teaches what "erase our messages" means.
/// Their rows are summed with those of tokens: ``limit`` more of them stay far inside Int32.
/// This is the plain list of them, for learning and explanations; scoring adds up the same with ``ConceptRows``.
/// Cost: linear in hits, times those within reach.
struct ConceptEvidence {
  /// The most tokens between two concepts of a pair.
  static let reach = 4
  /// At most this many features a window; a window of 32 tokens with more is a list of words, not a message.
  static let limit = 512

  private(set) var features: [ConceptFeature] = []

  /// The feature of a concept: the hash of an entry's id without its language.
  static func hash(concept: UInt64) -> UInt64 { combinedHash(UInt64(FeatureKind.concept.rawValue), concept) }

  /// The feature of two concepts in their order.
  static func hash(pair first: UInt64, _ second: UInt64) -> UInt64 {
    combinedHash(UInt64(FeatureKind.conceptPair.rawValue), combinedHash(first, second))
  }

  /// Lists concepts and pairs among the hits that lie in a window; repeats are listed as often as they occur.
  mutating func collect(_ hits: ArraySlice<LexiconHit>, window: Range<Int>, concepts: Table<UInt64>) {
    features.removeAll(keepingCapacity: true)
    var index = hits.startIndex
    while index < hits.endIndex, features.count < ConceptEvidence.limit {
      let hit = hits[index]
      index &+= 1
      if Int(hit.begin) >= window.upperBound { break }
      let concept = concepts[Int(hit.entry)]
      guard concept != 0, Int(hit.end) <= window.upperBound else { continue }
      features.append(
        ConceptFeature(
          hash: ConceptEvidence.hash(concept: concept), kind: .concept, begin: hit.begin, end: hit.end,
          first: hit.entry,
          second: hit.entry))
      var later = index
      while later < hits.endIndex, features.count < ConceptEvidence.limit {
        let other = hits[later]
        later &+= 1
        if Int(other.begin) >= window.upperBound || Int(other.begin) > Int(hit.end) &+ ConceptEvidence.reach { break }
        let follower = concepts[Int(other.entry)]
        guard follower != 0, follower != concept, other.begin >= hit.end, Int(other.end) <= window.upperBound else {
          continue
        }
        features.append(
          ConceptFeature(
            hash: ConceptEvidence.hash(pair: concept, follower), kind: .conceptPair, begin: hit.begin, end: other.end,
            first: hit.entry, second: other.entry))
      }
    }
  }

  /// Calls `body` with each feature last collected that has weights, once, and the number of its row. For explanations and training.
  func forEachTerm(in table: WeightTable, _ body: (ConceptFeature, UInt32) -> Void) {
    var seen: Set<UInt32> = []
    for feature in features {
      guard let row = table.row(of: feature.hash), seen.insert(row).inserted else { continue }
      body(feature, row)
    }
  }
}
