import JagaBayes
import JagaCore
import JagaLexicon
import JagaText

/// The rows of a message's concepts and their pairs, looked up once and summed for each window: what ``ConceptEvidence`` lists, each row once.
///
/// Pairs are found in a ``ConceptMatrix``.
/// Reused working memory; one per thread. Allocates nothing once it has grown.
final class ConceptRows {
  /// Above these the windows of a message are looked up one by one, so that memory stays bounded.
  private static let sharedHits = 1024
  private static let sharedTokens = 256

  private let plans: ConceptPlans
  private let matrix: ConceptMatrix?
  private let chains = RowChains()
  private let steps = StepSums()
  /// What has weights, in the order of ``ConceptEvidence``; what has none is counted alone.
  private let listed = RowBuffer<PlacedRow>()
  private var count = 0
  /// The concepts of `range`, in the order of the hits.
  private let concepts = RowBuffer<PlacedConcept>()
  private var placeCount = 0
  /// Concepts and pairs of `range`, those without weights included.
  private var listedCount = 0
  /// The tokens that `listed` is for.
  private var range = 0..<0
  /// True when the text has a single window; the outer heads' sums are then not at hand.
  private var isShort = false
  /// True when `range` holds a single window.
  private var isWindow = false
  /// True when the window last summed holds more than counts.
  private(set) var wasCut = false

  /// Working memory for entries whose concepts are given, with the rows of their pairs, and a table; it serves these alone.
  init(concepts: Table<UInt64>?, matrix: ConceptMatrix?, table: WeightTable) {
    plans = ConceptPlans(concepts: concepts, table: table)
    self.matrix = matrix
  }

  /// Starts a message.
  func prepare(_ hits: UnsafeBufferPointer<LexiconHit>, tokens: Int, table: borrowing WeightTable) {
    listedCount = 0
    count = 0
    range = 0..<0
    // What has a single window is listed as that window.
    isShort = tokens <= FeatureExtractor.windowTokens
    isWindow = isShort || hits.count > ConceptRows.sharedHits || tokens > ConceptRows.sharedTokens
    if isShort || !isWindow { list(hits, in: 0..<tokens, limit: isShort ? ConceptEvidence.limit : .max, table) }
  }

  /// Sums of the two outer heads over a window of a text that has several.
  func outer(
    window: Range<Int>, of hits: UnsafeBufferPointer<LexiconHit>, table: borrowing WeightTable
  ) -> OuterSums {
    var sums = OuterSums()
    forEach(window: window, of: hits, table) { sums.add($0) }
    return sums
  }

  /// Adds the weights of a window to `sums` (``Head/stride`` values).
  func add(
    window: Range<Int>, of hits: UnsafeBufferPointer<LexiconHit>, table: borrowing WeightTable,
    to sums: UnsafeMutablePointer<Int32>
  ) {
    forEach(window: window, of: hits, table) { table.add($0.row, to: sums, in: steps) }
    steps.flush(into: sums)
  }

  /// What the text asks the next author.
  func question(_ text: borrowing AnalyzedText, hits: UnsafeBufferPointer<LexiconHit>) -> Question {
    plans.hasConcepts ? Question(text, hits: hits, plans: plans) : Question()
  }

  /// Calls `body` with the concepts of a window, in the order of the text, until it returns false.
  @inline(__always)
  func forEachConcept(
    window: Range<Int>, of hits: UnsafeBufferPointer<LexiconHit>, _ body: (ConceptPlans.Plan, LexiconHit) -> Bool
  ) {
    guard plans.hasConcepts else { return }
    let upper = Int32(truncatingIfNeeded: window.upperBound)
    for place in ConceptRows.firstHit(from: Int32(truncatingIfNeeded: window.lowerBound), in: hits)..<hits.count {
      let hit = hits[place]
      if hit.begin >= upper { break }
      guard Int(hit.begin) >= window.lowerBound, hit.end <= upper else { continue }
      let plan = plans[hit.entry]
      if plan.concept != 0, !body(plan, hit) { return }
    }
  }

  @inline(__always)
  private func forEach(
    window: Range<Int>, of hits: UnsafeBufferPointer<LexiconHit>, _ table: borrowing WeightTable,
    _ body: (PlacedRow) -> Void
  ) {
    if !isWindow, mayExceedLimit(window) {
      isWindow = true
      range = 0..<0
    }
    if isWindow, range != window { list(hits, in: window, limit: ConceptEvidence.limit, table) }
    let lower = Int32(truncatingIfNeeded: window.lowerBound)
    let upper = Int32(truncatingIfNeeded: window.upperBound)
    let items = listed.base
    var index = firstPlace(from: lower)
    let last = count
    wasCut = isWindow && listedCount == ConceptEvidence.limit
    while index < last {
      let item = items[index]
      index &+= 1
      if item.begin >= upper { break }
      guard item.end <= upper else { continue }
      if item.row != PlacedRow.noRow, item.previous < 0 || item.counts(from: lower, to: upper, in: items) { body(item) }
    }
  }

  /// True when the concepts that begin in a window bring more than may count: such a window is looked up by itself.
  private func mayExceedLimit(_ window: Range<Int>) -> Bool {
    guard listedCount > ConceptEvidence.limit else { return false }
    let first = firstConcept(from: Int32(truncatingIfNeeded: window.lowerBound))
    let last = firstConcept(from: Int32(truncatingIfNeeded: window.upperBound))
    let before = first < placeCount ? Int(concepts.base[first].listedBefore) : listedCount
    return (last < placeCount ? Int(concepts.base[last].listedBefore) : listedCount) &- before > ConceptEvidence.limit
  }

  private func firstConcept(from token: Int32) -> Int {
    var low = 0
    var high = placeCount
    while low < high {
      let middle = (low &+ high) / 2
      if concepts.base[middle].begin < token { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  /// The first hit that begins at or after a token; hits are ordered by begin.
  private static func firstHit(from lower: Int32, in hits: UnsafeBufferPointer<LexiconHit>) -> Int {
    var low = 0
    var high = lower <= 0 ? 0 : hits.count
    while low < high {
      let middle = (low &+ high) / 2
      if hits[middle].begin < lower { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  /// The first listed place that begins at or after a token; places are ordered by begin.
  private func firstPlace(from lower: Int32) -> Int {
    var low = 0
    var high = lower <= 0 ? 0 : count
    while low < high {
      let middle = (low &+ high) / 2
      if listed.base[middle].begin < lower { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  /// Lists the concepts and pairs that lie in a run of tokens.
  private func list(
    _ hits: UnsafeBufferPointer<LexiconHit>, in tokens: Range<Int>, limit: Int, _ table: borrowing WeightTable
  ) {
    range = tokens
    let places = findConcepts(hits, in: tokens)
    placeCount = places
    chains.removeAll()
    guard places > 0, let matrix else {
      count = 0
      listedCount = 0
      return
    }
    // A text with one window is summed for all heads at once.
    let needsOuter = !isShort
    let concepts = concepts.base
    let reach = Int32(ConceptEvidence.reach)
    var found = 0
    var total = 0
    for first in 0..<places where total < limit {
      let concept = concepts[first]
      concepts[first].listedBefore = Int32(truncatingIfNeeded: total)
      // The farthest that a pair begins is known, so room is made once a concept.
      var last = first &+ 1
      while last < places, concepts[last].begin <= concept.end &+ reach { last &+= 1 }
      listed.reserve(found &+ last &- first, keeping: found)
      let items = listed.base
      total &+= 1
      let row = matrix.singles[Int(concept.number)]
      if row != PlacedRow.noRow {
        items[found] = PlacedRow(
          row: row, begin: concept.begin, end: concept.end,
          previous: chains.note(row, at: Int32(truncatingIfNeeded: found)),
          outer: needsOuter ? table.outer(of: row) : OuterWeights())
        found &+= 1
      }
      var second = first &+ 1
      while second < last, total < limit {
        let follower = concepts + second
        second &+= 1
        guard follower.pointee.begin >= concept.end, follower.pointee.number != concept.number else { continue }
        total &+= 1
        let row = matrix.row(concept.number, follower.pointee.number)
        guard row != PlacedRow.noRow else { continue }
        items[found] = PlacedRow(
          row: row, begin: concept.begin, end: follower.pointee.end,
          previous: chains.note(row, at: Int32(truncatingIfNeeded: found)),
          outer: needsOuter ? table.outer(of: row) : OuterWeights())
        found &+= 1
      }
    }
    count = found
    listedCount = total
  }

  /// Gathers the hits in a run of tokens that stand for concepts; returns how many.
  private func findConcepts(_ hits: UnsafeBufferPointer<LexiconHit>, in tokens: Range<Int>) -> Int {
    guard let matrix else { return 0 }
    let lower = Int32(truncatingIfNeeded: tokens.lowerBound)
    let upper = Int32(truncatingIfNeeded: tokens.upperBound)
    concepts.removeAll(room: hits.count)
    let concepts = concepts.base
    var count = 0
    for place in ConceptRows.firstHit(from: lower, in: hits)..<hits.count {
      let hit = hits[place]
      if hit.begin >= upper { break }
      let number = matrix.numbers[Int(hit.entry)]
      guard number != ConceptMatrix.none, hit.begin >= lower, hit.end <= upper else { continue }
      concepts[count] = PlacedConcept(number: number, begin: hit.begin, end: hit.end)
      count &+= 1
    }
    return count
  }
}

/// A concept that lies on some tokens.
private struct PlacedConcept: BitwiseCopyable {
  /// The number of the concept.
  var number: UInt16
  var begin: Int32
  var end: Int32
  /// Concepts and pairs before its own, those without weights included.
  var listedBefore: Int32 = 0
}
