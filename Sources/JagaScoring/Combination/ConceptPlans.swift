import JagaBayes
import JagaCore
import JagaLexicon

/// What each entry's concept has in a weight table, looked up when the entry is first hit and kept. Not thread-safe; one per thread.
struct ConceptPlans: ~Copyable {
  /// 32 bytes.
  struct Plan {
    /// The concept; 0 for an entry that stands for none.
    var concept: UInt64 = 0
    /// The feature of the concept alone.
    var hash: UInt64 = 0
    /// The row of that feature, or ``none``.
    var row = ConceptPlans.none
    /// What names the concept in a question.
    var key: UInt32 = 0
    /// True when the model has weights for having been asked it.
    var isAskedOf = false
    /// False until the entry is hit.
    fileprivate var isLearned = false
  }

  static let none = UInt32.max

  private let plans: UnsafeMutablePointer<Plan>
  private let concepts: Table<UInt64>?
  private let table: WeightTable

  /// Plans for the entries of a pack.
  init(_ pack: Pack, table: WeightTable) {
    concepts = pack.concepts
    self.table = table
    plans = .allocate(capacity: max(1, pack.lexicon.count))
    plans.initialize(repeating: Plan(), count: max(1, pack.lexicon.count))
  }

  deinit { plans.deallocate() }

  /// True when the model has weights for concepts.
  var hasConcepts: Bool { concepts != nil }

  /// The plan of an entry of the pack.
  @inline(__always)
  subscript(entry: UInt32) -> Plan {
    let plan = plans + Int(entry)
    if !plan.pointee.isLearned { learn(entry) }
    return plan.pointee
  }

  @inline(never)
  private func learn(_ entry: UInt32) {
    var plan = Plan()
    plan.isLearned = true
    plan.concept = concepts?[Int(entry)] ?? 0
    if plan.concept != 0 {
      plan.hash = ConceptEvidence.hash(concept: plan.concept)
      plan.row = table.index[plan.hash] ?? ConceptPlans.none
      plan.key = AnswerEvidence.key(concept: plan.hash)
      plan.isAskedOf = table.index[AnswerEvidence.hash(asked: plan.key)] != nil
    }
    plans[Int(entry)] = plan
  }
}
