internal import Hummingbird
internal import JagaBatch
internal import JagaCore
internal import JagaStore
internal import JagaTranscripts

/// `POST /v1/score`: one message, or `{"messages": […]}`.
///
/// One message is answered by its record, a list by `{"results": […]}` in the same order. Records are those of `jaga score`, byte for byte. A body with a fault is refused
/// whole, before anything of it is scored.
struct ScoreRoutes: Sendable {
  let parts: ServiceParts
  private let decoders: RequestDecoding

  init(parts: ServiceParts) {
    self.parts = parts
    decoders = RequestDecoding(settings: parts.settings)
  }

  func add(to router: some RouterMethods<ServiceContext>) {
    router.post("/v1/score") { request, context in
      try await score(request, context)
    }
  }

  private func score(_ request: Request, _ context: ServiceContext) async throws -> Response {
    try context.require(.score)
    try parts.requireJSON(request)
    let explains = try request.flag("explain")
    let offsets = try OffsetUnit(query: request)
    var body = try await parts.body(of: request)
    let (batch, shape) = try decoders.decode(&body)
    let buffer = JSONBuffer(capacity: 1024)
    if shape == .many { buffer.append("{\"results\":[") }
    try await parts.engine.score(batch, explains: explains) { index, record in
      if index > 0 { buffer.append(",") }
      offsets.convert(&record, text: batch, row: index)
      record.writeJSON(to: buffer, endsLine: false)
    }
    if shape == .many { buffer.append("]}") }
    return .json(buffer)
  }
}
