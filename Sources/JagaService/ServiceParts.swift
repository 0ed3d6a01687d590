public import JagaScoring
public import JagaStore
public import Logging

/// What the routes share.
public struct ServiceParts: Sendable {
  /// The scorer.
  public let scorer: Scorer
  /// The store.
  public let store: Store
  /// Conversations and their states.
  public let engine: ConversationEngine
  /// Texts that pipelines supply for review.
  public let supplied: SuppliedTexts
  /// The keys.
  public let keys: ServiceKeys
  /// What the operator chose.
  public let settings: ServiceSettings
  /// Whether the service was told to stop.
  public let state = ServiceState()
  /// Whether the store can be written.
  let writable: WritableCheck
  /// What is counted.
  public let metrics: ServiceMetrics
  /// The log.
  public let logger: Logger
  /// Who may do what.
  public let access: AccessControl
  /// Milliseconds since 1970.
  public let now: @Sendable () -> Int64

  /// What the poll bot and the webhook of flows read and speak with; nil for a service without them.
  public var voice: BotVoice?
  /// The poll bot; nil for a service without polls.
  public var desk: PollDesk?
  /// The gateway in front of the poll bot.
  public var gateway: GatewayChannel?

  /// Puts a service together.
  public init(
    scorer: Scorer, store: Store, keys: ServiceKeys, settings: ServiceSettings,
    metrics: ServiceMetrics = ServiceMetrics(),
    logger: Logger, now: @escaping @Sendable () -> Int64
  ) {
    self.scorer = scorer
    self.store = store
    var keys = keys
    keys.contacts.country = settings.phoneCountry.filter { ("0"..."9").contains($0) }
    self.keys = keys
    self.settings = settings
    self.metrics = metrics
    self.logger = logger
    self.now = now
    writable = WritableCheck(now: now) { try store.checkWritable() }
    supplied = SuppliedTexts(minutes: settings.suppliedTextMinutes)
    access = AccessControl(settings: settings.access, logger: logger, now: now) { try store.tokens() }
    engine = ConversationEngine(scorer: scorer, store: store, keys: keys, settings: settings, logger: logger, now: now)
  }
}
