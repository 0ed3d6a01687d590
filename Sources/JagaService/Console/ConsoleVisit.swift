internal import HTTPTypes
internal import Hummingbird
internal import JagaConsole
internal import NIOCore

/// Why a page of the console is not shown. Each becomes a page, or the way to the sign-in.
enum ConsoleFault: Error, Equatable {
  /// Nobody is signed in, or the session is over.
  case signedOut(isExpired: Bool)
  /// A page that says why.
  case problem(ProblemView.Kind)
  /// Too many tokens were tried; again in so many seconds.
  case tooMany(seconds: Int)

  /// The HTTP status of a page that says why.
  static func status(_ kind: ProblemView.Kind) -> HTTPResponse.Status {
    switch kind {
    case .notFound: .notFound
    case .forbidden: .forbidden
    case .badForm: .badRequest
    case .unavailable: .serviceUnavailable
    case .tooMany: .tooManyRequests
    }
  }
}

/// One request to the console: what was asked, by whom, with which habits.
struct ConsoleVisit {
  let request: Request
  let now: Int64
  /// Nil for a stranger.
  var session: ConsoleSession?
  /// True when there was a session and it is over.
  var isExpired = false
  /// True when the reviewer may read the audit and settle disagreements.
  var isAdmin = false
  var habits: ConsoleHabits
  /// Said once, at the top of the next page.
  var notice: PageNotice?

  init(_ request: Request, now: Int64) {
    self.request = request
    self.now = now
    habits = ConsoleHabits(request)
    if let parts = request.cookies[Self.noticeCookie]?.value.split(separator: "."),
      let kind = parts.first.flatMap({ PageNotice.Kind(rawValue: String($0)) })
    {
      notice = PageNotice(kind, item: parts.count == 2 ? Int(parts[1]) : nil)
    }
  }

  static let sessionCookie = "jaga_session"
  static let noticeCookie = "jaga_notice"
  static let filterCookie = "jaga_filter"

  /// Path and query, to come back to.
  var path: String { ConsoleOrigin.path(request.uri.path + (request.uri.query.map { "?" + $0 } ?? "")) }

  /// The query.
  var query: ConsoleForm { ConsoleForm(request.uri.query ?? "") }

  /// The session; throws for a stranger.
  func reviewer() throws(ConsoleFault) -> ConsoleSession {
    guard let session else { throw .signedOut(isExpired: isExpired) }
    return session
  }

  /// Throws unless the reviewer has the scope `admin`.
  func requireAdmin() throws(ConsoleFault) {
    _ = try reviewer()
    guard isAdmin else { throw .problem(.forbidden) }
  }
}

extension HTTPField.Name {
  private static func known(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .via }

  static let fetchSite = known("Sec-Fetch-Site")
  static let refresh = known("Refresh")
}
