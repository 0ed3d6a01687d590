import JagaBayes
import JagaCore
import JagaLexicon
import JagaRules
import JagaText

/// Hits and findings of one lexicon and its rules in one message.
struct PackMatcher {
  let pack: Pack
  var hits: [LexiconHit] = []
  private var windowHits: [LexiconHit] = []
  var findings: [RuleFinding] = []
  var pending: [RuleFinding] = []
  var marks = HistoryMarks()
  private var scratch = LexiconScratch()
  private var ruleScratch = RuleScratch()
  /// For each entry the number of the last window in which it voted: an entry votes once a window.
  private var voted: [UInt32]
  /// What rules ask of the whole text last matched.
  private var shape: TextShape?
  private var window: UInt32 = 0

  init(_ pack: Pack) {
    self.pack = pack
    voted = [UInt32](repeating: 0, count: pack.lexicon.count)
  }

  mutating func match(_ text: AnalyzedText) {
    hits.removeAll(keepingCapacity: true)
    shape = TextShape(text)
    pack.lexicon.match(text, scratch: &scratch, into: &hits)
  }

  /// Evaluates the rules over the hits that lie in a window, so that what stands elsewhere in a long message neither hides nor lends
  /// a finding.
  mutating func evaluate(_ text: AnalyzedText, window: Range<Int>) {
    findings.removeAll(keepingCapacity: true)
    pending.removeAll(keepingCapacity: true)
    if window.count == text.count {
      marks = pack.rules.evaluate(
        text, shape: shape, hits: hits, scratch: &ruleScratch, into: &findings, pending: &pending)
      return
    }
    windowHits.removeAll(keepingCapacity: true)
    for hit in hits[hits.partition(byBegin: Int32(window.lowerBound))...] {
      if Int(hit.begin) >= window.upperBound { break }
      if Int(hit.end) <= window.upperBound { windowHits.append(hit) }
    }
    marks = pack.rules.evaluate(
      text, shape: shape, hits: windowHits, scratch: &ruleScratch, into: &findings, pending: &pending)
  }

  /// The hits that begin at or after a token, in their order.
  func hits(from token: Int) -> ArraySlice<LexiconHit> { hits[hits.partition(byBegin: Int32(token))...] }

  /// Adds the votes of the entries that lie in a window and of the rules last evaluated, which must be those of the window.
  ///
  /// Cost: a look at every hit of the window, and a row of additions for each that votes.
  mutating func addVotes(in range: Range<Int>, to sums: inout HeadSums) {
    beginWindow()
    let window = window
    let first = hits.partition(byBegin: Int32(range.lowerBound))
    let upper = Int32(truncatingIfNeeded: range.upperBound)
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: Head.stride) { rowSums in
      guard let rowSums = rowSums.baseAddress else { return }
      for column in 0..<Head.stride { rowSums[column] = 0 }
      var rowCount = 0
      func add(_ votes: UnsafeBufferPointer<Int16>) {
        guard let votes = votes.baseAddress else { return }
        for column in 0..<Head.stride { rowSums[column] &+= Int32(votes[column]) }
        rowCount &+= 1
        // Before 32 bits could overflow.
        if rowCount == 65_535 { flush() }
      }
      func flush() {
        for head in 0..<Head.count {
          sums.raw[head] &+= Int64(rowSums[head]) << 16
          rowSums[head] = 0
        }
        rowCount = 0
      }
      voted.withUnsafeMutableBufferPointer { voted in
        hits.withUnsafeBufferPointer { hits in
          var place = first
          while place < hits.count, hits[place].begin < upper {
            let hit = hits[place]
            place &+= 1
            let entry = Int(hit.entry)
            if !pack.lexicon.hasVotes(hit.entry) || hit.end > upper || voted[entry] == window { continue }
            voted[entry] = window
            add(pack.entryVotes(hit.entry))
          }
        }
      }
      for finding in findings { add(pack.ruleVotes(finding.rule)) }
      flush()
    }
  }

  /// Calls `body` once for every entry that votes in a window and every rule that was found in it.
  mutating func forEachVote(
    in range: Range<Int>,
    _ body: (_ votes: UnsafeBufferPointer<Int16>, _ index: UInt32, _ isRule: Bool, _ tokens: Range<Int>) -> Void
  ) {
    beginWindow()
    let lower = hits.partition(byBegin: Int32(range.lowerBound))
    for hit in hits[lower...] {
      if Int(hit.begin) >= range.upperBound { break }
      guard Int(hit.end) <= range.upperBound, voted[Int(hit.entry)] != window else { continue }
      voted[Int(hit.entry)] = window
      guard pack.lexicon.hasVotes(hit.entry) else { continue }
      body(pack.entryVotes(hit.entry), hit.entry, false, Int(hit.begin)..<Int(hit.end))
    }
    for finding in findings {
      body(pack.ruleVotes(finding.rule), finding.rule, true, Int(finding.begin)..<Int(finding.end))
    }
  }

  /// Forgets which entries have voted.
  private mutating func beginWindow() {
    window &+= 1
    if window == 0 {
      for index in voted.indices { voted[index] = 0 }
      window = 1
    }
  }
}

extension [LexiconHit] {
  /// The index of the first hit that begins at or after `begin`; hits are ordered by begin. Cost: logarithmic.
  fileprivate func partition(byBegin begin: Int32) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].begin < begin { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
