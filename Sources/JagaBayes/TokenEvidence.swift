import JagaCore
public import JagaText

/// Adds up the weights of a message's features. Reused working memory; one per thread.
///
/// ``prepare(_:table:)`` looks up what a message's tokens bring, ``add(window:of:table:to:)`` sums a window of it, as often as there are windows.
/// The sums are those of the features that ``FeatureExtractor`` lists, each once (characters once for every distinct word): a word's rows are kept
/// from message to message, and a filter sorts out most pairs before they are looked up.
/// Cost: for each token one look at its plan and four at the filter. Allocates nothing once its memory has grown to the longest message.
public final class TokenEvidence {
  /// A row that a token brings, with the first token of its feature.
  private struct Found {
    var row: UInt32
    var begin: Int32
  }

  /// What a token has: where its rows begin in `found`, and its plan (-1 for tokens that bring nothing).
  private struct Token {
    var firstFound: Int32
    var place: Int32
  }

  private let plans = WordPlans()
  private let shapes: ShapeRows
  private var rows = RowSet()
  private var found = RowBuffer<Found>()
  private var tokens = RowBuffer<Token>()
  private let steps = StepSums()

  /// Working memory for a table; it serves this table alone.
  public init(table: WeightTable) { shapes = ShapeRows(table) }

  /// Looks up the features of all tokens, whatever their window.
  public func prepare(_ text: borrowing AnalyzedText, table: borrowing WeightTable) {
    let count = text.count
    tokens.removeAll(room: count &+ 1)
    // A word, its root, a pair and three pairs with a gap.
    found.removeAll(room: 6 &* count)
    let tokens = tokens.base
    let found = found.base
    let filter = table.featureFilter
    var foundCount: Int32 = 0
    // The content tokens one to four places back: their first halves of a pair's hash, and where they stand.
    var one = Half(), two = Half(), three = Half(), four = Half()
    var clause = UInt16.max

    @inline(__always)
    func look(up half: Half, _ second: UInt64, space: UInt64) {
      let hash = half.hash(with: second, space: space)
      guard filter.mayHold(hash), let row = table.index[hash] else { return }
      found[Int(foundCount)] = Found(row: row, begin: half.token)
      foundCount &+= 1
    }

    for token in 0..<count {
      let kind = text.kinds[token]
      guard kind != .punctuation, kind != .mention else {
        tokens[token] = Token(firstFound: foundCount, place: -1)
        continue
      }
      // A spelled word can come out of its place before it is summed, so the place is asked for again then.
      let place = plans.place(of: token, in: text, table)
      tokens[token] = Token(firstFound: foundCount, place: Int32(truncatingIfNeeded: place))
      let plan = plans[place]
      let position = Int32(truncatingIfNeeded: token)
      if plan.word != WordPlans.none {
        found[Int(foundCount)] = Found(row: plan.word, begin: position)
        foundCount &+= 1
      }
      if plan.stem != WordPlans.none {
        found[Int(foundCount)] = Found(row: plan.stem, begin: position)
        foundCount &+= 1
      }
      let root = text.rootHashes[token]
      if one.token >= 0, text.clauses[token] == clause { look(up: one, root, space: Half.pairSpace) }
      clause = text.clauses[token]
      if two.token >= 0 { look(up: two, root, space: Half.skipPairSpace) }
      if three.token >= 0 { look(up: three, root, space: Half.skipPairSpace) }
      if four.token >= 0 { look(up: four, root, space: Half.skipPairSpace) }
      four = three
      three = two
      two = one
      one = Half(root: root, token: position)
    }
    tokens[count] = Token(firstFound: foundCount, place: -1)
  }

  /// Adds the weights of a window of the text last prepared to `sums` (``Head/stride`` values) and returns its number of content tokens.
  ///
  /// Int32 cannot overflow: a window holds at most 32 tokens with at most 54 features each, and a weight is at most 2^15.
  public func add(
    window: Range<Int>, of text: borrowing AnalyzedText, table: borrowing WeightTable,
    to sums: UnsafeMutablePointer<Int32>
  ) -> Int {
    let first = Int32(truncatingIfNeeded: window.lowerBound)
    let tokens = tokens.base
    let found = found.base
    rows.removeAll(room: 6 &* window.count &+ 16)
    steps.begin()
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
      let entry = tokens[token]
      for index in Int(entry.firstFound)..<Int(tokens[token &+ 1].firstFound) {
        let item = found[index]
        if item.begin >= first, rows.insert(item.row) { table.add(item.row, to: sums, in: steps) }
      }
      let plan = plans[Int(entry.place)]
      if isOpen {
        isOpen = false
        let edge = plans.plan(of: token, at: Int(entry.place), in: text, table).edge
        if edge != WordPlans.none, rows.insert(edge) { table.add(edge, to: sums, in: steps) }
      }
      // A plan that is another word's by now is made again.
      if kind == .word, plan.isSpelled != 0 || plan.canonical != text.canonicalHashes[token],
        plans.plan(of: token, at: Int(entry.place), in: text, table).isSpelled != 0,
        TokenEvidence.isFirst(token, in: text, from: window.lowerBound)
      {
        let characters = plans.characters(at: Int(entry.place))
        for column in 0..<Head.stride { sums[column] &+= characters[column] }
      }
    }
    seen.forEach(words: words, question: text.hasQuestionMark) { number in
      let row = shapes[number]
      if row != WordPlans.none, rows.insert(row) { table.add(row, to: sums, in: steps) }
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
