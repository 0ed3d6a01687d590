internal import Foundation
internal import Glibc
internal import Hummingbird
internal import HummingbirdCore
internal import JagaScoring
internal import JagaService
internal import JagaStore
internal import Logging
internal import Metrics
internal import ServiceLifecycle
internal import UnixSignals

/// A service from its start to its end.
struct ServiceRun {
  let options: ServerOptions
  let logger: Logger
  private let metrics = ServiceMetrics()

  /// Prepares the log and the metrics of the process.
  init(_ found: EffectiveConfiguration) {
    options = found.options
    let level = Logger.Level(rawValue: options.logLevel) ?? .info
    let isText = options.logFormat == "text" || options.logFormat == "auto" && isatty(2) == 1
    LoggingSystem.bootstrap { _ in ServiceLogHandler(form: isText ? .text : .json, level: level, now: systemTime) }
    logger = Logger(label: "jaga-server")
    MetricsSystem.bootstrap(metrics.registry)
    for strange in found.strangeVariables { logger.warning("\(strangeVariable(strange))") }
  }

  /// Serves until a signal, then finishes what was begun and writes everything. Throws what keeps it from running.
  func run() async throws {
    try ListeningAddress.check(host: options.host, port: options.port)
    let scorer = try openScorer()
    let store = try options.openStore()
    guard let lock = try StoreLock(of: store.path) else {
      throw Failure("\(store.path): another service runs on it; stop that one, or name another store with --store FILE")
    }
    defer { withExtendedLifetime(lock) {} }
    try checkAddress(store)
    var settings = options.service
    settings.alertTargets = options.alertTargets
    settings.idTransform = try options.idTransform()
    settings.access.isLoopback = Network.isLoopback(options.host)
    settings.access.speaksTLS = !options.certificate.isEmpty
    var parts = ServiceParts(
      scorer: scorer, store: store, keys: try options.keys(), settings: settings, metrics: metrics, logger: logger,
      now: systemTime)
    try addPollBot(to: &parts)
    let outcome: Result<Void, any Error>
    do {
      try await services(parts).run()
      outcome = .success(())
    } catch {
      outcome = .failure(error)
    }
    let unwritten = await writeAll(parts)
    try outcome.get()
    if let unwritten { throw unwritten }
    logger.notice("stopped; everything is in the store")
  }

  /// Whatever ended it, what is in memory belongs into the store, and the store is closed in any case. What went wrong stands in the log too.
  private func writeAll(_ parts: ServiceParts) async -> Failure? {
    var causes: [String] = []
    do {
      let limit = Duration.seconds(options.shutdownSeconds)
      let end = ContinuousClock.now + limit
      try await LastWrites.make(within: limit) {
        try await LastWrites.bounded(until: end) { try await parts.engine.flush() }
      }
    } catch {
      causes.append("what changed last in conversations is lost, since it could not be written: \(error)")
    }
    do {
      try await LastWrites.bounded(until: .now + .seconds(5)) { try parts.store.close() }
    } catch {
      causes.append("the store could not be closed: \(error)")
    }
    guard !causes.isEmpty else { return nil }
    let sentence = causes.joined(separator: "; ")
    logger.critical("stopped, but not everything is in the store", metadata: ["error": "\(sentence)"])
    return Failure(
      "\(parts.store.path): \(sentence); look at the disk and its permissions, and send the last messages again")
  }

  private func openScorer() throws -> Scorer {
    let model = try ModelLocator().open(options.model.isEmpty ? nil : options.model)
    var overlay: Overlay?
    if !options.lexicon.isEmpty { overlay = try Overlay.open(path: options.lexicon) }
    return Scorer(
      model: model, overlay: overlay,
      options: Scorer.Options(baseRate: options.baseRate > 0 ? options.baseRate : nil))
  }

  /// Anybody who can reach the service could use it, so elsewhere than on loopback it wants tokens.
  private func checkAddress(_ store: Store) throws {
    guard !Network.isLoopback(options.host) else { return }
    let now = systemTime()
    guard try store.tokens().contains(where: { $0.isValid(at: now) }) else {
      throw Failure(
        "\(options.host) can be reached by others, and there is no token yet; make one first: jaga-server token add NAME --scopes score --store \(store.path)"
      )
    }
  }

  /// In the order of starting; they stop in the reverse order, so that readiness ends first and alerts of the last requests can go out.
  private func services(_ parts: ServiceParts) throws -> ServiceGroup {
    var services: [any Service] = []
    let retention = RetentionService(
      store: parts.store, policy: options.retention.policy, everyHours: options.retention.everyHours, logger: logger,
      now: systemTime)
    services.append(retention)
    if !options.alertTargets.isEmpty { services.append(try dispatcher(parts)) }
    services += pollServices(parts)
    services.append(try server(parts))
    services.append(ReadinessService(state: parts.state, logger: logger))
    var configuration = ServiceGroupConfiguration(
      services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
    configuration.maximumGracefulShutdownDuration = .seconds(options.shutdownSeconds)
    return ServiceGroup(configuration: configuration)
  }

  private func dispatcher(_ parts: ServiceParts) throws -> AlertDispatcher {
    let alerts = options.alerts
    var receivers: [AlertReceiver] = []
    if !alerts.url.isEmpty {
      let secret = try SecretFile.text(alerts.secret, least: 16)
      receivers.append(.webhook(url: alerts.url, signature: AlertSignature(secret: secret)))
    }
    if !alerts.coopURL.isEmpty {
      let key = try SecretFile.text(alerts.coopKey, least: 1)
      receivers.append(
        .coop(url: alerts.coopURL, key: String(decoding: key, as: UTF8.self), typeID: alerts.coopType))
    }
    return AlertDispatcher(
      store: parts.store, receivers: receivers,
      retry: AlertRetry(baseSeconds: alerts.retrySeconds, tries: alerts.tries),
      transport: HTTPAlertTransport(timeoutSeconds: alerts.timeoutSeconds), metrics: metrics,
      publicURL: publicURL, logger: logger, seed: UInt64.random(in: .min ... .max), now: systemTime)
  }

  /// Where links lead: where the operator says, else where the service listens.
  private var publicURL: String {
    guard options.publicURL.isEmpty else { return options.publicURL }
    let host = options.host.contains(":") ? "[\(options.host)]" : options.host
    return "\(options.certificate.isEmpty ? "http" : "https")://\(host):\(options.port)"
  }

  private func server(_ parts: ServiceParts) throws -> some Service {
    let (host, modelID, store, logger) = (options.host, parts.scorer.modelID, parts.store.path, logger)
    let scheme = options.certificate.isEmpty ? "http" : "https"
    return Application(
      router: parts.router(), server: try options.serverBuilder(),
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: options.port), serverName: nil,
        availableConnectionsDelegate: MaximumAvailableConnections(options.connections, logger: quiet)),
      onServerRunning: { channel in
        let port = channel.localAddress?.port ?? 0
        let name = host.contains(":") ? "[\(host)]" : host
        logger.notice(
          "serving at \(scheme)://\(name):\(port)/", metadata: ["store": "\(store)", "model": "\(modelID)"])
      }, logger: quiet)
  }

  /// The log of the libraries below: what goes wrong, unless everything is asked for.
  private var quiet: Logger {
    var quiet = logger
    if logger.logLevel > .debug { quiet.logLevel = max(logger.logLevel, .warning) }
    return quiet
  }
}
