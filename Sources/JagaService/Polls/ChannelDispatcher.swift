internal import JagaPollBot
public import JagaStore
public import Logging
public import ServiceLifecycle
internal import Synchronization

/// Brings the bot's messages to the gateway, each contact's in their order, and tries again what fails.
///
/// A message stands in the outbox since the transaction that kept the reply, and leaves it when the gateway has answered 2xx: a crash loses none, and may bring one twice, under
/// the same id. One that is tried again holds back those of its contact, and nobody else's.
public final class ChannelDispatcher: Service {
  private let store: Store
  private let keys: ContactKeys
  private let channel: GatewayChannel
  private let retry: AlertRetry
  private let transport: any AlertTransport
  private let logger: Logger
  private let now: @Sendable () -> Int64
  private let generator: Mutex<JitterGenerator>

  /// The most messages under way.
  static let limit = 64
  /// Between two looks at the outbox where nothing ends.
  static let pause = Duration.milliseconds(100)

  /// A dispatcher; `seed` draws the pauses.
  public init(
    store: Store, keys: ServiceKeys, channel: GatewayChannel, retry: AlertRetry, transport: any AlertTransport,
    logger: Logger, seed: UInt64, now: @escaping @Sendable () -> Int64
  ) {
    self.store = store
    self.keys = keys.contacts
    self.channel = channel
    self.retry = retry
    self.transport = transport
    self.logger = logger
    self.now = now
    generator = Mutex(JitterGenerator(seed: seed))
  }

  /// Brings messages to the gateway until the service stops; what is due then stays in the outbox. A message that the gateway is slow to take holds back its contact alone.
  public func run() async throws {
    await withTaskGroup(of: [UInt8]?.self) { group in
      // By contact: what was withdrawn while it is under way must not be overtaken by what follows it.
      var underWay: Set<[UInt8]> = []
      group.addTask { await ChannelDispatcher.tick() }
      while !Task.isCancelled, !Task.isShuttingDownGracefully {
        for message in await due(except: underWay) {
          underWay.insert(message.contact)
          group.addTask {
            _ = await self.deliver(message)
            return message.contact
          }
        }
        // Whatever ends first: a message, or a moment.
        guard let ended = await group.next() else { break }
        if let ended { underWay.remove(ended) } else { group.addTask { await ChannelDispatcher.tick() } }
      }
    }
    await transport.close()
  }

  private static func tick() async -> [UInt8]? {
    try? await cancelWhenGracefulShutdown { try await Task.sleep(for: pause) }
    return nil
  }

  /// What may be sent now, as many as there is room for beside those under way.
  private func due(except underWay: Set<[UInt8]>) async -> ArraySlice<KeptOutgoing> {
    let room = ChannelDispatcher.limit - underWay.count
    guard room > 0 else { return [] }
    let (store, now) = (store, now())
    do {
      let due = try await StoreWork.run {
        try store.dueOutgoing(channel: GatewayChannel.name, now: now, limit: ChannelDispatcher.limit + underWay.count)
      }
      return due.filter { !underWay.contains($0.contact) }.prefix(room)
    } catch {
      logger.error("the outbox of the poll bot cannot be read", metadata: ["error": "\(error)"])
      return []
    }
  }

  /// Brings what is due to the gateway, once, and waits for it; how many messages left the outbox. An outcome that the store does not take is tried again: the gateway then
  /// gets the message twice.
  func round() async -> Int {
    let due = await due(except: [])
    return await withTaskGroup(of: Bool.self) { group in
      for message in due { group.addTask { await self.deliver(message) } }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
  }

  /// True when the message does not wait any more.
  private func deliver(_ message: KeptOutgoing) async -> Bool {
    let outcome = await attempt(message)
    let (store, now) = (store, now())
    do {
      try await StoreWork.run { try store.settleOutgoing(message.id, outcome, now: now) }
    } catch {
      logger.error("what became of a message cannot be kept; it is sent again", metadata: ["error": "\(error)"])
      // Not at once: the gateway would be flooded while the store cannot be written.
      try? await Task.sleep(for: .seconds(1))
      return false
    }
    switch outcome {
    case .sent: return true
    case .retry(_, let reason):
      logger.warning("a message was not delivered yet", metadata: ["message": "\(message.id)", "reason": "\(reason)"])
      return false
    case .dead(let reason):
      logger.error("a message was given up", metadata: ["message": "\(message.id)", "reason": "\(reason)"])
      return true
    }
  }

  private func attempt(_ message: KeptOutgoing) async -> OutgoingOutcome {
    guard let sealed = message.address,
      let address = keys.open(sealed, for: ContactKeys.address(message.contact)),
      let text = keys.open(message.sealed, for: ContactKeys.outgoing(message.id))
    else { return .dead(reason: "address or text cannot be opened; is it the secret of this store?") }
    let answer = await transport.send(channel.request(id: message.id, text: text, to: address))
    if answer.isDelivered { return .sent }
    let pause = generator.withLock { generator in
      retry.pause(after: message.attempts + 1, asked: answer.retryAfter, using: &generator)
    }
    guard let pause else { return .dead(reason: answer.reason) }
    return .retry(at: now() + pause, reason: answer.reason)
  }
}
