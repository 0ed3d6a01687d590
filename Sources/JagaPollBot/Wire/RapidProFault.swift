/// Why the body of a webhook cannot be read. Facts only, never what it says.
public enum RapidProFault: Error, Hashable, Sendable {
  /// Longer than RapidPro itself would send.
  case tooLarge(bytes: Int, limit: Int)
  /// Bytes that are not UTF-8.
  case notUTF8
  /// Not JSON.
  case notJSON
  /// JSON, but no object.
  case notObject
  /// Nested deeper than the limit.
  case tooDeep(limit: Int)
  /// More values than the limit.
  case tooMany(limit: Int)
  /// A conversation's id longer than the limit.
  case longID(limit: Int)
  /// No memory.
  case outOfMemory
}

extension RapidProFault: CustomStringConvertible {
  /// The sentence shown to people.
  public var description: String {
    switch self {
    case .tooLarge(let bytes, let limit):
      "webhook body: \(bytes) bytes, more than \(limit); send the text alone, as the guide's template does"
    case .notUTF8: "webhook body: it is not UTF-8; write the body with json(...), which is"
    case .notJSON: "webhook body: it is not JSON; write it as @(json(object(\"text\", input.text, …)))"
    case .notObject: "webhook body: it is JSON but no object; write it as @(json(object(\"text\", input.text, …)))"
    case .tooDeep(let limit): "webhook body: nested deeper than \(limit); send the text alone"
    case .tooMany(let limit): "webhook body: more than \(limit) values; send the text alone"
    case .longID(let limit): "webhook body: 'conversation_id' is longer than \(limit) bytes; give contact.uuid"
    case .outOfMemory: "webhook body: there is no memory to read it; try again"
    }
  }
}

/// Why a request holds nothing to score.
public enum RapidProSilence: String, CaseIterable, Sendable {
  /// There is no body.
  case emptyBody = "empty-body"
  /// None of the places for a text is there.
  case noText = "no-text"
  /// A place is there, and empty: the contact sent a picture, a sound or a place.
  case emptyText = "empty-text"
  /// There is no text, nor the result that the operator named.
  case noResult = "no-result"

  /// The sentence for the author of the flow.
  public var reason: String {
    switch self {
    case .emptyBody: "the webhook has no body; write it as @(json(object(\"text\", input.text, …)))"
    case .noText: "the body has no text; add \"text\", input.text to the object in the webhook's body"
    case .emptyText: "the message has no text"
    case .noResult:
      "the body has no text, nor the result that polls.flowResult names; add \"text\", input.text to the object in the webhook's body, or correct that name"
    }
  }
}
