internal import JagaService
internal import Logging
internal import ServiceLifecycle

/// The first to be told that the service shall stop: from then on it says that it is not ready.
struct ReadinessService: Service {
  let state: ServiceState
  let logger: Logger

  func run() async throws {
    try? await gracefulShutdown()
    state.stop()
    logger.notice("stopping; requests that were begun are finished")
  }
}
