public import JagaText

/// What rules ask of a text as a whole, read once a message.
public struct TextShape: Sendable {
  /// Kinds of tokens in the text, as bits.
  let kinds: UInt32
  /// The number of tokens other than punctuation.
  let wordCount: Int

  /// Reads a text. Cost: a look at every token.
  public init(_ text: borrowing AnalyzedText) {
    var kinds: UInt32 = 0
    var marks = 0
    for token in 0..<text.count {
      let kind = text.kinds[token]
      kinds |= 1 &<< UInt32(kind.rawValue)
      marks &+= kind == .punctuation ? 1 : 0
    }
    self.kinds = kinds
    wordCount = text.count &- marks
  }
}
