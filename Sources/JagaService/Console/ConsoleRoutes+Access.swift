internal import HTTPTypes
internal import Hummingbird
internal import JagaConsole
internal import JagaStore
internal import Logging

extension ConsoleRoutes {
  /// The page for the token. Who is signed in already goes on.
  func signInPage(_ visit: ConsoleVisit) throws -> Response {
    let next = ConsoleOrigin.path(visit.query["next"])
    if visit.session != nil { return redirect(next, visit.notice, visit) }
    var response = page(
      console.signIn(SignInView(next: next, isOpen: try parts.access.isOpen), frame(visit)))
    // A strict cookie does not come along with a link from another site, such as a ticket or an alert. One more step from our own page brings it.
    if visit.request.headers[.fetchSite] == "cross-site" { response.headers[.refresh] = "0; url=\(visit.path)" }
    return response
  }

  /// Begins a session: for a token with the scope `review`, or, in the open mode, for a name.
  func signIn(_ visit: ConsoleVisit, _ form: ConsoleForm, _ context: ServiceContext) throws -> Response {
    let next = ConsoleOrigin.path(form["next"])
    let address = next == "/" ? "/sign-in" : "/sign-in?next=" + next.percentEncoded
    let session: ConsoleSession
    if try parts.access.isOpen {
      guard let name = Self.name(form["name"]) else { return redirect(address, nil, visit) }
      session = ConsoleSession(reviewer: name, isOpen: true, now: visit.now)
    } else {
      guard let identity = try identity(form["token"] ?? "", visit, context) else {
        return redirect(address, PageNotice(.wrongToken), visit)
      }
      session = ConsoleSession(reviewer: identity.name, isOpen: false, now: visit.now)
    }
    try record("session.opened", by: session, at: visit.now)
    var response = redirect(next, nil, visit)
    response.setCookie(sessionCookie(session, visit))
    return response
  }

  /// Who a token is of; nil when it is no good here. Throws for whoever has tried too many. A token that is not known and one that may not review are
  /// refused alike.
  private func identity(_ token: String, _ visit: ConsoleVisit, _ context: ServiceContext) throws -> Identity? {
    let address = ClientAddress.mark(of: visit.request, context, parts.keys.sessions)
    if let refusal = signIns.refusal(address: address, token: token, now: visit.now) {
      parts.metrics.countSignIn("held")
      throw ConsoleFault.tooMany(seconds: refusal.seconds)
    }
    if let identity = try parts.access.identity(ofSecret: token), identity.scopes.contains(.review) { return identity }
    parts.metrics.countSignIn("refused")
    parts.logger.notice("sign-in refused")
    for cause in signIns.fail(address: address, token: token, now: visit.now) {
      parts.logger.warning("sign-ins are held back", metadata: ["cause": "\(cause.rawValue)"])
      var detail = AuditDetail()
      detail.add("cause", cause.rawValue)
      detail.add("failures", SignInGuard.failures)
      try parts.store.commit(
        ServiceChanges(audit: [
          AuditDraft(at: visit.now, actor: "jaga", action: "session.held", detail: detail.json)
        ]))
    }
    return nil
  }

  /// Ends the session, in this browser and for every copy of its cookie.
  func signOut(_ visit: ConsoleVisit, _ form: ConsoleForm) throws -> Response {
    let session = try visit.reviewer()
    try record("session.closed", by: session, at: visit.now)
    ended.end(session, now: visit.now)
    var response = redirect("/sign-in", PageNotice(.signedOut), visit)
    response.setCookie(cookie(ConsoleVisit.sessionCookie, "", maxAge: 0, visit))
    return response
  }

  /// Keeps a habit, and goes back to where it was changed.
  func preferences(_ visit: ConsoleVisit, _ form: ConsoleForm) throws -> Response {
    var habits = visit.habits
    guard habits.change(form) else { throw ConsoleFault.problem(.badForm) }
    var response = redirect(ConsoleOrigin.path(form["return"]), nil, visit)
    response.setCookie(cookie(ConsoleHabits.cookieName, habits.cookie, maxAge: 365 * 86_400, visit))
    return response
  }

  /// The cookie of a session; it ends with the browser, and at the latest with the session.
  func sessionCookie(_ session: ConsoleSession, _ visit: ConsoleVisit) -> Cookie {
    cookie(ConsoleVisit.sessionCookie, session.cookie(parts.keys.sessions), maxAge: nil, visit)
  }

  private func record(_ action: String, by session: ConsoleSession, at now: Int64) throws {
    try parts.store.commit(
      ServiceChanges(audit: [AuditDraft(at: now, actor: session.reviewer, action: action)]))
  }

  /// A name that may stand in the audit: at most 64 characters that can be seen, and not one of the service's own.
  static func name(_ text: String?) -> String? {
    guard let text, !text.isEmpty, text.count <= 64, text.utf8.count <= 256,
      !["jaga", "local"].contains(text.lowercased()),
      text.unicodeScalars.allSatisfy({
        $0.properties.isAlphabetic || $0.properties.numericType != nil || " .-_'’@".unicodeScalars.contains($0)
      })
    else { return nil }
    return text
  }
}
