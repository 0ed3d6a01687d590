/// A token as the access check knows it: never its secret.
public struct AccessToken: Sendable, Equatable {
  /// Its name; it stands in the audit and in logs.
  public var name: String
  /// SHA-256 of its secret, 32 bytes; see ``TokenSecret/hash``.
  public var hash: [UInt8]
  /// What it may do.
  public var scopes: Scopes
  /// From this time on it is no longer good, in milliseconds since 1970; nil for never.
  public var expiresAt: Int64?
  /// When it was withdrawn; nil while it is good.
  public var revokedAt: Int64?
  /// Its own rate limit; nil for the default.
  public var requestsPerMinute: Int?

  /// A token.
  public init(
    name: String, hash: [UInt8], scopes: Scopes, expiresAt: Int64? = nil, revokedAt: Int64? = nil,
    requestsPerMinute: Int? = nil
  ) {
    self.name = name
    self.hash = hash
    self.scopes = scopes
    self.expiresAt = expiresAt
    self.revokedAt = revokedAt
    self.requestsPerMinute = requestsPerMinute
  }

  /// True while it is neither withdrawn nor expired.
  func isGood(at now: Int64) -> Bool {
    if revokedAt != nil { return false }
    guard let expiresAt else { return true }
    return now < expiresAt
  }
}

/// What the operator may choose about access.
public struct AccessSettings: Sendable, Equatable {
  /// The service listens on loopback alone: then, while there is no token at all, everybody on this machine may do everything.
  public var isLoopback = true
  /// Requests a minute for a token without a limit of its own; a token may send as many at once.
  public var requestsPerMinute = 60_000
  /// The service itself speaks TLS; answers then forbid a browser to come back without it.
  public var speaksTLS = false

  /// The defaults.
  public init() {}
}
