internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// Turns whatever a route throws into a ``Problem``, and logs what is the service's own fault; never a body, a query or a text.
struct ProblemMiddleware: RouterMiddleware {
  typealias Context = ServiceContext
  let logger: Logger

  func handle(
    _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch {
      let problem = Problem.of(error)
      if problem.status.code >= 500 {
        logger.error(
          "request failed",
          metadata: [
            "path": "\(context.endpointPath ?? "")", "status": "\(problem.status.code)", "error": "\(type(of: error))",
          ])
      }
      return problem.response(from: request, context: context)
    }
  }
}
