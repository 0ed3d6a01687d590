public import Hummingbird

extension ServiceParts {
  /// Every route of the service behind its middlewares, outermost first.
  public func router() -> Router<ServiceContext> {
    let router = Router(context: ServiceContext.self)
    router.add(middleware: ProblemMiddleware(logger: logger))
    ScoreRoutes(parts: self).add(to: router)
    StreamRoute(parts: self).add(to: router)
    TranscriptRoute(parts: self).add(to: router)
    ConversationRoutes(parts: self).add(to: router)
    ModelRoutes(parts: self).add(to: router)
    return router
  }
}
