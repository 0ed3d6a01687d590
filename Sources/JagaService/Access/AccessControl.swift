internal import HTTPTypes
internal import Hummingbird
public import JagaStore
public import Logging

/// Who may do what: tokens, their limits, and the open mode of a service that only this machine can reach.
///
///     let access = AccessControl(settings: AccessSettings(), logger: logger, now: now) { try tokens() }
///     let identity = try access.identity(of: request)
public final class AccessControl: Sendable {
  /// What the operator chose.
  public let settings: AccessSettings
  private let tokens: TokenTable
  private let limiter = RateLimiter()
  private let now: @Sendable () -> Int64

  /// `read` gives all tokens of the store, revoked ones included; it is called every two seconds while requests come.
  public init(
    settings: AccessSettings, logger: Logger, now: @escaping @Sendable () -> Int64,
    read: @escaping @Sendable () throws -> [KeptToken]
  ) {
    self.settings = settings
    self.now = now
    tokens = TokenTable(logger: logger, read: read)
  }

  /// Who asks, and where his rate limit stands. Nobody when the request has no token; throws when its token is not good, when
  /// it has sent too much, or when it breaks the rules of the open mode.
  func admit(_ request: Request) throws(Problem) -> (identity: Identity, verdict: RateLimiter.Verdict?) {
    let time = now()
    if try isOpen {
      if let problem = LoopbackRules.problem(with: request) { throw problem }
      return (.local, nil)
    }
    guard let secret = PresentedSecret.of(request) else { return (.nobody, nil) }
    guard let token = try tokens.token(of: secret, now: time) else {
      throw Problem(
        .unauthorized, "token-unknown", "the token is not known, revoked or expired; ask the operator for another",
        headers: [.wwwAuthenticate: "Bearer realm=\"jaga\", error=\"invalid_token\""])
    }
    let verdict = limiter.take(token.name, perMinute: token.requestsPerMinute ?? settings.requestsPerMinute, now: time)
    if let problem = verdict.problem { throw problem }
    return (Identity(token), verdict)
  }

  /// True while no token is needed: the service listens on loopback alone, and no token was ever made.
  public var isOpen: Bool {
    get throws(Problem) {
      guard settings.isLoopback else { return false }
      return try tokens.isEmpty(now: now())
    }
  }

  /// The identity of a secret, for the sign-in of the console; nil when the secret is not good.
  public func identity(ofSecret secret: String) throws(Problem) -> Identity? {
    try tokens.token(of: TokenSecret(secret), now: now()).map(Identity.init)
  }

  /// The identity of a token by its name, as long as the token is good: what a session rests on.
  public func identity(named name: String) throws(Problem) -> Identity? {
    try tokens.token(named: name, now: now()).map(Identity.init)
  }
}

extension Identity {
  /// Whoever holds a token. A scope that this version does not know allows nothing.
  init(_ token: KeptToken) {
    let known = Scopes.names.filter { token.scopes.contains($0.name) }
    self.init(name: token.name, scopes: Scopes(known.map(\.scope)))
  }
}
