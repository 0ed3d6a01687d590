internal import HTTPTypes
internal import Hummingbird
internal import JagaStore
internal import NIOCore

/// `/healthz`, `/readyz` and `/metrics`.
struct OperationsRoutes {
  let parts: ServiceParts

  func add(to router: Router<ServiceContext>) {
    router.get("/healthz") { _, _ in OperationsRoutes.status("ok") }
    router.get("/readyz") { _, _ in try await ready() }
    router.get("/metrics") { _, context in
      // A token with any scope: figures alone, but no business of strangers.
      guard !context.identity.scopes.isEmpty else { throw Problem.needsAnyToken }
      return Response(
        status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
        body: .init(byteBuffer: NIOCore.ByteBuffer(string: try parts.metricsText())))
    }
  }

  private static func status(_ word: StaticString) -> Response {
    .json(Array("{\"status\":\"\(word)\"}".utf8))
  }

  /// Ready is who was not told to stop and can write to the store. The model is open, or there would be no service.
  private func ready() async throws -> Response {
    guard parts.state.isServing else {
      throw Problem(.serviceUnavailable, "stopping", "the service was told to stop; it finishes what it has begun")
    }
    do {
      try parts.store.checkWritable()
    } catch {
      throw Problem(
        .serviceUnavailable, "store", "the store cannot be written; look at the log, the disk and its permissions")
    }
    return OperationsRoutes.status("ready")
  }
}

extension Problem {
  fileprivate static let needsAnyToken = Problem(
    .unauthorized, "token-missing", "this path needs a token, of any scope; send it as 'Authorization: Bearer …'",
    headers: [.wwwAuthenticate: "Bearer realm=\"jaga\""])
}
