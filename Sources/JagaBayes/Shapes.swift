import JagaCore
import JagaText

/// What is noted about a message as a whole.
///
/// Mentions and links are left out: sources of real text mask them, and masks must not become features. So is disguise (leet,
/// spaced letters, look-alikes): it hides harmless words as well, and the words behind it speak for themselves.
struct Shapes {
  private var bits: UInt32 = 0

  /// Notes a token that is no word.
  mutating func note(kind: TokenKind, value: Int64) {
    switch kind {
    case .amount:
      bits |= 1
      bits |= value < 100_000 ? 2 : value < 1_000_000 ? 4 : 8
    case .phone: bits |= 16
    case .account: bits |= 32
    case .number: bits |= 64
    case .emoji: bits |= 128
    default: break
    }
  }

  /// Calls `body` with the number of each shape: those noted, then the question, then the class of length.
  @inline(__always)
  func forEach(words: Int, question: Bool, _ body: (Int) -> Void) {
    var rest = bits
    if question { rest |= 512 }
    while rest != 0 {
      body(rest.trailingZeroBitCount)
      rest &= rest &- 1
    }
    body(
      Shapes.firstLength &+ (words <= 1 ? 0 : words <= 3 ? 1 : words <= 6 ? 2 : words <= 12 ? 3 : words <= 24 ? 4 : 5))
  }

  /// The number of the shape of the shortest messages.
  static let firstLength = 100
}

/// The rows of all shapes in a weight table.
struct ShapeRows {
  private var bits = InlineArray<10, UInt32>(repeating: PlacedRow.noRow)
  private var lengths = InlineArray<6, UInt32>(repeating: PlacedRow.noRow)

  init(_ table: WeightTable) {
    func row(_ number: Int) -> UInt32 {
      table.row(of: FeatureExtractor.hash(.shape, UInt64(number))) ?? PlacedRow.noRow
    }
    for bit in 0..<10 { bits[bit] = row(bit) }
    for length in 0..<6 { lengths[length] = row(Shapes.firstLength + length) }
  }

  /// The row of a shape by its number.
  subscript(number: Int) -> UInt32 {
    number < Shapes.firstLength ? bits[number] : lengths[number &- Shapes.firstLength]
  }
}
