@testable import JagaStore

/// The rules of the poll bot's rows as plain lists: slow, and short enough to be believed.
struct PollModel {
  struct Message {
    var id: String
    var contact: Int
    var orderedAt: Int64
    var dueAt: Int64
    var status = KeptOutgoing.Status.pending
    var attempts = 0
  }

  var receipts: Set<UInt8> = []
  var live: [Int: UInt8] = [:]
  var answers: [Int: [String: String]] = [:]
  var messages: [Message] = []
  var stopped: Set<Int> = []

  /// False when it is a repetition.
  mutating func take(_ change: PollChange, contact: Int) -> Bool {
    if let receipt = change.receipt, !receipts.insert(receipt[0]).inserted { return false }
    if change.wish == .stop {
      stopped.insert(contact)
      for place in messages.indices where messages[place].contact == contact && messages[place].status == .pending {
        messages[place].status = .withdrawn
      }
    }
    if change.wish == .resume { stopped.remove(contact) }
    if let session = change.session {
      if session.number == 0 { answers[contact] = [:] }
      live[contact] = session.endedAt == nil ? session.state[0] : nil
      for answer in change.answers { answers[contact, default: [:]][answer.questionID] = answer.choiceID }
    }
    for draft in change.outgoing where !messages.contains(where: { $0.id == draft.id }) {
      messages.append(Message(id: draft.id, contact: contact, orderedAt: draft.dueAt, dueAt: draft.dueAt))
    }
    return true
  }

  /// Of each contact the one that comes first, if it is due; the longest due of them first.
  func due(_ now: Int64) -> [String] {
    var first: [Int: Int] = [:]
    for (place, message) in messages.enumerated() where message.status == .pending {
      guard let other = first[message.contact] else {
        first[message.contact] = place
        continue
      }
      if message.orderedAt < messages[other].orderedAt { first[message.contact] = place }
    }
    return first.values.filter { messages[$0].dueAt <= now }
      .sorted { (messages[$0].dueAt, $0) < (messages[$1].dueAt, $1) }.map { messages[$0].id }
  }

  mutating func settle(_ id: String, _ outcome: OutgoingOutcome) {
    guard let place = messages.firstIndex(where: { $0.id == id && $0.status == .pending }) else { return }
    switch outcome {
    case .sent: messages[place].status = .sent
    case .retry(let time, _):
      messages[place].dueAt = time
      messages[place].attempts += 1
    case .dead:
      messages[place].status = .dead
      messages[place].attempts += 1
    }
  }

  mutating func report(_ id: String, _ report: OutgoingReport) -> Bool {
    guard let place = messages.firstIndex(where: { $0.id == id }) else { return false }
    switch (messages[place].status, report) {
    case (.pending, _): messages[place].status = KeptOutgoing.Status(rawValue: report.rawValue) ?? .pending
    case (.sent, .failed): messages[place].status = .failed
    case (_, .delivered): messages[place].status = .delivered
    default: break
    }
    return true
  }

  mutating func delete(_ contact: Int) {
    live[contact] = nil
    answers[contact] = nil
    messages.removeAll { $0.contact == contact }
  }
}
