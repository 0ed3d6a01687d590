import JagaBayes
import JagaCore
import JagaScoring

extension Observation {
  /// Its features without their places.
  var pairs: [(hash: UInt64, kind: FeatureKind)] {
    get { features.map { ($0.hash, $0.kind) } }
    set { features = newValue.map { Feature(hash: $0.hash, kind: $0.kind, begin: 0, end: 0) } }
  }

  /// The characters of its distinct words, by the hash of the word's feature.
  var characters: [UInt64: [UInt64]] {
    var found: [UInt64: [UInt64]] = [:]
    var word: UInt64 = 0
    for feature in features {
      if feature.kind == .word { word = feature.hash }
      if feature.kind == .characters { found[word, default: []].append(feature.hash) }
    }
    return found
  }

  /// What is seen of a message of these words alone: each word, and at its first place its characters, worked out by hand.
  static func spelled(_ words: [String]) -> Observation {
    var observation = Observation()
    for (place, word) in words.enumerated() {
      let hash = FeatureExtractor.hash(.word, tokenHash(word))
      observation.pairs.append((hash, .word))
      guard !words[..<place].contains(word) else { continue }
      let runs = runs(of: word)
      for run in runs { observation.pairs.append((run, .characters)) }
    }
    return observation
  }

  /// The features of every run of three and of four bytes of a word whose edges are marked by zero bytes.
  static func runs(of word: String) -> [UInt64] {
    guard (3...24).contains(word.utf8.count) else { return [] }
    let marked = [0] + Array(word.utf8) + [0]
    return (0...marked.count - 3).flatMap { start in
      (3...4).filter { start + $0 <= marked.count }.map { length in
        var key = UInt64(length) << 56
        for (place, byte) in marked[start..<start + length].enumerated() { key |= UInt64(byte) << (8 * place) }
        return FeatureExtractor.hash(.characters, key)
      }
    }
  }
}
