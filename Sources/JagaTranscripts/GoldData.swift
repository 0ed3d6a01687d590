public import JagaCore

/// The one label of a whole transcript.
public enum TranscriptLabel: Hashable, Sendable {
  case track(Track)
  case disclosure
  case benign

  /// Finds a label by its exact name: a track, `disclosure` or `benign`.
  public init?(name: some StringProtocol) {
    if let track = Track.allCases.first(where: { $0.name == name }) {
      self = .track(track)
    } else if name == "disclosure" {
      self = .disclosure
    } else if name == "benign" {
      self = .benign
    } else {
      return nil
    }
  }

  /// The name used in files.
  public var name: String {
    switch self {
    case .track(let track): track.name
    case .disclosure: "disclosure"
    case .benign: "benign"
    }
  }
}

/// A single message with what its annotator said.
public struct GoldMessage: Hashable, Sendable {
  /// The message, labels included.
  public var message: Message
  /// The question that the message answers, asked by somebody else just before; nil when not stated.
  public var question: String?
  /// The register it is written in, such as `slang`; nil when not stated.
  public var style: String?
  /// Who wrote it, for splits by writer; nil when not stated.
  public var voice: String?
  /// The set it comes from; nil when not stated.
  public var source: String?
  /// True when no conversation is stated: the message is one of its own, and its conversation id is the record's number.
  public var isAlone: Bool
  /// The file it was read from.
  public var file: String
  /// The line, from 1.
  public var line: Int

  /// Creates a gold message.
  public init(
    message: Message, question: String? = nil, style: String? = nil, voice: String? = nil, source: String? = nil,
    isAlone: Bool = false, file: String = "", line: Int = 0
  ) {
    self.message = message
    self.question = question
    self.style = style
    self.voice = voice
    self.source = source
    self.isAlone = isAlone
    self.file = file
    self.line = line
  }
}

/// A conversation with what its annotator said.
public struct GoldTranscript: Hashable, Sendable {
  /// Its id; the conversation id of its messages.
  public var id: String
  /// The language stated; nil when none is.
  public var language: String?
  /// The main label; nil when none is stated.
  public var label: TranscriptLabel?
  /// The index, from 0, of the first message at which a careful moderator would want to be told; nil when there is none.
  public var firstRisk: Int?
  /// The messages in order; their ids are their indices.
  public var messages: [Message]
  /// Who wrote it, for splits by writer; nil when not stated.
  public var voice: String?
  /// The register it is written in; nil when not stated.
  public var style: String?
  /// The set it comes from; nil when not stated.
  public var source: String?
  /// The file it was read from.
  public var file: String
  /// The line, from 1.
  public var line: Int

  /// Creates a gold transcript.
  public init(
    id: String, language: String? = nil, label: TranscriptLabel? = nil, firstRisk: Int? = nil, messages: [Message],
    voice: String? = nil, style: String? = nil, source: String? = nil, file: String = "", line: Int = 0
  ) {
    self.id = id
    self.language = language
    self.label = label
    self.firstRisk = firstRisk
    self.messages = messages
    self.voice = voice
    self.style = style
    self.source = source
    self.file = file
    self.line = line
  }
}
