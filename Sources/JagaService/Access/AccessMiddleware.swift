internal import HTTPTypes
internal import Hummingbird

/// Sets ``ServiceContext/identity`` and holds the rate limits. It refuses nobody for having no token: that is up to the route, by
/// ``Hummingbird/RouterMethods/requires(_:)``.
struct AccessMiddleware: RouterMiddleware {
  typealias Context = ServiceContext
  let access: AccessControl

  func handle(
    _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    let (identity, verdict) = try access.admit(request)
    context.identity = identity
    var response = try await next(request, context)
    if let verdict { response.headers.append(contentsOf: verdict.fields) }
    return response
  }
}
