import JagaBayes
import JagaCore
public import JagaText

/// Counts canonical words and root pairs message by message, each once a message.
///
/// Numbers, amounts, links, mentions and other class tokens are left out, and so is everything below the minimum count,
/// so that rare words of private text never leave the machine.
public struct WordCounter {
  private let analyzer: TextAnalyzer
  private var text = AnalyzedText()
  private var words: [String: Int] = [:]
  private var pairs: [String: Int] = [:]
  private var messages = 0

  /// A counter over a model's word lists.
  public init(tables: TextTables) { analyzer = TextAnalyzer(tables: tables) }

  /// Counts one message.
  public mutating func add(_ utf8: UnsafeBufferPointer<UInt8>) {
    analyzer.analyze(utf8, into: &text)
    messages += 1
    var seenWords = Set<String>()
    var seenPairs = Set<String>()
    var previous = -1
    for token in 0..<text.count {
      if text.kinds[token] == .punctuation { continue }
      guard text.kinds[token] == .word else {
        previous = -1
        continue
      }
      seenWords.insert(text.string(text.canonicalRanges[token]))
      if previous >= 0, text.clauses[previous] == text.clauses[token] {
        seenPairs.insert(text.string(text.rootRanges[previous]) + " " + text.string(text.rootRanges[token]))
      }
      previous = token
    }
    for word in seenWords where !word.contains(where: { $0 == " " || $0 == "\t" }) { words[word, default: 0] += 1 }
    for pair in seenPairs where pair.split(separator: " ").count == 2 { pairs[pair, default: 0] += 1 }
  }

  /// The counts of at least `minimum`.
  public func table(minimum: Int) -> CountTable {
    var table = CountTable()
    table.messages = messages
    table.words = words.filter { $0.value >= minimum }.map { ($0.key, $0.value) }
    table.pairs = pairs.filter { $0.value >= minimum }.map { pair in
      let forms = pair.key.split(separator: " ")
      return (String(forms[0]), String(forms[1]), pair.value)
    }
    return table
  }
}
