internal import JagaBatch
public import JagaCore

/// What an alert says: which conversation, how far it has gone, where to look. No text, no author, no person.
///
///     AlertPayload(conversationID: "c1", …).json  // {"type":"conversation.alert","conversation_id":"c1","band":"high",…}
public struct AlertPayload: Sendable, Equatable {
  /// Why it is sent.
  public enum Reason: String, Sendable {
    /// The conversation reached the band of the configuration.
    case band
    /// Somebody in it asks for help, for the first time.
    case support
  }

  /// Why it is sent.
  public var reason: Reason
  /// The conversation, as it is known here: a hash when ids are hashed.
  public var conversationID: String
  /// The message after which it was so.
  public var messageID: String
  /// The conversation's band.
  public var band: Band
  /// Its score, 0…1.
  public var score: Double
  /// Its most likely move; `benign` or `disclosure` where there is none.
  public var label: Label
  /// Whether somebody in it asks for help.
  public var supportNeeded: Bool
  /// The model that decided.
  public var modelID: String
  /// Milliseconds since 1970.
  public var at: Int64

  /// An alert.
  public init(
    reason: Reason, conversationID: String, messageID: String, band: Band, score: Double, label: Label,
    supportNeeded: Bool, modelID: String, at: Int64
  ) {
    self.reason = reason
    self.conversationID = conversationID
    self.messageID = messageID
    self.band = band
    self.score = score
    self.label = label
    self.supportNeeded = supportNeeded
    self.modelID = modelID
    self.at = at
  }

  /// The payload as one JSON object; `publicURL` begins the link to the conversation, a path alone without it.
  public func json(publicURL: String = "") -> [UInt8] {
    let buffer = JagaBatch.ByteBuffer(capacity: 512)
    buffer.append("{\"type\":\"conversation.alert\",\"reason\":")
    buffer.append(json: reason.rawValue)
    buffer.append(",\"conversation_id\":")
    buffer.append(json: conversationID)
    buffer.append(",\"message_id\":")
    buffer.append(json: messageID)
    buffer.append(",\"band\":")
    buffer.append(json: band.name)
    buffer.append(",\"score\":")
    buffer.append(probability: score)
    if let track = label.track {
      buffer.append(",\"track\":")
      buffer.append(json: track.name)
      buffer.append(",\"stage\":")
      buffer.append(json: String(label.name.dropFirst(track.name.count + 1)))
    } else {
      buffer.append(",\"track\":null,\"stage\":null")
    }
    buffer.append(",\"support_needed\":")
    buffer.append(text: "\(supportNeeded)")
    buffer.append(",\"link\":")
    buffer.append(json: AlertPayload.link(conversationID, publicURL: publicURL))
    buffer.append(",\"model\":")
    buffer.append(json: modelID)
    buffer.append(",\"at\":")
    buffer.append(integer: Int(at))
    buffer.append("}")
    return buffer.withBytes { Array($0) }
  }

  /// Where the console shows a conversation.
  static func link(_ conversation: String, publicURL: String) -> String {
    var base = publicURL
    while base.hasSuffix("/") { base.removeLast() }
    return base + "/conversations/" + percentEncoded(conversation)
  }

  private static func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var made: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: made.append(byte)
      default: made += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: made, as: UTF8.self)
  }
}
