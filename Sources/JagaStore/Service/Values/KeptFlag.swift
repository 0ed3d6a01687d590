public import JagaCore

/// One message at which somebody should look: its scores and the places of its evidence, without its text.
public struct KeptFlag: Hashable, Sendable {
  /// The conversation of the message.
  public var conversationID: String
  /// The message; one flag for each in its conversation.
  public var messageID: String
  /// Who wrote it; empty when unknown.
  public var authorID: String
  /// Its place in the conversation, from 0.
  public var messageIndex: Int
  /// Which queue it belongs to.
  public var kind: ReviewKind
  /// The band of the message.
  public var band: Band
  /// The probability that the message is a move.
  public var score: Double
  /// The probability that it is a disclosure.
  public var disclosure: Double
  /// The main label of the message.
  public var label: Label
  /// The band of the conversation after this message.
  public var conversationBand: Band
  /// The score of the conversation after this message.
  public var conversationScore: Double
  /// The main label of the conversation after this message.
  public var conversationLabel: Label
  /// True when somebody in the conversation asks for help.
  public var supportNeeded: Bool
  /// The language guess of the message: `id`, `en`, `mix`, `other`.
  public var language: String
  /// When the message was written, in milliseconds since 1970; nil when unknown.
  public var timestamp: Int64?
  /// When the service read it, in milliseconds since 1970.
  public var receivedAt: Int64
  /// The JSON record, one line without its break and without text.
  public var record: [UInt8]
  /// The keyed hash of the text, 32 bytes; empty when unknown.
  public var textHMAC: [UInt8]
  /// The model that said all this.
  public var modelID: String
  /// How soon somebody should look: 0 at leisure … 3 now. What lies outside is kept as the nearest of them.
  public var urgency: Int
  /// The keyed hash of the conversation's id, by which the audit names it; empty when unknown.
  public var subject: [UInt8]

  /// Creates a flag.
  public init(
    conversationID: String, messageID: String, authorID: String, messageIndex: Int, kind: ReviewKind, band: Band,
    score: Double, disclosure: Double, label: Label, conversationBand: Band, conversationScore: Double,
    conversationLabel: Label, supportNeeded: Bool, language: String, timestamp: Int64? = nil, receivedAt: Int64,
    record: [UInt8], textHMAC: [UInt8] = [], modelID: String, urgency: Int, subject: [UInt8] = []
  ) {
    self.conversationID = conversationID
    self.messageID = messageID
    self.authorID = authorID
    self.messageIndex = messageIndex
    self.kind = kind
    self.band = band
    self.score = score
    self.disclosure = disclosure
    self.label = label
    self.conversationBand = conversationBand
    self.conversationScore = conversationScore
    self.conversationLabel = conversationLabel
    self.supportNeeded = supportNeeded
    self.language = language
    self.timestamp = timestamp
    self.receivedAt = receivedAt
    self.record = record
    self.textHMAC = textHMAC
    self.modelID = modelID
    self.urgency = urgency
    self.subject = subject
  }
}
