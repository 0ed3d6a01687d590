internal import HTTPTypes
internal import Hummingbird
internal import JagaBatch
public import JagaCore
internal import JagaScoring
internal import JagaTranscripts

/// The callbacks of the Synapse module `synapse-http-antispam`: a Matrix server asks about every event, and this service looks on.
///
/// A message goes on in its room's conversation, so flags and alerts arise as they do from `/v1/score`. By default every answer is
/// `{}`, which lets the event pass; an operator may have messages from a band on refused. Encrypted events cannot be read and pass.
/// The module takes a refusal in JSON for a verdict, so errors on these paths are plain text, which lets events pass as well.
struct MatrixSurface: Sendable {
  static let base = "/v1/matrix"
  let parts: ServiceParts

  func add(to router: some RouterMethods<ServiceContext>) {
    let group = router.requires(.score).group("/v1/matrix")
    group.post("/ping") { request, _ in
      let body = try await parts.object(of: request)
      guard let id = body["id"] else { throw body.missing("id") }
      let buffer = JSONBuffer()
      buffer.append("{\"id\":")
      buffer.append(json: try id.string())
      buffer.append(",\"status\":\"ok\"}")
      return Response.json(buffer)
    }
    group.post("/check_event_for_spam") { request, _ in
      let body = try await parts.object(of: request)
      guard let event = body["event"] else { throw body.missing("event") }
      guard let message = try MatrixEvent.message(of: event) else { return MatrixSurface.pass }
      let band = try await score(message)
      guard let limit = parts.settings.surfaces.matrixForbidsFrom, band >= limit else { return MatrixSurface.pass }
      return Response.json(MatrixSurface.refusal, status: .forbidden)
    }
    // Everything else that the module asks about is not this service's business.
    group.post("/:callback") { _, _ in MatrixSurface.pass }
  }

  /// The band of a message in its room.
  private func score(_ message: Message) async throws -> Band {
    for (name, value) in [
      ("room_id", message.conversationID), ("event_id", message.messageID), ("sender", message.authorID),
    ] where value.utf8.count > parts.settings.idLimit {
      throw Problem(
        .contentTooLarge, "field-too-long", "'event.\(name)' has more than \(parts.settings.idLimit) bytes",
        pointer: "/event/\(name)")
    }
    guard message.text.utf8.count <= parts.settings.textLimit else {
      throw Problem(
        .contentTooLarge, "field-too-long", "a text may have \(parts.settings.textLimit) bytes at most",
        pointer: "/event/content/body")
    }
    var batch = MessageBatch()
    batch.append(message)
    if let transform = parts.settings.idTransform { batch.transform(with: transform) }
    var band = Band.none
    try await parts.engine.score(batch) { _, record in band = record.score.band }
    return band
  }

  private static var pass: Response { Response.json(Array("{}".utf8)) }
  private static let refusal = Array(
    #"{"errcode":"M_FORBIDDEN","error":"This message was held back; a moderator can tell you more."}"#.utf8)
}

/// What the operator may choose about the drop-in surfaces.
public struct SurfaceSettings: Sendable, Equatable {
  /// Matrix messages from this band on are refused; nil lets all pass, which is what we recommend: people decide.
  public var matrixForbidsFrom: Band?

  /// The defaults.
  public init() {}
}
