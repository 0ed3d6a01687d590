import JagaBayes
import JagaCore
import JagaScoring

extension Observation {
  /// What is seen of a message of these words alone: each word, and at its first place its characters, worked out by hand.
  static func spelled(_ words: [String]) -> Observation {
    var observation = Observation()
    for (place, word) in words.enumerated() {
      let hash = FeatureExtractor.hash(.word, tokenHash(word))
      observation.features.append((hash, .word))
      guard !words[..<place].contains(word) else { continue }
      let runs = runs(of: word)
      for run in runs { observation.features.append((run, .characters)) }
      if !runs.isEmpty { observation.characters[hash] = runs }
    }
    return observation
  }

  /// The features of every run of three and of four bytes of a word whose edges are marked by zero bytes.
  static func runs(of word: String) -> [UInt64] {
    guard (3...24).contains(word.utf8.count) else { return [] }
    let marked = [0] + Array(word.utf8) + [0]
    return (3...4).flatMap { length in
      (0...(marked.count - length)).map { start in
        var key = UInt64(length) << 56
        for (place, byte) in marked[start..<start + length].enumerated() { key |= UInt64(byte) << (8 * place) }
        return FeatureExtractor.hash(.characters, key)
      }
    }
  }
}
