internal import HTTPTypes
internal import Hummingbird
internal import JagaConsole
internal import JagaStore
internal import Logging
internal import NIOCore

extension ConsoleRoutes {
  /// A page with the header fields that keep a browser from doing anything else with it.
  func page(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status,
      headers: [
        .contentType: "text/html; charset=utf-8", .contentLength: "\(bytes.count)", .cacheControl: "no-store",
        .contentSecurityPolicy: Self.policy,
        // With `no-referrer` browsers send forms with the origin `null`, and nobody could tell ours from another site's.
        .referrerPolicy: "same-origin",
      ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  private static let policy = [
    "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self'", "form-action 'self'",
    "base-uri 'none'", "frame-ancestors 'none'",
  ].joined(separator: "; ")

  /// On to another page, with a notice for it.
  func redirect(_ path: String, _ notice: PageNotice? = nil, _ visit: ConsoleVisit) -> Response {
    var response = Response(status: .seeOther, headers: [.location: path, .cacheControl: "no-store"])
    if let notice {
      let value = notice.kind.rawValue + (notice.item.map { ".\($0)" } ?? "")
      response.setCookie(cookie(ConsoleVisit.noticeCookie, value, maxAge: 60, visit))
    }
    return response
  }

  /// A cookie for this console alone. It is marked as secure where the service, or the proxy before it, speaks TLS.
  func cookie(_ name: String, _ value: String, maxAge: Int?, _ visit: ConsoleVisit) -> Cookie {
    let isSecure =
      parts.settings.access.speaksTLS || visit.request.headers[.forwardedProtocol]?.lowercased() == "https"
    return Cookie(
      name: name, value: value, maxAge: maxAge, path: "/", secure: isSecure, httpOnly: true, sameSite: .strict)
  }

  /// What stands around a page.
  func frame(_ visit: ConsoleVisit, waiting: Int? = nil) -> PageFrame {
    var frame = PageFrame(
      language: visit.habits.language, theme: visit.habits.theme, path: visit.path, canAudit: visit.isAdmin,
      veil: visit.habits.veil, shortcuts: visit.habits.shortcuts, notice: visit.notice, waiting: waiting)
    if let session = visit.session {
      frame.reviewer = session.reviewer
      frame.csrf = session.formToken(parts.keys.sessions)
      frame.work = WorkSummary(decisions: session.decisions, minutes: session.minutes(at: visit.now))
    }
    return frame
  }

  /// What an error becomes: the way to the sign-in, or a page that says why.
  func answer(_ error: any Error, _ visit: ConsoleVisit) -> Response {
    switch error {
    case ConsoleFault.signedOut(let isExpired):
      let next = visit.request.method == .get ? visit.path : "/"
      let address = next == "/" ? "/sign-in" : "/sign-in?next=" + next.percentEncoded
      return redirect(address, isExpired ? PageNotice(.expired) : nil, visit)
    case ConsoleFault.problem(let kind): return problem(kind, visit)
    case ConsoleFault.tooMany(let seconds):
      var response = problem(.tooMany, visit)
      response.headers[.retryAfter] = "\(seconds)"
      return response
    case is ReviewError: return problem(.notFound, visit)
    default:
      parts.logger.error(
        "console failed", metadata: ["path": "\(visit.request.uri.path)", "error": "\(type(of: error))"])
      return problem(.unavailable, visit)
    }
  }

  private func problem(_ kind: ProblemView.Kind, _ visit: ConsoleVisit) -> Response {
    let status = ConsoleFault.status(kind)
    return page(console.problem(ProblemView(kind, status: status.code), frame(visit)), status: status)
  }

  /// The style sheet, the script and the icon. Their addresses change with their content, so a browser may keep them.
  func asset(_ request: Request, _ context: ServiceContext) throws -> Response {
    guard let name = context.parameters.get("name"), let asset = console.assets.first(where: { $0.name == name }) else {
      throw HTTPError(.notFound)
    }
    let isCurrent = request.uri.queryParameters["v"].map { $0 == asset.version } ?? false
    return Response(
      status: .ok,
      headers: [
        .contentType: asset.type, .contentLength: "\(asset.bytes.count)",
        .cacheControl: isCurrent ? "public, max-age=31536000, immutable" : "no-cache",
      ], body: .init(byteBuffer: ByteBuffer(bytes: asset.bytes)))
  }
}

extension String {
  /// For the value of a query: all but unreserved characters (RFC 3986) as `%41`.
  var percentEncoded: String {
    utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        String(UnicodeScalar(byte))
      default: "%" + Hexadecimal.text([byte]).uppercased()
      }
    }.joined()
  }
}
