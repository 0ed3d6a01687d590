/// How an operator's gateway wants to be given messages, as courier's external channel describes it.
///
///     let template = try CourierTemplate(url: "https://sms.example.org/send", body: #"{"to":{{to}},"text":{{text}}}"#, content: .json)
///     template.request(for: message).body  // {"to":"+62…","text":"…"}
///
/// Names are `{{id}} {{text}} {{to}} {{to_no_plus}} {{from}} {{from_no_plus}} {{channel}} {{quick_replies}}`. Each value is written as its place wants it, so
/// that nothing in a text can end the value: in a URL and a form percent-encoded, in JSON as a string with its quotes, or without them where the
/// template has put quotes itself, in XML escaped. Quick replies are `&quick_reply=…` for each, an array, or `<item>…</item>` for each.
public struct CourierTemplate: Hashable, Sendable {
  /// How the body is written.
  public enum Content: String, CaseIterable, Sendable {
    /// `application/x-www-form-urlencoded`.
    case form = "urlencoded"
    /// `application/json`.
    case json
    /// `text/xml`.
    case xml

    /// The value of `Content-Type`.
    public var type: String {
      switch self {
      case .form: "application/x-www-form-urlencoded"
      case .json: "application/json"
      case .xml: "text/xml; charset=utf-8"
      }
    }
  }

  /// How it is sent.
  public enum Method: String, CaseIterable, Sendable {
    /// Everything is in the URL.
    case get = "GET"
    /// With a body.
    case post = "POST"
    /// With a body.
    case put = "PUT"
  }

  private let method: Method
  private let content: Content
  private let url: [TemplatePiece]
  private let body: [TemplatePiece]

  /// Reads a template. Throws ``CourierTemplateFault`` for everything that can be seen before the first message: unknown names, a host that depends on a
  /// message, a template without `{{text}}` or without `{{to}}`, a JSON body that would be none.
  public init(url: String, body: String = "", content: Content = .form, method: Method = .post)
    throws(CourierTemplateFault)
  {
    guard method != .get || body.isEmpty else { throw .bodyOfGet }
    self.method = method
    self.content = content
    self.url = try TemplatePiece.read(url, .url, nil)
    self.body = try TemplatePiece.read(body, .body, content)
    try CourierTemplate.check(url: url, self.url)
    let names = (self.url + self.body).compactMap(\.name)
    guard names.contains(.text) else { throw .missing("text") }
    guard names.contains(.to) || names.contains(.toNoPlus) else { throw .missing("to") }
    if content == .json, !self.body.isEmpty { try checkJSON() }
  }

  /// The request that brings a message.
  public func request(for message: CourierMessage) -> CourierRequest {
    let filled = body.flatMap { $0.bytes(message) }
    return CourierRequest(
      method: method.rawValue, url: String(decoding: url.flatMap { $0.bytes(message) }, as: UTF8.self),
      contentType: method == .get ? nil : content.type, body: filled)
  }

  private static func check(url: String, _ pieces: [TemplatePiece]) throws(CourierTemplateFault) {
    let schemes = ["https://", "http://"]
    guard let scheme = schemes.first(where: { url.lowercased().hasPrefix($0) }),
      url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { throw .badURL }
    guard case .literal(let head)? = pieces.first else { throw .messageInHost }
    let rest = head.dropFirst(scheme.utf8.count)
    let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }
    guard let end else { throw pieces.count == 1 && !rest.isEmpty ? .missing("text") : .messageInHost }
    guard end > rest.startIndex else { throw .badURL }
  }
}
