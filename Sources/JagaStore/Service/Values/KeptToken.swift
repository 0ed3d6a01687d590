/// A bearer token, by its hash: the token itself is in no store.
public struct KeptToken: Hashable, Sendable {
  /// What it is called; given once, even after it was revoked, since the audit names it.
  public var name: String
  /// SHA-256 of the token: 32 bytes.
  public var hash: [UInt8]
  /// What it may do: single words.
  public var scopes: Set<String>
  /// When it was made, in milliseconds since 1970.
  public var createdAt: Int64
  /// From this time on it is not taken; nil for never.
  public var expiresAt: Int64?
  /// When it was revoked; nil when it was not.
  public var revokedAt: Int64?
  /// How many requests a minute; nil for the service's own limit.
  public var requestsPerMinute: Int?

  /// Creates a token.
  public init(
    name: String, hash: [UInt8], scopes: Set<String>, createdAt: Int64, expiresAt: Int64? = nil,
    revokedAt: Int64? = nil, requestsPerMinute: Int? = nil
  ) {
    self.name = name
    self.hash = hash
    self.scopes = scopes
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.revokedAt = revokedAt
    self.requestsPerMinute = requestsPerMinute
  }

  /// True when it is taken at this time.
  public func isValid(at now: Int64) -> Bool {
    revokedAt == nil && (expiresAt.map { now < $0 } ?? true)
  }
}
