internal import HTTPTypes
internal import Hummingbird
internal import JagaBatch
internal import JagaCore
internal import JagaScoring
internal import JagaStore

/// `/v1/conversations/{id}`: what a conversation has come to, its deletion and export; and texts that a pipeline supplies for its review.
struct ConversationRoutes: Sendable {
  let parts: ServiceParts
  private let decoding: RequestDecoding

  init(parts: ServiceParts) {
    self.parts = parts
    decoding = RequestDecoding(settings: parts.settings)
  }

  func add(to router: some RouterMethods<ServiceContext>) {
    router.get("/v1/conversations/{id}") { request, context in try get(request, context) }
    router.delete("/v1/conversations/{id}") { request, context in try await delete(request, context) }
    router.get("/v1/conversations/{id}/export") { request, context in try await export(request, context) }
    router.put("/v1/conversations/{id}/messages") { request, context in try await supply(request, context) }
    router.delete("/v1/conversations/{id}/messages") { request, context in try await withdraw(request, context) }
    router.post("/v1/conversations/{id}/appeal") { request, context in try await appeal(request, context) }
  }

  /// The conversation's record as `jaga score --level conversation` writes it, and its flagged messages' records.
  private func get(_ request: Request, _ context: ServiceContext) throws -> Response {
    try context.require(.score)
    let id = try conversationID(context)
    guard let record = try parts.engine.conversation(id) else { throw unknown }
    let buffer = JSONBuffer(capacity: 1024)
    buffer.append("{\"conversation\":")
    record.writeJSON(modelID: parts.scorer.modelID, to: buffer, endsLine: false)
    buffer.append(",\"flags\":[")
    for (place, flag) in try parts.store.flags(conversation: id).enumerated() {
      if place > 0 { buffer.append(",") }
      flag.record.withUnsafeBufferPointer { buffer.append($0) }
    }
    // What was decided is for reviewers, and while an item waits for nobody.
    guard context.identity.scopes.contains(.review) else {
      buffer.append("]}")
      return .json(buffer)
    }
    buffer.append("],\"items\":[")
    for (place, item) in try parts.store.items(conversation: id).enumerated() {
      if place > 0 { buffer.append(",") }
      ReviewJSON.write(item, to: buffer)
    }
    buffer.append("]}")
    return .json(buffer)
  }

  private func delete(_ request: Request, _ context: ServiceContext) async throws -> Response {
    try context.require(.admin)
    let id = try conversationID(context)
    let supplied = parts.supplied.messages(of: id, now: parts.now())?.count ?? 0
    parts.supplied.remove(id)
    parts.voice?.recent.forget(id)
    let counts = try await parts.engine.delete(id, actor: context.identity.name)
    guard counts.total > 0 || supplied > 0 else { throw unknown }
    let buffer = JSONBuffer(capacity: 256)
    ReviewJSON.write(counts, supplied: supplied, to: buffer)
    return .json(buffer)
  }

  /// Everything that is kept of it, texts opened where they are kept; leaves a row in the audit.
  private func export(_ request: Request, _ context: ServiceContext) async throws -> Response {
    try context.require(.admin)
    let id = try conversationID(context)
    try await parts.engine.flush()
    let actor = context.identity.name
    return try await StoreWork.run { [self] in
      let export = try parts.store.export(conversation: id, now: parts.now())
      guard !export.isEmpty else { throw unknown }
      try parts.store.commit(
        ServiceChanges(audit: [
          AuditDraft(
            at: parts.now(), actor: actor, action: "conversation.exported", subject: parts.keys.subject(of: id),
            detail: "{\"flags\":\(export.flags.count)}")
        ]))
      let buffer = JSONBuffer(capacity: 4096)
      ReviewJSON.write(export, conversation: id, keys: parts.keys, to: buffer)
      return .json(buffer)
    }
  }

  private func supply(_ request: Request, _ context: ServiceContext) async throws -> Response {
    try context.require(.score)
    try parts.requireJSON(request)
    let id = try conversationID(context)
    var body = try await parts.body(of: request)
    let (batch, _) = try decoding.decode(&body)
    let messages = batch.rows.indices.map { index in
      var message = batch.message(at: index)
      message.conversationID = id
      return message
    }
    let expiresAt = parts.supplied.put(messages, conversation: id, now: parts.now())
    let buffer = JSONBuffer(capacity: 128)
    buffer.append("{\"messages\":")
    buffer.append(integer: messages.count)
    buffer.append(",\"forgotten_at\":")
    buffer.append(integer: Int(expiresAt))
    buffer.append("}")
    return .json(buffer)
  }

  private func withdraw(_ request: Request, _ context: ServiceContext) async throws -> Response {
    try context.require(.score)
    parts.supplied.remove(try conversationID(context))
    return Response(status: .noContent)
  }

  /// Passes on an appeal of somebody concerned: `{"reason": …}`. It goes to a reviewer who has not decided the item before.
  private func appeal(_ request: Request, _ context: ServiceContext) async throws -> Response {
    try context.require(.score)
    try parts.requireJSON(request)
    let id = try conversationID(context)
    let body = try await parts.body(of: request)
    let reason = try AppealBody(json: body).reason
    let actor = context.identity.name
    return try await StoreWork.run { [self] in
      guard let item = try parts.store.items(conversation: id).last(where: { $0.status == .closed }) else {
        throw Problem(
          .notFound, "no-decision", "nothing of this conversation is decided, so there is nothing to appeal against")
      }
      do {
        let reopened = try parts.store.appeal(
          item: item.number, by: actor, reason: reason, subject: parts.keys.subject(of: id), now: parts.now())
        let buffer = JSONBuffer(capacity: 256)
        ReviewJSON.write(reopened, to: buffer)
        return .json(buffer)
      } catch let error as ReviewError {
        throw Problem(.conflict, "review", "\(error)")
      }
    }
  }

  private var unknown: Problem {
    Problem(.notFound, "unknown-conversation", "no message of this conversation is known; check the id")
  }

  /// The id of the path, as it is kept: replaced by its keyed hash where ids are.
  private func conversationID(_ context: ServiceContext) throws(Problem) -> String {
    guard let id = context.parameters.get("id").flatMap(\.percentDecoded), !id.isEmpty else {
      throw Problem(.badRequest, "conversation-id", "the id in the path is empty or wrongly percent-encoded")
    }
    guard id.utf8.count <= parts.settings.idLimit else {
      throw Problem(
        .uriTooLong, "conversation-id", "the id in the path is longer than \(parts.settings.idLimit) bytes")
    }
    return parts.settings.kept(conversation: id)
  }
}
