/// A file format that Jaga reads.
///
///     TranscriptFormat(name: "whatsapp")?.summary
public enum TranscriptFormat: String, CaseIterable, Sendable {
  case jsonl, csv, chatml, whatsapp, telegram, discord, convokit, pan12

  /// Finds a format by its exact name.
  public init?(name: some StringProtocol) { self.init(rawValue: String(name)) }

  /// The name used on the command line.
  public var name: String { rawValue }

  /// One line for a listing.
  public var summary: String {
    switch self {
    case .jsonl: "canonical JSONL, one message a line; gold messages and gold transcripts too"
    case .csv: "CSV or TSV with a header row; comma, semicolon or tab"
    case .chatml: "chat-ML JSONL: messages[{role,content}] or conversations[{from,value}]"
    case .whatsapp: "WhatsApp export, .txt, Android and iOS, Indonesian and English"
    case .telegram: "Telegram Desktop export, result.json, one chat or all"
    case .discord: "DiscordChatExporter JSON"
    case .convokit: "ConvoKit utterances.jsonl, old and new fields"
    case .pan12: "PAN12 XML: conversations of messages"
    }
  }

  /// True when memory does not grow with the file; the others are read whole.
  ///
  /// A WhatsApp file is read twice; from a pipe it is buffered (see ``ReaderOptions/wholeFileLimit``).
  public var isStreaming: Bool {
    switch self {
    case .telegram, .discord: false
    default: true
    }
  }

  /// True when one line is one record, so that chunks can be decoded on several threads (see ``ChunkDecoder``).
  public var isLineBased: Bool {
    switch self {
    case .jsonl, .chatml, .convokit: true
    default: false
    }
  }
}

/// The order in which the messages of a conversation are handed out.
public enum MessageOrder: String, CaseIterable, Sendable {
  /// As they stand in the input.
  case input
  /// By time, stable, inside each conversation; messages without a time keep their place after the one before them.
  /// For formats that are read whole only.
  case timestamp
}
