internal import Synchronization

/// Whether the service is to get requests: from its start until it is told to stop.
public final class ServiceState: Sendable {
  private let isStopping = Atomic(false)

  /// A service that is starting.
  public init() {}

  /// False as soon as the service was told to stop.
  public var isServing: Bool { !isStopping.load(ordering: .acquiring) }

  /// The signal to stop has come.
  public func stop() { isStopping.store(true, ordering: .releasing) }
}
