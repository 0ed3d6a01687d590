internal import HTTPTypes
internal import Hummingbird
internal import JagaTranscripts

/// What the chat page sends: one message.
struct ChatRequest: Equatable, Sendable {
  /// The page's id of the message; the same when it sends it again.
  var id: String
  var text: String
  /// `id` or `en`; the language of a chat that begins.
  var language: String?
  /// The id of the last message of the bot that was shown.
  var seen: String?

  /// The largest body.
  static let bodyLimit = 64 << 10
  /// The longest id, in bytes.
  static let idLimit = 64

  /// Reads a body. Throws a ``Problem`` that says what is wrong, never what was written.
  static func read(_ body: [UInt8], textLimit: Int) throws(Problem) -> ChatRequest {
    guard String(validating: body, as: UTF8.self) != nil else {
      throw Problem(.badRequest, "encoding", "the body is not UTF-8; encode it as UTF-8")
    }
    guard let root = try? JSONValue.parse(body, depthLimit: 4, valueLimit: 64), case .object = root else {
      throw Problem(.badRequest, "json", "the body is no JSON object; send {\"id\": …, \"text\": …}")
    }
    guard let id = root["id"]?.string, !id.isEmpty, id.utf8.count <= idLimit else {
      throw Problem(
        .badRequest, "message", "a message needs an id of 1 to \(idLimit) bytes, another one each time", pointer: "/id")
    }
    guard let text = root["text"]?.string else {
      throw Problem(.badRequest, "message", "a message needs a text", pointer: "/text")
    }
    guard text.utf8.count <= textLimit else {
      throw Problem(
        .contentTooLarge, "field-too-long", "a text may have \(textLimit) bytes at most", pointer: "/text")
    }
    var request = ChatRequest(id: id, text: text)
    if let language = root["language"] {
      guard let code = language.string, code == "id" || code == "en" else {
        throw Problem(.badRequest, "message", "the language is \"id\" or \"en\"", pointer: "/language")
      }
      request.language = code
    }
    request.seen = root["seen"]?.string
    return request
  }

  /// Refuses what a page of another site could send: a browser lets no foreign page send this type unasked, and says where a page comes from.
  static func check(_ request: Request) throws(Problem) {
    let type = request.headers[.contentType]?.split(separator: ";").first?.trimmingWhitespace().lowercased()
    guard type == "application/json" else {
      throw Problem(
        .unsupportedMediaType, "content-type", "the body has to be JSON; send Content-Type: application/json")
    }
    try checkOrigin(request)
  }

  /// Refuses requests of other sites' pages.
  static func checkOrigin(_ request: Request) throws(Problem) {
    let isForeign =
      request.headers[.origin].map { !LoopbackRules.isSame($0, authority: request.head.authority) } ?? false
    guard !isForeign, ConsoleOrigin.isOwn(request) else {
      throw Problem(
        .forbidden, "foreign-origin", "the request comes from a page of another site; the chat answers its own alone")
    }
  }
}
