internal import HTTPTypes
internal import Hummingbird
internal import JagaConsole
internal import NIOCore

/// The chat page and its files. They are kept by no browser, so that nothing on a shared phone tells of the chat but a cookie.
enum ChatPage {
  /// The page in a language; `isKnown` for somebody whose chat goes on.
  static func response(language: String, isKnown: Bool) -> Response {
    let html = String(decoding: PackageResources.chat_html, as: UTF8.self)
      .replacing("{{language}}", with: language).replacing("{{known}}", with: isKnown ? "yes" : "no")
    var page = response(Array(html.utf8), type: "text/html; charset=utf-8")
    page.headers[.contentSecurityPolicy] = policy
    return page
  }

  /// A file below `/chat/`; nil for any other name.
  static func file(_ name: String) -> Response? {
    switch name {
    case "chat.css": response(PackageResources.chat_css, type: "text/css; charset=utf-8")
    case "chat.js": response(PackageResources.chat_js, type: "text/javascript; charset=utf-8")
    case "chat.svg": response(PackageResources.chat_svg, type: "image/svg+xml")
    default: nil
    }
  }

  /// `?lang=`, else what the browser asks for.
  static func language(of request: Request) -> String {
    if let asked = request.uri.queryParameters["lang"], asked == "id" || asked == "en" { return String(asked) }
    return ConsoleHabits.preferred(request.headers[.acceptLanguage] ?? "").rawValue
  }

  private static let policy = [
    "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self'", "connect-src 'self'",
    "form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'",
  ].joined(separator: "; ")

  private static func response(_ bytes: [UInt8], type: String) -> Response {
    Response(
      status: .ok, headers: [.contentType: type, .contentLength: "\(bytes.count)", .cacheControl: "no-store"],
      body: .init(byteBuffer: NIOCore.ByteBuffer(bytes: bytes)))
  }
}
