/// Why a case cannot be answered. Facts only: numbers of items.
public enum CaseError: Error, Hashable, Sendable {
  /// The item is no case of the poll bot, or was deleted.
  case noCase(item: Int)
  /// The answer names nobody who wrote it.
  case nameless(item: Int)
  /// There is no way back to the contact: a flow's webhook, or no session is kept any more.
  case unreachable(item: Int)
  /// The contact said stop, and waits for no answer.
  case stopped(item: Int)
  /// The contact left the channel for good.
  case left(item: Int)
  /// The answer is for another contact, channel or conversation than those of the case.
  case misdirected(item: Int)
  /// There is nothing to send.
  case empty(item: Int)
}

extension CaseError: CustomStringConvertible {
  /// The sentence shown to people.
  public var description: String {
    switch self {
    case .noCase(let item):
      "item \(item): it came from no poll, or its conversation was deleted; there is nobody to answer"
    case .nameless(let item): "item \(item): an answer needs the name of whoever writes it"
    case .unreachable(let item):
      "item \(item): the bot cannot write to this contact; answer through the system that the message came from"
    case .stopped(let item):
      "item \(item): this contact asked for no more messages and waits for no answer; nothing was sent, decide with your safeguarding lead what else can be done"
    case .left(let item):
      "item \(item): this contact has left the chat for good, and nothing can reach them there; decide with your safeguarding lead what else can be done"
    case .misdirected(let item):
      "item \(item): the answer was made for another contact; nothing was sent, write it anew"
    case .empty(let item): "item \(item): the answer is empty; nothing was sent"
    }
  }
}
