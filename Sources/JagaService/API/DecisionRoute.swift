internal import HTTPTypes
internal import Hummingbird
internal import JagaBatch
internal import JagaStore
internal import Logging
internal import NIOCore

/// `GET /v1/decisions`: the decided items with the decisions on them, one JSON object a line (NDJSON), in the order of closing; with `since`, those closed at that time or later.
///
/// For administrators: reviewers must not learn what others decided. Ids and labels, no text; that it was taken is put on record. Nothing is read ahead of what the
/// client takes. When the store fails in the middle, the connection ends before the last chunk, so that nobody takes a part for the whole.
struct DecisionRoute: Sendable {
  let parts: ServiceParts

  func add(to router: some RouterMethods<ServiceContext>) {
    router.get("/v1/decisions") { request, context in try await export(request, context) }
  }

  private func export(_ request: Request, _ context: ServiceContext) async throws -> Response {
    try context.require(.admin)
    let since = try request.number("since", in: 0...(1 << 53), standard: 0)
    let (store, logger) = (parts.store, context.logger)
    var detail = AuditDetail()
    detail.add("since", since)
    let changes = ServiceChanges(audit: [
      AuditDraft(at: parts.now(), actor: context.identity.name, action: "decisions.exported", detail: detail.json)
    ])
    try await StoreWork.run { _ = try store.commit(changes) }
    return Response(
      status: .ok, headers: [.contentType: "application/x-ndjson", .cacheControl: "no-store"],
      body: .init { writer in
        var place = DecidedPlace(since: Int64(since))
        while true {
          let (next, lines): (DecidedPlace, NIOCore.ByteBuffer)
          do {
            (next, lines) = try await StoreWork.run { [place] in try DecisionRoute.lines(after: place, of: store) }
          } catch {
            logger.error("a list of decisions ended early", metadata: ["error": "\(error)"])
            throw error
          }
          guard next != place else { break }
          place = next
          try await writer.write(lines)
        }
        try await writer.finish(nil)
      })
  }

  private static func lines(after start: DecidedPlace, of store: Store) throws -> (DecidedPlace, NIOCore.ByteBuffer) {
    var place = start
    let buffer = JSONBuffer(capacity: 1 << 16)
    for (item, _, decisions) in try store.decided(after: &place) {
      buffer.append("{\"decided\":")
      ReviewJSON.write(item, to: buffer)
      ReviewJSON.list("decisions", decisions, to: buffer, ReviewJSON.write)
      buffer.append("}\n")
    }
    return (place, buffer.withBytes { NIOCore.ByteBuffer(bytes: $0) })
  }
}
