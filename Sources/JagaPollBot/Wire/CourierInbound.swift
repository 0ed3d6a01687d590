internal import JagaTranscripts

/// A message that a gateway brings, as courier's external channel takes it: `from` or `sender`, `text`, `date` or `time`.
///
/// Who sent it is needed to answer, so it is in this value; the service seals it before anything is kept. Printed, the value shows neither sender nor text.
public struct CourierInbound: Hashable, Sendable {
  /// The longest sender or id, in bytes.
  public static let valueLimit = 255

  /// Who sent it: a number, or an id of the gateway's.
  public var sender: String
  /// What was written; empty for a picture or a sound.
  public var text: String
  /// When it was sent, in milliseconds since 1970; nil when the gateway does not say.
  public var sentAt: Int64?
  /// The gateway's id of the message: `id` or `message_id`; nil when it gives none.
  public var messageID: String?

  /// Creates a message.
  public init(sender: String, text: String, sentAt: Int64? = nil, messageID: String? = nil) {
    self.sender = sender
    self.text = text
    self.sentAt = sentAt
    self.messageID = messageID
  }

  /// Reads the form of a POST, the query of a GET, or both, of which the form counts first. Throws ``CourierFault``.
  ///
  /// Gateways that leave `+` as it is in a number or a time zone are understood: there it can mean nothing else. Cost: one pass.
  public static func read(form: [UInt8], query: [UInt8] = []) throws(CourierFault) -> CourierInbound {
    let fields = try FormFields([form, query])
    let sender = try sender(fields)
    var message = CourierInbound(sender: sender, text: fields.first(of: "text")?.value ?? "")
    if let (name, value) = fields.first(of: "date", "time"), !value.isEmpty {
      guard let time = RFC3339.milliseconds(value) ?? RFC3339.milliseconds(value.withZoneSign) else {
        throw .badDate(field: name)
      }
      message.sentAt = time
    }
    if let (name, value) = fields.first(of: "id", "message_id"), !value.isEmpty {
      message.messageID = try plain(value, name)
    }
    return message
  }

  /// Reads who asked the gateway to be sent nothing any more: `from` or `sender`. Throws ``CourierFault``.
  public static func readStopped(form: [UInt8], query: [UInt8] = []) throws(CourierFault) -> String {
    try sender(try FormFields([form, query]))
  }

  /// Bytes that are the same when the gateway repeats the message, and otherwise not: the sender, and the id or else time and text. Nil when it gives neither id nor
  /// time, since somebody may well write the same twice. To be hashed with a key, and not kept as it is.
  public var identity: [UInt8]? {
    var bytes: [UInt8] = []
    func add(_ text: String) {
      bytes += "\(text.utf8.count):".utf8
      bytes += text.utf8
    }
    if let messageID {
      // A gateway may count its ids for each phone.
      bytes += "id ".utf8
      add(sender)
      add(messageID)
      return bytes
    }
    guard let sentAt else { return nil }
    bytes += "message ".utf8
    add(sender)
    add(String(sentAt))
    add(text)
    return bytes
  }

  private static func sender(_ fields: FormFields) throws(CourierFault) -> String {
    guard let (name, value) = fields.first(of: "from", "sender") else { throw .noSender }
    let sender = value.first == " " && value.dropFirst().first?.isNumber == true ? "+" + value.dropFirst() : value
    guard sender.contains(where: { !$0.isWhitespace }) else { throw .noSender }
    return try plain(sender, name)
  }

  static func plain(_ value: String, _ field: String) throws(CourierFault) -> String {
    guard value.utf8.count <= valueLimit else { throw .longValue(field: field, limit: valueLimit) }
    guard !value.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }) else {
      throw .controlCharacter(field: field)
    }
    return value
  }
}

extension CourierInbound: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Its size, and nothing of what it holds.
  public var description: String { "CourierInbound(\(text.utf8.count) bytes of text)" }
  /// The same.
  public var debugDescription: String { description }
  /// Nothing to look into.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension String {
  /// With the last space as the sign of a time zone: `…T08:30:00 07:00` was `…+07:00`.
  fileprivate var withZoneSign: String {
    guard let place = lastIndex(of: " ") else { return self }
    return self[..<place] + "+" + self[index(after: place)...]
  }
}
