import JagaCore
import JagaText

/// What a word has in a weight table, looked up once and kept: chat repeats few words endlessly.
///
/// Direct-mapped by the hash of the canonical form, so a word costs one look at one place, and memory is bounded: 1 MB of plans, and 96 bytes
/// more for each of those that stand for a word without a row. A plan depends on word and table alone, so a result never
/// depends on what was scored before. Not thread-safe; one per thread.
struct WordPlans: ~Copyable {
  /// The rows of one word: 32 bytes.
  struct Plan {
    var canonical: UInt64 = 0
    var root: UInt64 = 0
    /// Row of the canonical form.
    var word = PlacedRow.noRow
    /// Row of the root where it is another.
    var stem = PlacedRow.noRow
    /// Row of the root as the first word of a message.
    var edge = PlacedRow.noRow
    /// 1 where the word has no row and its characters have weights: their sums are in `spelled`.
    var isSpelled: UInt32 = 0
  }

  private static let count = 32_768
  private let plans: UnsafeMutablePointer<Plan>
  /// For each place the sums of a word's characters: ``Head/stride`` values.
  private let spelled: UnsafeMutablePointer<Int32>

  init() {
    plans = .allocate(capacity: WordPlans.count)
    plans.initialize(repeating: Plan(), count: WordPlans.count)
    // Written before it is read; untouched pages take no memory.
    spelled = .allocate(capacity: WordPlans.count &* Head.stride)
  }

  deinit {
    plans.deallocate()
    spelled.deallocate()
  }

  /// The place of a token's plan, which stays there until another word comes to it.
  @inline(__always)
  func place(of token: Int, in text: borrowing AnalyzedText, _ table: borrowing WeightTable) -> Int {
    let canonical = text.canonicalHashes[token]
    let place = Int(truncatingIfNeeded: canonical) & (WordPlans.count &- 1)
    let plan = plans + place
    if plan.pointee.canonical != canonical || plan.pointee.root != text.rootHashes[token] || canonical == 0 {
      learn(token, at: place, in: text, table)
    }
    return place
  }

  @inline(__always)
  subscript(place: Int) -> Plan { plans[place] }

  /// The sums of the characters of a plan that is spelled.
  @inline(__always)
  func characters(at place: Int) -> UnsafePointer<Int32> { UnsafePointer(spelled + place &* Head.stride) }

  @inline(never)
  private func learn(
    _ token: Int, at place: Int, in text: borrowing AnalyzedText, _ table: borrowing WeightTable
  ) {
    var plan = Plan(canonical: text.canonicalHashes[token], root: text.rootHashes[token])
    plan.word = table.row(of: FeatureExtractor.hash(.word, plan.canonical)) ?? PlacedRow.noRow
    if plan.root != plan.canonical {
      plan.stem = table.row(of: FeatureExtractor.hash(.root, plan.root)) ?? PlacedRow.noRow
    }
    plan.edge = table.row(of: FeatureExtractor.hash(.edge, combinedHash(1, plan.root))) ?? PlacedRow.noRow
    if plan.word == PlacedRow.noRow {
      let sums = spelled + place &* Head.stride
      sums.update(repeating: 0, count: Head.stride)
      let range = text.canonicalRanges[token]
      var found: UInt32 = 0
      text.forms.withUnsafeBufferPointer { forms in
        let form = UnsafeBufferPointer(rebasing: forms[Int(range.begin)..<Int(range.end)])
        FeatureExtractor.forEachCharacters(of: form) { hash in
          guard let row = table.row(of: hash) else { return }
          table.add(row, to: sums)
          found = 1
        }
      }
      plan.isSpelled = found
    }
    plans[place] = plan
  }
}
