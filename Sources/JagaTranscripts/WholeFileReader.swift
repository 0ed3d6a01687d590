internal import JagaCore

/// What a format that is read whole says about one message.
enum WholeFileItem {
  case message(RecordRow, badTime: Bool)
  case system
  case noText
  case bot
  case malformed(Diagnostic.Cause)
}

/// One conversation of a file that is read whole.
struct WholeFileConversation {
  /// Its id as stated; empty when it has none.
  var id: [UInt8]
  var messages: JSONNode.Elements
}

/// A format that is read whole: where its conversations are, and what a message is.
protocol WholeFileFormat {
  /// The conversations; nil when the document is something else.
  func conversations(_ root: JSONNode) -> [WholeFileConversation]?

  /// Reads one message.
  func message(_ node: JSONNode, into batch: inout MessageBatch, options: ReaderOptions) -> WholeFileItem

  /// The names that stand for an author, with the author's id.
  func names(_ node: JSONNode) -> [(name: [UInt8], id: [UInt8])]
}

/// Reads Telegram and Discord exports.
final class WholeFileReader: FormatReader {
  private let format: any WholeFileFormat
  private let document: WholeDocument
  private var conversations: [WholeFileConversation]?
  private var place = 0
  private var begun = false
  private(set) var names: NameTable?

  init(_ format: any WholeFileFormat, stream: ByteStream, options: ReaderOptions) throws(TranscriptError) {
    self.format = format
    document = try WholeDocument(stream: stream, limit: options.wholeFileLimit)
    conversations = document.root.flatMap { format.conversations($0) }
    guard options.transform != nil, let conversations else { return }
    var names = NameTable()
    for conversation in conversations {
      for message in conversation.messages {
        for (name, id) in format.names(message) { names.add(name: name, id: id) }
      }
    }
    self.names = names
  }

  func read(into batch: inout MessageBatch, limit: Int, context: ReadContext) throws(TranscriptError) -> Bool {
    if !begun {
      begun = true
      guard conversations != nil else {
        _ = context.nextRecord()
        let cause: Diagnostic.Cause = document.root == nil ? .invalidJSON : .missingField("messages")
        try context.note(cause, line: document.root == nil ? document.faultLine : 1)
        return false
      }
      if document.invalidUTF8 { try context.note(.invalidUTF8, line: 0) }
      if document.loneSurrogates { try context.note(.loneSurrogate, line: 0) }
    }
    guard let count = conversations?.count else { return false }
    let quota = Quota(batch, limit: limit)
    while !quota.isMet(batch) {
      guard place < count else { return false }
      try readConversation(into: &batch, quota: quota, context: context)
    }
    return true
  }

  /// Reads on in the current conversation, to its end when it has to be sorted.
  private func readConversation(
    into batch: inout MessageBatch, quota: Quota, context: ReadContext
  ) throws(TranscriptError) {
    guard let conversation = conversations?[place] else { return }
    let sorts = context.options.order == .timestamp
    let first = batch.rows.count
    while sorts || !quota.isMet(batch) {
      guard let node = conversations?[place].messages.next() else {
        place += 1
        break
      }
      let record = context.nextRecord()
      let before = RecordRow(in: batch)
      switch format.message(node, into: &batch, options: context.options) {
      case .message(var made, let badTime):
        if conversation.id.isEmpty {
          made.set(\.conversationID, Array("chat-\(context.inputIndex + 1)".utf8), in: &batch)
        } else {
          made.set(\.conversationID, conversation.id, in: &batch)
        }
        made.number(record, in: &batch)
        try context.finish(made, line: 0, into: &batch)
        if badTime { try context.note(.invalidTimestamp, line: document.line(of: node)) }
      case .system: context.counters.skipped.system += 1
      case .noText: context.counters.skipped.noText += 1
      case .bot: context.counters.skipped.bot += 1
      case .malformed(let cause):
        before.discard(from: &batch)
        try context.note(cause, line: document.line(of: node))
      }
    }
    if sorts { batch.sortByTime(from: first) }
  }
}

extension MessageBatch {
  /// Sorts messages by time, stable; one without a time stays behind the one before it.
  mutating func sortByTime(from first: Int) {
    var keys: [(time: Int64, place: Int)] = []
    var last = Row.noTimestamp
    for place in first..<rows.count {
      if rows[place].timestamp != Row.noTimestamp { last = rows[place].timestamp }
      keys.append((last, place))
    }
    keys.sort { ($0.time, $0.place) < ($1.time, $1.place) }
    let sorted = keys.map { rows[$0.place] }
    rows.replaceSubrange(first..., with: sorted)
  }
}
