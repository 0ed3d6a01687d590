internal import JagaCore
internal import JagaPollBot
internal import JagaStore

/// A reply and everything that is known before it is read.
struct ReplyScene {
  let reply: InboundReply
  let contact: [UInt8]
  let receipt: [UInt8]?
  let now: Int64
  let known: KnownContact
  let flood: FloodGuard.Verdict
  /// The poll that the contact is in, or was in last; nil for none, and for one that is another by now.
  let machine: PollMachine?
  /// The contact is in a poll.
  let isLive: Bool
  /// Where in it.
  let state: PollSession?
  /// The poll that the reply asks for.
  let begun: PollMachine?
  /// The poll to begin with somebody who is in none.
  let first: PollMachine?
  /// What was asked; empty when nothing is open.
  let question: String
  let conversationID: String
  let messageID: String

  init(
    reply: InboundReply, contact: [UInt8], receipt: [UInt8]?, now: Int64, known: KnownContact,
    flood: FloodGuard.Verdict, shelf: PollShelf
  ) {
    self.reply = reply
    self.contact = contact
    self.receipt = receipt
    self.now = now
    self.known = known
    self.flood = flood
    isLive = known.last.map { $0.endedAt == nil } ?? false
    let state = known.last.flatMap { try? PollSession(decoding: $0.state) }
    // Whoever told goes on in the poll as it is now: nothing of its questions is open.
    let machine = known.last.flatMap {
      shelf.machine($0.pollID, version: state?.isResting == true ? nil : $0.pollVersion)
    }
    let place = machine.flatMap { machine in state.map { (machine, $0) } }
    self.machine = place?.0
    self.state = place?.1
    begun = shelf.begun(by: reply.text)
    first = shelf.first
    question = place.flatMap { machine, state in machine.question(of: state) } ?? ""
    conversationID = ContactKeys.conversationID(of: contact)
    // A reply that cannot be told from a repetition gets an id of its own.
    messageID = receipt.map { Hexadecimal.text($0.prefix(12)) } ?? "\(now)-\(UInt32.random(in: 0...UInt32.max))"
  }

  /// The language of what is said to the contact.
  var language: String {
    state?.language ?? known.last?.language ?? reply.language ?? first?.poll.language(wanted: nil) ?? "id"
  }

  /// The number of the session that goes on; 0 for none.
  var sessionNumber: Int { state == nil ? 0 : known.last?.number ?? 0 }

  /// The reply as the engine takes it.
  var batch: MessageBatch {
    var batch = MessageBatch()
    batch.append(
      Message(
        conversationID: conversationID, messageID: messageID, authorID: ReplyScene.author, timestamp: now,
        text: reply.text))
    return batch
  }

  /// Stands for the contact in its own conversation, and for whoever asks.
  static let author = "contact"
  static let asker = "poll"

  /// The language of a session that the reply begins: what the channel says, else that of the start word, else as before.
  func language(beginning machine: PollMachine) -> String {
    reply.language ?? machine.language(ofStart: reply.text) ?? language
  }
  /// The id under which the question before a reply is kept, and what it ends with.
  static func asked(before messageID: String) -> String { messageID + askedEnding }
  static let askedEnding = "-asked"

  /// No answer to a question, by its form or by how many there are. Whoever writes for the first time is answered in any case, and so needs a session.
  var isAside: Bool { known.last != nil && (flood != .answer || isTooLong || isBlank) }
  /// They want no more messages.
  var isStop: Bool { BotCommand.heard(in: reply.text, stopWords: machine?.poll.stopWords ?? []) == .stop }
  /// Nothing that can be read.
  var isBlank: Bool { !reply.text.contains { $0.isLetter || $0.isNumber || $0.isSymbol || $0.isPunctuation } }
  /// More than a person answers.
  var isTooLong: Bool { reply.text.count > PollDesk.replyLimit }
}
