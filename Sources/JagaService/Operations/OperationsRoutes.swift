internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// `/healthz`, `/readyz` and `/metrics`.
struct OperationsRoutes {
  let parts: ServiceParts

  func add(to router: Router<ServiceContext>) {
    // Answered by HealthMiddleware; here they are known to the table of routes.
    router.get("/healthz") { _, _ in HealthMiddleware.status("ok") }
    router.get("/readyz") { _, _ in try await HealthMiddleware(parts: parts).ready() }
    router.get("/metrics") { _, context in
      // A token with any scope: figures alone, but no business of strangers.
      guard !context.identity.scopes.isEmpty else { throw Problem.needsAnyToken }
      return Response(
        status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
        body: .init(byteBuffer: NIOCore.ByteBuffer(string: try parts.metricsText())))
    }
  }
}

extension Problem {
  fileprivate static let needsAnyToken = Problem(
    .unauthorized, "token-missing", "this path needs a token, of any scope; send it as 'Authorization: Bearer …'",
    headers: [.wwwAuthenticate: "Bearer realm=\"jaga\""])
}
