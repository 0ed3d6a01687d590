internal import HTTPTypes
internal import Hummingbird
internal import JagaConsole
internal import JagaStore
internal import Logging
internal import NIOCore

/// The review console in the browser: `/`, `/items/N`, `/find`, `/audit`, `/work` and what belongs to them.
///
/// A session is a signed cookie that rests on a token with the scope `review`; it ends with the token. Every form carries the session's token and
/// must come from the console's own pages. Opening an item leaves a row in the audit.
struct ConsoleRoutes: Sendable {
  let parts: ServiceParts
  let console: Console
  let ended = EndedSessions()
  let signIns = SignInGuard()

  /// Nil, with a line in the log, when the console's own resources are broken.
  init?(parts: ServiceParts) {
    self.parts = parts
    do {
      console = try Console()
    } catch {
      parts.logger.critical("no console", metadata: ["error": "\(error)"])
      return nil
    }
  }

  func add(to router: some RouterMethods<ServiceContext>) {
    router.get("/") { request, _ in await serve(request, queue) }
    router.get("/items/{item}") { request, context in await serve(request) { try item(context, $0) } }
    router.post("/items/{item}/decision") { request, context in
      await submit(request) { try decide(context, $0, $1) }
    }
    router.post("/items/{item}/appeal") { request, context in await submit(request) { try appeal(context, $0, $1) } }
    router.post("/items/{item}/answer") { request, context in
      await submit(request, later: { try await answer(context, $0, $1) })
    }
    router.get("/find") { request, _ in await serve(request, find) }
    router.get("/audit") { request, _ in await serve(request) { try audit($0) } }
    router.post("/audit/verify") { request, _ in await submit(request) { visit, _ in try verify(visit) } }
    router.get("/work") { request, _ in await serve(request, work) }
    router.get("/sign-in") { request, _ in await serve(request, signInPage) }
    router.post("/sign-in") { request, context in
      await submit(request, needsSession: false) { try signIn($0, $1, context) }
    }
    router.post("/sign-out") { request, _ in await submit(request, signOut) }
    router.post("/preferences") { request, _ in await submit(request, needsSession: false, preferences) }
    router.get("/assets/{name}") { request, context in try asset(request, context) }
  }

  /// Answers a request with a page; what goes wrong becomes a page as well. Pages read and write the store, so they are made on its threads.
  private func serve(
    _ request: Request, _ body: @escaping @Sendable (ConsoleVisit) throws -> Response
  ) async -> Response {
    var visit = ConsoleVisit(request, now: parts.now())
    do {
      try recognise(&visit)
      var response = try await StoreWork.run { [visit] in try body(visit) }
      if visit.notice != nil
        && response.headers[values: .setCookie].allSatisfy({ !$0.hasPrefix(ConsoleVisit.noticeCookie) })
      {
        response.setCookie(cookie(ConsoleVisit.noticeCookie, "", maxAge: 0, visit))
      }
      return response
    } catch {
      return answer(error, visit)
    }
  }

  /// Answers a form. It must come from the console itself, and, of somebody who is signed in, carry the session's token.
  private func submit(
    _ request: Request, needsSession: Bool = true,
    _ body: @escaping @Sendable (ConsoleVisit, ConsoleForm) throws -> Response
  ) async -> Response {
    await submit(request, needsSession: needsSession) { visit, form in
      try await StoreWork.run { try body(visit, form) }
    }
  }

  /// The same for a form that others have to do with; `later` runs on Swift's own threads.
  private func submit(
    _ request: Request, needsSession: Bool = true, later: (ConsoleVisit, ConsoleForm) async throws -> Response
  ) async -> Response {
    var visit = ConsoleVisit(request, now: parts.now())
    visit.notice = nil
    do {
      guard ConsoleOrigin.isOwn(request) else { throw ConsoleFault.problem(.badForm) }
      try recognise(&visit)
      let form = try await form(of: request)
      if needsSession { _ = try visit.reviewer() }
      if let session = visit.session {
        let given = Array((form["csrf"] ?? "").utf8)
        guard TokenSecret.isSame(given, Array(session.formToken(parts.keys.sessions).utf8)) else {
          throw ConsoleFault.problem(.badForm)
        }
      }
      return try await later(visit, form)
    } catch {
      return answer(error, visit)
    }
  }

  func form(of request: Request) async throws -> ConsoleForm {
    let type = request.headers[.contentType] ?? ""
    guard type.lowercased().hasPrefix("application/x-www-form-urlencoded") else {
      throw ConsoleFault.problem(.badForm)
    }
    // What is too large, too slow or cut off is the sender's fault, not the console's.
    guard let bytes = try? await parts.body(of: request, most: ConsoleForm.limit),
      let text = String(validating: bytes, as: UTF8.self)
    else { throw ConsoleFault.problem(.badForm) }
    return ConsoleForm(text)
  }

  /// Who is signed in. A session that no longer rests on a good token is over.
  private func recognise(_ visit: inout ConsoleVisit) throws {
    guard let value = visit.request.cookies[ConsoleVisit.sessionCookie]?.value, !value.isEmpty else { return }
    visit.isExpired = true
    guard let session = ConsoleSession(value, key: parts.keys.sessions, now: visit.now), !ended.contains(session) else {
      return
    }
    if session.isOpen {
      guard try parts.access.isOpen else { return }
      visit.isAdmin = true
    } else {
      guard let identity = try parts.access.identity(named: session.reviewer), identity.scopes.contains(.review) else {
        return
      }
      visit.isAdmin = identity.scopes.contains(.admin)
    }
    visit.session = session
    visit.isExpired = false
  }
}
