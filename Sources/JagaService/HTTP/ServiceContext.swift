public import Hummingbird
internal import NIOCore

/// What is known of one request besides the request itself.
public struct ServiceContext: RequestContext {
  /// What the framework keeps of a request.
  public var coreContext: CoreRequestContextStorage
  /// Who asks; nobody until the access middleware has looked.
  public var identity = Identity.nobody
  /// The address at the other end of the connection; nil where there is none, as in tests.
  let peer: String?

  /// The context of a request that has just arrived.
  public init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    peer = source.channel.remoteAddress?.ipAddress
  }
}

/// Who asks, and what they may do. It names a token or a reviewer of the console, never a person in a chat.
public struct Identity: Sendable, Equatable {
  /// The token's name; it stands in the audit.
  public var name: String
  /// What it may do.
  public var scopes: Scopes

  /// An identity.
  public init(name: String, scopes: Scopes) {
    self.name = name
    self.scopes = scopes
  }

  /// A request without a token.
  public static let nobody = Identity(name: "", scopes: [])
  /// Everybody on this machine, where the service listens on loopback alone and has no tokens.
  public static let local = Identity(name: "local", scopes: .all)
}

/// What a token allows.
public struct Scopes: OptionSet, Sendable, Hashable {
  /// One bit for each scope.
  public let rawValue: UInt8

  /// The scopes of some bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Send messages, read results.
  public static let score = Scopes(rawValue: 1)
  /// Work in the review console: see items, decide, appeal.
  public static let review = Scopes(rawValue: 2)
  /// Audit, export and deletion of conversations, alerts, final decisions and their list. Tokens are the command line's alone.
  public static let admin = Scopes(rawValue: 4)
  /// All of them.
  public static let all: Scopes = [.score, .review, .admin]

  /// The names, as configuration, store and audit have them.
  public static let names: [(name: String, scope: Scopes)] = [
    ("score", .score), ("review", .review), ("admin", .admin),
  ]

  /// The scopes of names; nil when one is unknown.
  public init?(names: some Sequence<String>) {
    self = []
    for name in names {
      guard let known = Scopes.names.first(where: { $0.name == name }) else { return nil }
      insert(known.scope)
    }
  }

  /// The names of these scopes.
  public var nameList: [String] { Scopes.names.filter { contains($0.scope) }.map(\.name) }
}
