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
