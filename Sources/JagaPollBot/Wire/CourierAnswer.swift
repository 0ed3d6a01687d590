internal import JagaTranscripts

/// What a gateway gets back, in courier's words.
public enum CourierAnswer: Hashable, Sendable {
  /// A message was taken, or had been: the protocol echoes its text.
  case message(id: String, text: String, urn: String)
  /// A report was taken.
  case status(id: String)
  /// Somebody wants nothing any more, and that was taken.
  case stopped(urn: String)
  /// Nothing was to be done.
  case ignored(String)
  /// The request cannot be taken.
  case error(String)

  /// 200, or 400 for an error.
  public var statusCode: Int {
    if case .error = self { return 400 }
    return 200
  }

  /// One JSON object.
  public var bytes: [UInt8] {
    switch self {
    case .message(let id, let text, let urn):
      CourierAnswer.object("Message Accepted", [("type", "msg"), ("msg_uuid", id), ("text", text), ("urn", urn)])
    case .status(let id): CourierAnswer.object("Status Update Accepted", [("type", "status"), ("msg_uuid", id)])
    case .stopped(let urn):
      CourierAnswer.object(
        "Event Accepted", [("type", "event"), ("event_type", "stop_contact"), ("urn", urn)])
    case .ignored(let info): CourierAnswer.object("Ignored", [("type", "info"), ("info", info)])
    case .error(let error): CourierAnswer.object("Error", [("type", "error"), ("error", error)])
    }
  }

  private static func object(_ message: StaticString, _ data: [(StaticString, String)]) -> [UInt8] {
    var bytes = Array("{\"message\":\"\(message)\",\"data\":[{".utf8)
    for (place, (name, value)) in data.enumerated() {
      bytes += (place > 0 ? ",\"\(name)\":" : "\"\(name)\":").utf8
      JSONWriter.append(value, to: &bytes)
    }
    bytes += "}]}".utf8
    return bytes
  }
}
