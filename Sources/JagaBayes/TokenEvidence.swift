import JagaCore
public import JagaText

/// Adds up the weights of a message's features. Reused working memory; one per thread.
///
/// ``prepare(_:table:)`` looks up what a message's tokens bring; ``outer(window:of:table:)`` and ``add(window:of:table:to:)`` sum a window of it, as often as
/// there are windows. The sums are those of the features that ``FeatureExtractor`` lists, each once (characters once for every distinct word): a word's rows
/// are kept from message to message, and a filter sorts out most pairs before they are looked up.
/// Cost: for each token one look at its plan and four at the filter. Allocates nothing once its memory has grown to the longest message.
public final class TokenEvidence {
  private let plans = WordPlans()
  private let shapes: ShapeRows
  private let chains = RowChains()
  private let steps = StepSums()
  /// What the tokens bring, in their order; ends are those of the features.
  private let found = RowBuffer<PlacedRow>()
  /// For each token where its rows begin in `found`; one more at the end.
  private let starts = RowBuffer<Int32>()

  /// Working memory for a table; it serves this table alone.
  public init(table: WeightTable) { shapes = ShapeRows(table) }

  /// Looks up the features of all tokens, whatever their window.
  public func prepare(_ text: borrowing AnalyzedText, table: borrowing WeightTable) {
    let count = text.count
    starts.removeAll(room: count &+ 1)
    // A word, its root, a pair and three pairs with a gap.
    found.removeAll(room: 6 &* count)
    chains.removeAll()
    let found = found.base
    let starts = starts.base
    let filter = table.featureFilter
    var listed: Int32 = 0
    // The content tokens one to four places back.
    var one = Half(), two = Half(), three = Half(), four = Half()
    var clause = UInt16.max

    @inline(__always)
    func list(_ row: UInt32, from begin: Int32, to end: Int32) {
      found[Int(listed)] = PlacedRow(
        row: row, begin: begin, end: end, previous: chains.note(row, at: listed), outer: table.outer(of: row))
      listed &+= 1
    }
    @inline(__always)
    func list(_ half: Half, with root: UInt64, space: UInt64, to end: Int32) {
      let hash = half.hash(with: root, space: space)
      if filter.mayHold(hash), let row = table.index[hash] { list(row, from: half.token, to: end) }
    }

    for token in 0..<count {
      starts[token] = listed
      let kind = text.kinds[token]
      if kind == .punctuation || kind == .mention { continue }
      let plan = plans[plans.place(of: token, in: text, table)]
      let begin = Int32(truncatingIfNeeded: token)
      let end = begin &+ 1
      if plan.word != PlacedRow.noRow { list(plan.word, from: begin, to: end) }
      if plan.stem != PlacedRow.noRow { list(plan.stem, from: begin, to: end) }
      let root = text.rootHashes[token]
      if one.token >= 0, text.clauses[token] == clause { list(one, with: root, space: Half.pairSpace, to: end) }
      clause = text.clauses[token]
      if two.token >= 0 { list(two, with: root, space: Half.skipPairSpace, to: end) }
      if three.token >= 0 { list(three, with: root, space: Half.skipPairSpace, to: end) }
      if four.token >= 0 { list(four, with: root, space: Half.skipPairSpace, to: end) }
      four = three
      three = two
      two = one
      one = Half(root: root, token: begin)
    }
    starts[count] = listed
  }

  /// Calls `body` with what counts in a window of the text last prepared beside the characters, then the number of content tokens is returned.
  @inline(__always)
  private func forEach(
    window: Range<Int>, of text: borrowing AnalyzedText, table: borrowing WeightTable, _ body: (PlacedRow) -> Void,
    characters: (UnsafePointer<Int32>) -> Void
  ) -> Int {
    let lower = Int32(truncatingIfNeeded: window.lowerBound)
    let upper = Int32(truncatingIfNeeded: window.upperBound)
    let starts = starts.base
    let found = found.base
    var words = 0
    var isOpen = true
    var seen = Shapes()
    for token in window {
      let kind = text.kinds[token]
      if kind == .punctuation { continue }
      words &+= 1
      if kind != .word {
        seen.note(kind: kind, value: text.values[token])
        if kind == .mention { continue }
      }
      for index in Int(starts[token])..<Int(starts[token &+ 1])
      where found[index].counts(from: lower, to: upper, in: found) { body(found[index]) }
      if isOpen {
        isOpen = false
        let edge = plans[plans.place(of: token, in: text, table)].edge
        if edge != PlacedRow.noRow, isNew(edge, from: lower, to: upper) {
          body(PlacedRow(row: edge, begin: 0, end: 0, outer: table.outer(of: edge)))
        }
      }
      guard kind == .word else { continue }
      let place = plans.place(of: token, in: text, table)
      if plans[place].isSpelled != 0, TokenEvidence.isFirst(token, in: text, from: window.lowerBound) {
        characters(plans.characters(at: place))
      }
    }
    seen.forEach(words: words, question: text.hasQuestionMark) { number in
      let row = shapes[number]
      if row != PlacedRow.noRow, isNew(row, from: lower, to: upper) {
        body(PlacedRow(row: row, begin: 0, end: 0, outer: table.outer(of: row)))
      }
    }
    return words
  }

  /// Sums of the two outer heads over a window of the text last prepared, and its number of content tokens.
  public func outer(
    window: Range<Int>, of text: borrowing AnalyzedText, table: borrowing WeightTable
  ) -> (sums: OuterSums, words: Int) {
    var sums = OuterSums()
    let words = forEach(window: window, of: text, table: table) { item in
      sums.add(item)
    } characters: { values in
      sums.move &+= values[Head.move]
      sums.disclosure &+= values[Head.disclosure]
    }
    return (sums, words)
  }

  /// Adds the weights of a window of the text last prepared to `sums` (``Head/stride`` values) and returns its number of content tokens.
  ///
  /// Int32 cannot overflow: a window holds at most 32 tokens with at most 54 features each, and a weight is at most 2^15.
  public func add(
    window: Range<Int>, of text: borrowing AnalyzedText, table: borrowing WeightTable,
    to sums: UnsafeMutablePointer<Int32>
  ) -> Int {
    let words = forEach(window: window, of: text, table: table) { item in
      table.add(item.row, to: sums, in: steps)
    } characters: { values in
      for column in 0..<Head.stride { sums[column] &+= values[column] }
    }
    steps.flush(into: sums)
    return words
  }

  /// Both steps for one window.
  public func add(
    _ text: borrowing AnalyzedText, window: Range<Int>, table: borrowing WeightTable,
    to sums: UnsafeMutablePointer<Int32>
  ) -> Int {
    prepare(text, table: table)
    return add(window: window, of: text, table: table, to: sums)
  }

  /// True when a row of the message as a whole is none of the tokens' in a window.
  private func isNew(_ row: UInt32, from lower: Int32, to upper: Int32) -> Bool {
    var place = chains.last(of: row)
    while place >= 0 {
      let item = found.base[Int(place)]
      if item.end <= lower { return true }
      if item.begin >= lower, item.end <= upper { return false }
      place = item.previous
    }
    return true
  }

  /// True when no token before has the same canonical form.
  private static func isFirst(_ token: Int, in text: borrowing AnalyzedText, from begin: Int) -> Bool {
    let canonical = text.canonicalHashes[token]
    for other in begin..<token where text.canonicalHashes[other] == canonical { return false }
    return true
  }
}

/// The first half of the hash of a pair: what depends on its first root alone is computed once for four pairs.
private struct Half {
  private var product: UInt64 = 0
  private var rest: UInt64 = 0
  /// The token; -1 for none.
  var token: Int32 = -1

  /// No token.
  init() {}

  init(root: UInt64, token: Int32) {
    product = combinedHashProduct(root)
    rest = combinedHashRest(root)
    self.token = token
  }

  static let pairSpace = UInt64(FeatureKind.pair.rawValue)
  static let skipPairSpace = UInt64(FeatureKind.skipPair.rawValue)

  /// The same as `combinedHash(space, combinedHash(root, second))`.
  @inline(__always)
  func hash(with second: UInt64, space: UInt64) -> UInt64 {
    combinedHash(space, finalised(product ^ (second &+ rest)))
  }
}
