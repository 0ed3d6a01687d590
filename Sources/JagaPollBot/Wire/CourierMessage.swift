/// A message for a gateway. Printed, it shows neither text nor numbers.
public struct CourierMessage: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  /// The id that reports will name.
  public var id: String
  /// What is written.
  public var text: String
  /// To whom.
  public var to: String
  /// From which number.
  public var from: String
  /// Through which channel.
  public var channel: String
  /// Answers that a contact can tap.
  public var quickReplies: [String]

  /// Creates a message.
  public init(
    id: String, text: String, to: String, from: String = "", channel: String = "", quickReplies: [String] = []
  ) {
    self.id = id
    self.text = text
    self.to = to
    self.from = from
    self.channel = channel
    self.quickReplies = quickReplies
  }

  /// Its size, and nothing of what it holds.
  public var description: String { "CourierMessage(\(text.utf8.count) bytes of text)" }
  /// Nothing to look into.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A request to a gateway. Printed, it shows neither address nor body.
public struct CourierRequest: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  /// `GET`, `POST` or `PUT`.
  public var method: String
  /// The address.
  public var url: String
  /// The type of the body; nil without one.
  public var contentType: String?
  /// The body; empty for GET.
  public var body: [UInt8]

  /// Creates a request.
  public init(method: String, url: String, contentType: String?, body: [UInt8]) {
    self.method = method
    self.url = url
    self.contentType = contentType
    self.body = body
  }

  /// Its method and size, and nothing of what it holds.
  public var description: String { "CourierRequest(\(method), \(body.count) bytes)" }
  /// Nothing to look into.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
