import JagaBayes
import JagaCore
import JagaLexicon
import JagaText

/// The rows of a message's concepts and their pairs, looked up once and summed for each window: what ``ConceptEvidence`` lists, each row once.
///
/// Pairs of concepts repeat endlessly, so what two have in the table is kept in a direct-mapped cache of 128 KB.
/// Reused working memory; one per thread. Allocates nothing once it has grown.
final class ConceptRows {
  /// Above these the windows of a message are looked up one by one, so that memory stays bounded.
  private static let sharedHits = 1024
  private static let sharedTokens = 256

  private let plans: ConceptPlans
  private let pairs = PairCache()
  private let chains = RowChains()
  private let steps = StepSums()
  /// Everything listed, in the order of ``ConceptEvidence``; without weights where a feature has none.
  private var listed = RowBuffer<PlacedRow>()
  private var count = 0
  /// The concepts of `range`, in the order of the hits.
  private var concepts = RowBuffer<PlacedConcept>()
  /// The tokens that `listed` is for.
  private var range = 0..<0
  /// True when `range` holds a single window.
  private var isWindow = false
  /// True when the window last summed holds more than counts.
  private(set) var wasCut = false

  init(_ pack: Pack, table: WeightTable) { plans = ConceptPlans(pack, table: table) }

  /// Starts a message.
  func prepare(_ hits: UnsafeBufferPointer<LexiconHit>, tokens: Int, table: borrowing WeightTable) {
    isWindow = hits.count > ConceptRows.sharedHits || tokens > ConceptRows.sharedTokens
    range = 0..<0
    if !isWindow { list(hits, in: 0..<tokens, limit: .max, table) }
  }

  /// Sums of the two outer heads over a window.
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
    for hit in hits {
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
    if isWindow, range != window { list(hits, in: window, limit: ConceptEvidence.limit, table) }
    let lower = Int32(truncatingIfNeeded: window.lowerBound)
    let upper = Int32(truncatingIfNeeded: window.upperBound)
    let items = listed.base
    var index = firstPlace(from: lower)
    let last = count
    // No more than the limit can count where no more are left.
    var left = last &- index > ConceptEvidence.limit ? ConceptEvidence.limit : .max
    wasCut = false
    while index < last {
      let item = items[index]
      index &+= 1
      if item.begin >= upper { break }
      guard item.end <= upper else { continue }
      if item.row != PlacedRow.noRow, item.previous < 0 || item.counts(from: lower, to: upper, in: items) { body(item) }
      left &-= 1
      if left == 0 {
        wasCut = true
        break
      }
    }
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
    count = 0
    chains.removeAll()
    let places = findConcepts(hits, in: tokens)
    let concepts = concepts.base
    let reach = Int32(ConceptEvidence.reach)
    var found = 0
    for first in 0..<places where found < limit {
      let concept = concepts[first]
      // The farthest that a pair begins is known, so room is made once a concept.
      var last = first &+ 1
      while last < places, concepts[last].begin <= concept.end &+ reach { last &+= 1 }
      listed.reserve(found &+ last &- first, keeping: found)
      let items = listed.base
      items[found] = placed(concept.pair, from: concept.begin, to: concept.end, at: found)
      found &+= 1
      for second in first &+ 1..<last {
        let follower = concepts[second]
        guard follower.begin >= concept.end, follower.number != concept.number, found < limit else { continue }
        let pair = pairs.row(concept.number, follower.number) ?? look(up: concept, follower, table)
        items[found] = placed(pair, from: concept.begin, to: follower.end, at: found)
        found &+= 1
      }
    }
    count = found
  }

  /// Gathers the hits in a run of tokens that stand for concepts; returns how many.
  private func findConcepts(_ hits: UnsafeBufferPointer<LexiconHit>, in tokens: Range<Int>) -> Int {
    guard plans.hasConcepts else { return 0 }
    let lower = Int32(truncatingIfNeeded: tokens.lowerBound)
    let upper = Int32(truncatingIfNeeded: tokens.upperBound)
    concepts.removeAll(room: hits.count)
    var count = 0
    for hit in hits {
      if hit.begin >= upper { break }
      guard hit.begin >= lower, hit.end <= upper else { continue }
      let plan = plans[hit.entry]
      guard plan.concept != 0 else { continue }
      concepts.base[count] = PlacedConcept(
        concept: plan.concept, pair: PairRow(row: plan.row, outer: plan.outer), number: plan.number, begin: hit.begin,
        end: hit.end)
      count &+= 1
    }
    return count
  }

  @inline(__always)
  private func placed(_ pair: PairRow, from begin: Int32, to end: Int32, at place: Int) -> PlacedRow {
    PlacedRow(
      row: pair.row, begin: begin, end: end,
      previous: pair.row == PlacedRow.noRow ? -1 : chains.note(pair.row, at: Int32(truncatingIfNeeded: place)),
      outer: pair.outer)
  }

  @inline(never)
  private func look(up first: PlacedConcept, _ second: PlacedConcept, _ table: borrowing WeightTable) -> PairRow {
    var pair = PairRow(row: PlacedRow.noRow, outer: OuterWeights())
    let hash = ConceptEvidence.hash(pair: first.concept, second.concept)
    if table.featureFilter.mayHold(hash), let row = table.index[hash] {
      pair = PairRow(row: row, outer: table.outer(of: row))
    }
    pairs.keep(first.number, second.number, pair)
    return pair
  }
}

/// A concept that lies on some tokens.
private struct PlacedConcept: BitwiseCopyable {
  var concept: UInt64
  /// What the concept has alone.
  var pair: PairRow
  var number: UInt32
  var begin: Int32
  var end: Int32
}

/// A row of concepts, or none, and what it says to the outer heads.
private struct PairRow: BitwiseCopyable {
  var row: UInt32
  var outer: OuterWeights
}

/// What pairs of concepts have in the weight table; a later pair takes the place of an earlier one.
private struct PairCache: ~Copyable {
  private static let count = 8192

  private struct Slot: BitwiseCopyable {
    /// The numbers of both concepts; no concept has the number 2^32 - 1.
    var numbers = UInt64.max
    var pair = PairRow(row: PlacedRow.noRow, outer: OuterWeights())
  }

  private let slots: UnsafeMutablePointer<Slot>

  init() {
    slots = .allocate(capacity: PairCache.count)
    slots.initialize(repeating: Slot(), count: PairCache.count)
  }

  deinit { slots.deallocate() }

  @inline(__always)
  private static func place(_ numbers: UInt64) -> Int {
    Int(truncatingIfNeeded: (numbers &* 0x9E37_79B9_7F4A_7C15) >> 51)
  }

  @inline(__always)
  func row(_ first: UInt32, _ second: UInt32) -> PairRow? {
    let numbers = UInt64(first) << 32 | UInt64(second)
    let slot = slots + PairCache.place(numbers)
    return slot.pointee.numbers == numbers ? slot.pointee.pair : nil
  }

  func keep(_ first: UInt32, _ second: UInt32, _ pair: PairRow) {
    let numbers = UInt64(first) << 32 | UInt64(second)
    slots[PairCache.place(numbers)] = Slot(numbers: numbers, pair: pair)
  }
}
