public import JagaCore

/// Why an item cannot be decided or appealed against. Facts only: numbers of items and names of reviewers.
public enum ReviewError: Error, Hashable, Sendable {
  /// There is no such item, or it was deleted.
  case noItem(Int)
  /// Another reviewer decided it after this one had opened it.
  case decidedMeanwhile(item: Int)
  /// New messages raised its band or urgency, or somebody appealed, after this reviewer had opened it.
  case changedMeanwhile(item: Int)
  /// It is decided already, and nothing waits.
  case closed(item: Int)
  /// The same reviewer has decided it in an earlier round.
  case decidedBefore(item: Int, reviewer: String)
  /// The final round, which only an administrator decides.
  case needsAdministrator(item: Int)
  /// The reviewer has appealed, and so cannot decide the appeal.
  case ownAppeal(item: Int, reviewer: String)
  /// An appeal against what is not decided yet.
  case notClosed(item: Int)
  /// An appeal while a newer item of the same conversation and kind waits.
  case newerItem(item: Int, newer: Int)
  /// Nobody is named.
  case nameless(item: Int)
  /// A verdict that its own label contradicts: confirmed as benign, or wrong and yet what the item says.
  case contradictory(item: Int, verdict: Verdict, label: Label)
}

extension ReviewError: CustomStringConvertible {
  /// The sentence shown to people.
  public var description: String {
    switch self {
    case .noItem(let item): "item \(item): there is none, or its conversation was deleted; go back to the queue"
    case .decidedMeanwhile(let item):
      "item \(item): somebody else decided it meanwhile; nothing was changed, take the next one"
    case .changedMeanwhile(let item):
      "item \(item): it changed meanwhile; nothing was decided, look at it again"
    case .closed(let item): "item \(item): it is closed; appeal against the decision to have it reviewed again"
    case .decidedBefore(let item, let reviewer):
      "item \(item): \(reviewer) has decided it already; this round is for somebody else"
    case .needsAdministrator(let item):
      "item \(item): it waits for the final decision; somebody with the admin scope has to make it"
    case .ownAppeal(let item, let reviewer): "item \(item): \(reviewer) has appealed; somebody else has to decide"
    case .notClosed(let item): "item \(item): it is not decided yet; an appeal is possible once it is"
    case .newerItem(let item, let newer):
      "item \(item): the newer item \(newer) of the same conversation waits for a decision; decide that one"
    case .nameless(let item): "item \(item): a decision or an appeal needs the name of whoever makes it"
    case .contradictory(let item, let verdict, let label):
      "item \(item): '\(verdict.rawValue)' and the label \(label.name) contradict each other; leave the label out, or choose \(verdict == .confirm ? "'wrong'" : "'confirm'")"
    }
  }
}
