internal import HTTPTypes
internal import Hummingbird

/// Counts and times every request, by method, route and status.
///
/// The time ends when the answer's head is ready; a stream's body comes later.
struct RequestMetricsMiddleware: RouterMiddleware {
  typealias Context = ServiceContext
  let metrics: ServiceMetrics

  func handle(
    _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    let response = try await next(request, context)
    let parts = start.duration(to: .now).components
    metrics.recordRequest(
      method: RequestMetricsMiddleware.known(request.method),
      route: RequestMetricsMiddleware.route(request, context), status: response.status.code,
      seconds: Double(parts.seconds) + Double(parts.attoseconds) / 1e18)
    return response
  }

  /// The pattern of the route. A path that no route takes is the client's own words, and stays out.
  private static func route(_ request: Request, _ context: ServiceContext) -> String {
    if let pattern = context.endpointPath, pattern != "NotFound" { return pattern }
    return HealthMiddleware.paths.contains(request.uri.path) ? request.uri.path : "none"
  }

  private static func known(_ method: HTTPRequest.Method) -> String {
    switch method {
    case .get, .post, .put, .delete, .head, .options, .patch: method.rawValue
    default: "other"
    }
  }
}
