import JagaCore
public import JagaTranscripts

/// Why the laboratory cannot work.
public enum LexiconLaboratoryError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No message of the inputs has labels.
  case noLabels(files: [String])

  /// One sentence, with a remedy.
  public var description: String {
    switch self {
    case .noLabels(let files):
      "\(files.joined(separator: ", ")): no message has labels; give JSON lines with 'labels', or transcripts whose messages have them"
    }
  }
}

/// Gold messages in their conversations, in memory.
///
///     let gold = try LabelledMessages(reading: [.file("gold.jsonl"), .file("transcripts.jsonl")])
///     gold.count  // messages with labels
///
/// A message that states a `conversation_id` follows the messages of that conversation before it; one that states none is a conversation of its own. A
/// transcript is a conversation. Messages without labels are context and are not counted. Memory: all texts.
public struct LabelledMessages: Sendable {
  /// One message.
  struct Turn: Sendable {
    /// The message's id; `<transcript>#<index>` for a turn of a transcript.
    var id: String
    var text: String
    /// A poll's question: an earlier message by somebody else.
    var question: String?
    var author: UInt64
    /// Gold labels as a bit set by raw value; 0 for context.
    var labels: UInt32
    /// The stated language, if any.
    var language: String?
  }

  /// Who asks the question of a poll: anybody but the message's author.
  static let asker: UInt64 = 1

  /// The messages by conversation, in input order.
  private(set) var conversations: [[Turn]] = []
  /// Messages with labels.
  public private(set) var count = 0

  /// Reads gold files whole. Throws `TranscriptError` at the first record that cannot be read, and ``LexiconLaboratoryError`` when nothing has labels.
  public init(reading inputs: [TranscriptInput]) throws {
    self.init(try GoldReader.read(inputs))
    guard count > 0 else { throw LexiconLaboratoryError.noLabels(files: inputs.map(\.name)) }
  }

  /// Takes over gold data.
  public init(_ gold: GoldReader.Gold) {
    var places: [String: Int] = [:]
    for item in gold.messages {
      // A message without a conversation is one of its own: its record's number is nobody's conversation id.
      let place = item.isAlone ? conversations.count : places[item.message.conversationID] ?? conversations.count
      if place == conversations.count {
        if !item.isAlone { places[item.message.conversationID] = place }
        conversations.append([])
      }
      add(item.message, id: item.message.messageID, question: item.question, to: place)
    }
    for transcript in gold.transcripts {
      conversations.append([])
      for message in transcript.messages {
        add(message, id: "\(transcript.id)#\(message.messageID)", question: nil, to: conversations.count - 1)
      }
    }
  }

  private mutating func add(_ message: Message, id: String, question: String?, to place: Int) {
    let labels = message.labels.reduce(UInt32(0)) { $0 | 1 << UInt32($1.rawValue) }
    if labels != 0 { count += 1 }
    conversations[place].append(
      Turn(
        id: id, text: message.text, question: question,
        author: message.authorID.isEmpty ? 0 : tokenHash(message.authorID), labels: labels, language: message.language))
  }
}
