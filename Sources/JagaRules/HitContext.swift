import JagaCore
import JagaLexicon
import JagaText

/// Finds the attributes of hits: negated, reported, imperative, asked.
///
/// Each attribute is one pass over the hits and at most one over the tokens, with marks per token and per clause in between.
/// Markers themselves are hits, so they come from lexicons. Cost: linear in tokens and hits; no allocation once grown.
struct HitContext {
  /// Every attribute.
  static let all: HitAttributes = [.negated, .reported, .imperative, .asked]

  /// Attributes, one for each hit; those not asked for are missing.
  private(set) var attributes: [HitAttributes] = []
  private var known: HitAttributes = []
  private var tokenMarks: [Bool] = []
  private var clauseEnds: [Int32] = []
  private var clauseMarks: [Bool] = []

  /// Forgets the last message.
  mutating func forget() { known = [] }

  /// Computes some attributes of all hits, unless they are known; `roles` tells what each entry does to others.
  mutating func read(
    _ asked: HitAttributes, _ text: AnalyzedText, hits: UnsafeBufferPointer<LexiconHit>, roles: Table<UInt8>
  ) {
    let fresh = asked.subtracting(known)
    if fresh.isEmpty { return }
    if known.isEmpty {
      attributes.removeAll(keepingCapacity: true)
      for _ in 0..<hits.count { attributes.append([]) }
    }
    known.formUnion(fresh)
    if fresh.contains(.negated) { readNegated(text, hits, roles) }
    if fresh.contains(.reported) { readReported(text, hits, roles) }
    if fresh.contains(.imperative) { readImperative(text, hits, roles) }
    if fresh.contains(.asked) { readAsked(text, hits, roles) }
  }

  /// A negator whose last token is among the three tokens before the hit, in the hit's clause.
  private mutating func readNegated(
    _ text: AnalyzedText, _ hits: UnsafeBufferPointer<LexiconHit>, _ roles: Table<UInt8>
  ) {
    guard hits.contains(where: { HitContext.isRole(.negator, $0, roles) }) else { return }
    clearTokens(text.count)
    for hit in hits where HitContext.isRole(.negator, hit, roles) { tokenMarks[Int(hit.end) - 1] = true }
    for (index, hit) in hits.enumerated() {
      var token = Int(hit.begin) - 1
      let last = max(Int(hit.begin) - RuleSet.negationReach, 0)
      while token >= last, text.clauses[token] == text.clauses[Int(hit.begin)] {
        if tokenMarks[token] {
          attributes[index].insert(.negated)
          break
        }
        token -= 1
      }
    }
  }

  /// A marker that ends before the hit begins, in the hit's clause.
  private mutating func readReported(
    _ text: AnalyzedText, _ hits: UnsafeBufferPointer<LexiconHit>, _ roles: Table<UInt8>
  ) {
    guard hits.contains(where: { HitContext.isRole(.reported, $0, roles) }) else { return }
    clauseEnds.removeAll(keepingCapacity: true)
    for _ in 0..<HitContext.clauseCount(text) { clauseEnds.append(Int32.max) }
    for hit in hits where HitContext.isRole(.reported, hit, roles) {
      let clause = Int(text.clauses[Int(hit.end) - 1])
      clauseEnds[clause] = min(clauseEnds[clause], hit.end)
    }
    for (index, hit) in hits.enumerated() where clauseEnds[Int(text.clauses[Int(hit.begin)])] <= hit.begin {
      attributes[index].insert(.reported)
    }
  }

  /// Nothing but particles and punctuation from the begin of the clause to the hit.
  private mutating func readImperative(
    _ text: AnalyzedText, _ hits: UnsafeBufferPointer<LexiconHit>, _ roles: Table<UInt8>
  ) {
    clearTokens(text.count)
    for hit in hits where HitContext.isRole(.particle, hit, roles) {
      for token in Int(hit.begin)..<Int(hit.end) { tokenMarks[token] = true }
    }
    // From here on a mark says: only particles and punctuation stand before this token in its clause.
    var isOpen = true
    for token in 0..<text.count {
      if token == 0 || text.clauses[token] != text.clauses[token - 1] { isOpen = true }
      let passes = tokenMarks[token] || text.kinds[token] == .punctuation
      tokenMarks[token] = isOpen
      isOpen = isOpen && passes
    }
    for (index, hit) in hits.enumerated() where tokenMarks[Int(hit.begin)] { attributes[index].insert(.imperative) }
  }

  /// A question mark or a question word in the hit's clause.
  private mutating func readAsked(_ text: AnalyzedText, _ hits: UnsafeBufferPointer<LexiconHit>, _ roles: Table<UInt8>)
  {
    clauseMarks.removeAll(keepingCapacity: true)
    for _ in 0..<HitContext.clauseCount(text) { clauseMarks.append(false) }
    if text.hasQuestionMark {
      for token in 0..<text.count where text.isQuestionMark(token) { clauseMarks[Int(text.clauses[token])] = true }
    }
    for hit in hits where HitContext.isRole(.question, hit, roles) {
      clauseMarks[Int(text.clauses[Int(hit.begin)])] = true
    }
    for (index, hit) in hits.enumerated() where clauseMarks[Int(text.clauses[Int(hit.begin)])] {
      attributes[index].insert(.asked)
    }
  }

  private mutating func clearTokens(_ count: Int) {
    tokenMarks.removeAll(keepingCapacity: true)
    for _ in 0..<count { tokenMarks.append(false) }
  }

  private static func isRole(_ role: ContextRole, _ hit: LexiconHit, _ roles: Table<UInt8>) -> Bool {
    roles[Int(hit.entry)] & role.rawValue != 0
  }

  private static func clauseCount(_ text: AnalyzedText) -> Int { Int(text.clauses.max() ?? 0) + 1 }
}
