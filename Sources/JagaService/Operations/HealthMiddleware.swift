internal import HTTPTypes
internal import Hummingbird
internal import JagaStore

/// Answers `/healthz` and `/readyz` before anything is asked of the store: who looks whether the service lives needs no token, and must be answered also when
/// tokens cannot be read.
struct HealthMiddleware: RouterMiddleware {
  typealias Context = ServiceContext
  let parts: ServiceParts

  /// The paths that are answered here.
  static let paths: Set = ["/healthz", "/readyz"]

  func handle(
    _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
  ) async throws -> Response {
    guard request.method == .get else { return try await next(request, context) }
    switch request.uri.path {
    case "/healthz": return HealthMiddleware.status("ok")
    case "/readyz": return try await ready()
    default: return try await next(request, context)
    }
  }

  static func status(_ word: StaticString) -> Response { .json(Array("{\"status\":\"\(word)\"}".utf8)) }

  /// Ready is who was not told to stop and can write to the store. The model is open, or there would be no service.
  func ready() async throws(Problem) -> Response {
    guard parts.state.isServing else {
      throw Problem(.serviceUnavailable, "stopping", "the service was told to stop; it finishes what it has begun")
    }
    guard await parts.writable.isWritable() else {
      throw Problem(
        .serviceUnavailable, "store", "the store cannot be written; look at the log, the disk and its permissions")
    }
    return HealthMiddleware.status("ready")
  }
}
