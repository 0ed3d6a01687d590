import JagaBayes
import JagaCore
import JagaLexicon

/// What each entry's concept is to questions and answers, looked up when the entry is first hit and kept. Not thread-safe; one per thread.
struct ConceptPlans: ~Copyable {
  /// What an entry's concept has.
  struct Plan {
    /// The concept; 0 for an entry that stands for none.
    var concept: UInt64 = 0
    /// The feature of the concept alone.
    var hash: UInt64 = 0
    /// The part of an answer that the concept is.
    var part: UInt64 = 0
    /// What names the concept in a question.
    var key: UInt32 = 0
    /// True when the model has weights for having been asked it.
    var isAskedOf = false
    /// False until the entry is hit.
    fileprivate var isLearned = false
  }

  private let plans: UnsafeMutablePointer<Plan>
  private let concepts: Table<UInt64>?
  private let table: WeightTable

  /// Plans for entries: `concepts` holds the concept of each, and nil stands for none at all.
  init(concepts: Table<UInt64>?, table: WeightTable) {
    self.concepts = concepts
    self.table = table
    let count = max(1, concepts?.count ?? 0)
    plans = .allocate(capacity: count)
    plans.initialize(repeating: Plan(), count: count)
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
      plan.part = AnswerEvidence.part(concept: plan.hash)
      plan.key = AnswerEvidence.key(concept: plan.hash)
      plan.isAskedOf = table.row(of: AnswerEvidence.hash(asked: plan.key)) != nil
    }
    plans[Int(entry)] = plan
  }
}
