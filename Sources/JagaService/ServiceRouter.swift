public import Hummingbird

extension ServiceParts {
  /// Every route of the service behind its middlewares, outermost first.
  public func router() -> Router<ServiceContext> {
    let router = Router(context: ServiceContext.self)
    let table = RouteTable()
    router.add(middleware: RequestMetricsMiddleware(metrics: metrics))
    router.add(middleware: SecurityHeadersMiddleware(speaksTLS: settings.access.speaksTLS))
    router.add(middleware: ProblemMiddleware(logger: logger))
    router.add(middleware: HealthMiddleware(parts: self))
    router.add(middleware: MethodMiddleware(table: table))
    router.add(middleware: AccessMiddleware(access: access))
    ScoreRoutes(parts: self).add(to: router)
    StreamRoute(parts: self).add(to: router)
    TranscriptRoute(parts: self).add(to: router)
    ConversationRoutes(parts: self).add(to: router)
    CaseRoutes(parts: self).add(to: router)
    DecisionRoute(parts: self).add(to: router)
    ModelRoutes(parts: self).add(to: router)
    OpenAISurface(parts: self).add(to: router)
    PerspectiveSurface(parts: self).add(to: router)
    MatrixSurface(parts: self).add(to: router)
    AzureSurface(parts: self).add(to: router)
    DescriptionRoute().add(to: router)
    OperationsRoutes(parts: self).add(to: router)
    AlertRoutes(parts: self).add(to: router)
    PollRoutes(parts: self).add(to: router)
    if let voice { RapidProRoute(parts: self, voice: voice).add(to: router) }
    if let desk, let gateway { CourierRoutes(parts: self, desk: desk, channel: gateway).add(to: router) }
    if let desk { ChatRoutes(parts: self, desk: desk).add(to: router) }
    ConsoleRoutes(parts: self)?.add(to: router)
    table.fill(from: router)
    return router
  }
}
