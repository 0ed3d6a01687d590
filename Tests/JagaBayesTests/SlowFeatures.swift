import JagaBayes
import JagaCore
import JagaText

/// The features of a window by their definition, one kind after the other, without regard to cost.
///
/// `rows` are the features of a weight table: words among them are listed without their characters; nil spells out every word.
enum SlowFeatures {
  static func list(_ text: AnalyzedText, window: Range<Int>, rows: Set<UInt64>?) -> [Feature] {
    let content = window.filter { text.kinds[$0] != .punctuation && text.kinds[$0] != .mention }
    var features: [Feature] = []
    func add(_ kind: FeatureKind, _ key: UInt64, _ begin: Int, _ end: Int) {
      features.append(
        Feature(hash: combinedHash(UInt64(kind.rawValue), key), kind: kind, begin: Int32(begin), end: Int32(end)))
    }
    for token in content {
      add(.word, text.canonicalHashes[token], token, token + 1)
      if text.rootHashes[token] != text.canonicalHashes[token] { add(.root, text.rootHashes[token], token, token + 1) }
    }
    for clause in Set(content.map { text.clauses[$0] }) {
      let tokens = content.filter { text.clauses[$0] == clause }
      for (first, second) in zip(tokens, tokens.dropFirst()) {
        add(.pair, combinedHash(text.rootHashes[first], text.rootHashes[second]), first, second + 1)
      }
    }
    for distance in 2...4 {
      for (first, second) in zip(content, content.dropFirst(distance)) {
        add(.skipPair, combinedHash(text.rootHashes[first], text.rootHashes[second]), first, second + 1)
      }
    }
    if let first = content.first { add(.edge, combinedHash(1, text.rootHashes[first]), first, first + 1) }
    for token in content where text.kinds[token] == .word {
      if let rows, rows.contains(combinedHash(1, text.canonicalHashes[token])) { continue }
      if text.canonicalHashes[window.lowerBound..<token].contains(text.canonicalHashes[token]) { continue }
      let word = Array(text.string(text.canonicalRanges[token]).utf8)
      guard (3...24).contains(word.count) else { continue }
      let marked = [0] + word + [0]
      for length in 3...4 where marked.count >= length {
        for start in 0...(marked.count - length) {
          var key = UInt64(length) << 56
          for (place, byte) in marked[start..<start + length].enumerated() { key |= UInt64(byte) << (8 * place) }
          add(.characters, key, token, token + 1)
        }
      }
    }
    for number in shapes(text, window: window) { add(.shape, number, 0, 0) }
    return features
  }

  /// What a list adds to a sum: characters as often as they are listed, everything else at its first place only, which is where it first ends,
  /// and of several that end there the shortest.
  static func terms(_ features: [Feature]) -> [Feature] {
    let others = Dictionary(grouping: features.filter { $0.kind != .characters }, by: \.hash)
    return features.filter { $0.kind == .characters }
      + others.values.compactMap { $0.min { ($0.end, -$0.begin) < ($1.end, -$1.begin) } }
  }

  /// How often each feature is listed, for comparison without regard to order.
  static func counted(_ features: [Feature]) -> [Feature: Int] {
    features.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  private static func shapes(_ text: AnalyzedText, window: Range<Int>) -> Set<UInt64> {
    var numbers = Set<UInt64>()
    for token in window {
      switch text.kinds[token] {
      case .amount:
        let value = text.values[token]
        numbers.formUnion([0, value < 100_000 ? 1 : value < 1_000_000 ? 2 : 3])
      case .phone: numbers.insert(4)
      case .account: numbers.insert(5)
      case .number: numbers.insert(6)
      case .emoji: numbers.insert(7)
      default: break
      }
    }
    if text.hasQuestionMark { numbers.insert(9) }
    let words = window.filter { text.kinds[$0] != .punctuation }.count
    let step = [1, 3, 6, 12, 24].firstIndex { words <= $0 } ?? 5
    numbers.insert(100 + UInt64(step))
    return numbers
  }
}
