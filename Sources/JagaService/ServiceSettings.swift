public import JagaTranscripts

/// What the operator may choose. The defaults suit one machine behind a proxy; every value has a name in the configuration.
public struct ServiceSettings: Sendable {
  /// The largest request body, in bytes.
  public var bodyLimit = 4 << 20
  /// The most messages in one request.
  public var messageLimit = 10_000
  /// The longest text of a message, in bytes.
  public var textLimit = 64 << 10
  /// The longest id, in bytes.
  public var idLimit = 256
  /// The most bytes of one line of a stream.
  public var lineLimit = 1 << 20
  /// How long a body may take to arrive, in seconds; a stream may last as long as something arrives.
  public var bodySeconds = 30
  /// The most conversations whose state is in memory; the others are in the store.
  public var liveConversations = 50_000
  /// The band from which on a message is flagged for review.
  public var flagFrom = "review"
  /// The band from which on an alert is sent.
  public var alertFrom = "high"
  /// Who is told: `webhook`, `coop`. Nobody by default.
  public var alertTargets: [String] = []
  /// Keep the texts of messages, sealed with the text key.
  public var keepsText = false
  /// How long a sealed text is kept, in hours: of a flagged conversation, and of one without a flag.
  public var textHours = (flagged: 30 * 24, other: 24)
  /// The result of a RapidPro flow that holds the contact's text, for webhooks whose body has no text of its own; empty for none.
  public var flowResult = ""
  /// Serve the chat page to everybody who can reach the service.
  public var hasWebChat = false
  /// How many messages of one contact the poll bot answers in a minute.
  public var repliesPerMinute = 12
  /// The country code of phone numbers that name none; empty where no such number is one of a phone.
  public var phoneCountry = "62"
  /// How long the texts of a poll bot's case are kept, in hours.
  public var caseTextHours = 30 * 24
  /// How long a conversation that alone cannot be written is tried again, in seconds.
  public var asideSeconds = 60
  /// How long a text that a pipeline supplies for review stays in memory, in minutes.
  public var suppliedTextMinutes = 15
  /// Replaces ids and mentions at the door (`--hash-ids`); nil keeps them.
  public var idTransform: (any IDTransform)?
  /// The share of items that get a second, blind review, in 0…1.
  public var secondReviewShare = 0.1
  /// Who may call, and how often.
  public var access = AccessSettings()
  /// The drop-in surfaces.
  public var surfaces = SurfaceSettings()

  /// The defaults.
  public init() {}
}

extension ServiceSettings {
  /// A conversation's id as it is kept: what a client calls it, or what the operator's transform makes of that.
  func kept(conversation id: String) -> String {
    guard let idTransform else { return id }
    var copy = id
    var bytes: [UInt8] = []
    copy.withUTF8 { idTransform.append($0, kind: .conversation, to: &bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
