public import Logging
public import ServiceLifecycle

/// Ends sessions that ran out and asks again whoever is to be reminded, while the service runs.
public struct PollClock: Service {
  private let desk: PollDesk
  private let logger: Logger
  /// Between two looks.
  static let pause = Duration.seconds(10)

  /// A clock for a desk.
  public init(desk: PollDesk, logger: Logger) {
    self.desk = desk
    self.logger = logger
  }

  /// Looks until the service stops.
  public func run() async throws {
    while !Task.isCancelled, !Task.isShuttingDownGracefully {
      do { try await desk.lookAtTheClock() } catch {
        logger.error("sessions of polls cannot be looked through", metadata: ["error": "\(error)"])
      }
      try? await cancelWhenGracefulShutdown { try await Task.sleep(for: PollClock.pause) }
    }
  }
}
