package import JagaBayes
import JagaCore
import JagaScoring

/// Which features get weights, and their numbers: token features first, then entries, then rules.
package struct Vocabulary: Sendable {
  /// Hashes of the token features, sorted; the position is the feature's number.
  package let hashes: [UInt64]
  /// What each token feature is made of.
  package let kinds: [FeatureKind]
  package let entryCount: Int
  package let ruleCount: Int
  /// By the number of a feature in the corpus, its number here, or ``FeatureSpace/none``.
  let numbers: [UInt32]
  /// Where the characters of each token feature begin; one more for the end.
  private let spellingBegins: [UInt32]
  private let spellings: [UInt32]
  private let isSpelled: [Bool]

  package var tokenFeatureCount: Int { hashes.count }
  /// Token features, entries, rules: all that have a number.
  package var count: Int { hashes.count + entryCount + ruleCount }

  /// Keeps features of at least `minimum` messages in some chunks of a corpus, and words that count tables hold often enough.
  init(
    _ observations: Observations, chunks: [Int], minimum: Int, entryCount: Int, ruleCount: Int, workers: Workers
  ) {
    let space = observations.space
    let seen = FeatureCounts(observations, chunks: chunks, workers: workers)
    var hashes: [UInt64] = []
    var kinds: [FeatureKind] = []
    var kept: [Int] = []
    var numbers = [UInt32](repeating: FeatureSpace.none, count: space.count)
    for feature in 0..<space.count {
      let least = FeatureSpace.leastCount(of: space.kinds[feature], minimum: minimum)
      guard space.isCounted[feature] || seen.messages[feature] >= least else { continue }
      numbers[feature] = UInt32(hashes.count)
      kept.append(feature)
      hashes.append(space.hashes[feature])
      kinds.append(space.kinds[feature])
    }
    var begins: [UInt32] = [0]
    var spellings: [UInt32] = []
    var isSpelled: [Bool] = []
    for feature in kept {
      let runs = space.isCounted[feature] || seen.isSpelled[feature] ? space.spellings[UInt32(feature)] : nil
      for run in runs ?? [] where numbers[Int(run)] != FeatureSpace.none { spellings.append(numbers[Int(run)]) }
      isSpelled.append(runs != nil)
      begins.append(UInt32(spellings.count))
    }
    self.hashes = hashes
    self.kinds = kinds
    self.numbers = numbers
    self.spellings = spellings
    self.isSpelled = isSpelled
    spellingBegins = begins
    self.entryCount = entryCount
    self.ruleCount = ruleCount
  }

  /// The numbers of the characters of a word, as far as they have one; nil for what was never spelled.
  package func characters(of number: Int) -> ArraySlice<UInt32>? {
    isSpelled[number] ? spellings[Int(spellingBegins[number])..<Int(spellingBegins[number + 1])] : nil
  }

  /// The feature of a canonical form.
  package static func hash(word: String) -> UInt64 { FeatureExtractor.hash(.word, tokenHash(word)) }

  /// The characters of a canonical form.
  package static func characters(of form: String) -> [UInt64] {
    var hashes: [UInt64] = []
    var copy = form
    copy.withUTF8 { FeatureExtractor.forEachCharacters(of: $0) { hashes.append($0) } }
    return hashes
  }

  /// The feature of two roots side by side.
  package static func hash(pair first: String, _ second: String) -> UInt64 {
    FeatureExtractor.hash(.pair, combinedHash(tokenHash(first), tokenHash(second)))
  }
}

/// In how many messages of some chunks each feature of a corpus is.
struct FeatureCounts {
  private(set) var messages: [UInt32]
  /// True for words that a message spells.
  private(set) var isSpelled: [Bool]

  /// Counts. Every part of the chunks is counted by itself; sums of whole numbers do not depend on the parts.
  init(_ observations: Observations, chunks: [Int], workers: Workers) {
    let count = observations.space.count
    let pieces = min(workers.count, max(1, chunks.count))
    let parts = workers.map(pieces) { piece, _ in
      var messages = [UInt32](repeating: 0, count: count)
      var isSpelled = [Bool](repeating: false, count: count)
      messages.withUnsafeMutableBufferPointer { messages in
        isSpelled.withUnsafeMutableBufferPointer { isSpelled in
          for number in chunks[Workers.part(piece, of: pieces, in: chunks.count)] {
            let chunk = observations.chunks[number]
            chunk.features.withUnsafeBufferPointer { features in
              for row in chunk.messages.indices {
                var previous = UInt32.max
                for place in chunk.features(of: row) {
                  let feature = features[place]
                  let number = feature >> 1
                  if number != previous { messages[Int(number)] &+= 1 }
                  if feature & 1 != 0 { isSpelled[Int(number)] = true }
                  previous = number
                }
              }
            }
          }
        }
      }
      return (messages: messages, isSpelled: isSpelled)
    }
    (messages, isSpelled) = parts[0]
    for part in parts.dropFirst() {
      for feature in 0..<count {
        messages[feature] += part.messages[feature]
        if part.isSpelled[feature] { isSpelled[feature] = true }
      }
    }
  }
}
