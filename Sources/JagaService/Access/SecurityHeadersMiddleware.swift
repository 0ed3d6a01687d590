internal import HTTPTypes
internal import Hummingbird

/// Puts the header fields on every answer that keep browsers from doing more with it than they should. A route that has set one
/// of them, as the console does with its own content policy, keeps what it set.
struct SecurityHeadersMiddleware: RouterMiddleware {
  typealias Context = ServiceContext
  /// Forbid coming back without TLS.
  let speaksTLS: Bool

  func handle(
    _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    for (name, value) in SecurityHeadersMiddleware.fields where response.headers[name] == nil {
      response.headers[name] = value
    }
    if speaksTLS { response.headers[.strictTransportSecurity] = "max-age=31536000" }
    return response
  }

  private static let fields: [(HTTPField.Name, String)] = [
    (.xContentTypeOptions, "nosniff"),
    (.contentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"),
    (.frameOptions, "DENY"),
    (.referrerPolicy, "no-referrer"),
    (.resourcePolicy, "same-origin"),
    (.cacheControl, "no-store"),
  ]
}
