internal import HTTPTypes
internal import Hummingbird
internal import JagaBatch
internal import JagaCore
internal import JagaTranscripts

extension ServiceParts {
  /// The JSON object that a request of a drop-in surface carries. Throws a ``Problem``.
  func object(of request: Request) async throws -> SurfaceValue {
    try requireJSON(request)
    let bytes = try await body(of: request)
    let value: JSONValue
    do throws(JSONValue.Fault) {
      value = try JSONValue.parse(bytes, valueLimit: 4 * settings.messageLimit)
    } catch {
      throw Problem(fault: error)
    }
    guard case .object = value else {
      throw Problem(.badRequest, "not-an-object", "the body has to be a JSON object", pointer: "")
    }
    return SurfaceValue(value: value, pointer: "")
  }

  /// The results of texts that belong to no conversation, in order; nothing of them is kept. Throws a ``Problem`` for a text
  /// beyond the limit.
  func scoresAlone(_ texts: [SurfaceText]) async throws -> [MessageScore] {
    var batch = MessageBatch()
    for text in texts {
      guard text.text.utf8.count <= settings.textLimit else {
        throw Problem(
          .contentTooLarge, "field-too-long", "a text may have \(settings.textLimit) bytes at most",
          pointer: text.pointer)
      }
      batch.append(Message(text: text.text))
      batch.rows[batch.rows.count - 1].isAlone = true
      batch.rows[batch.rows.count - 1].isNumbered = true
    }
    var scores: [MessageScore] = []
    scores.reserveCapacity(texts.count)
    try await engine.score(batch) { _, record in scores.append(record.score) }
    return scores
  }
}

/// A text to be scored, and where it stands in the body.
struct SurfaceText: Equatable {
  var text: String
  var pointer: String
}

extension Problem {
  /// What a body that cannot be read becomes.
  init(fault: JSONValue.Fault) {
    switch fault {
    case .invalid: self.init(.badRequest, "not-json", "the body is not JSON (RFC 8259)")
    case .tooDeep(let limit): self.init(.badRequest, "too-deep", "the body is nested deeper than \(limit) levels")
    case .tooMany(let limit): self.init(.badRequest, "too-many-values", "the body has more than \(limit) values")
    case .outOfMemory:
      self.init(.serviceUnavailable, "out-of-memory", "the service has no memory left; try again later")
    }
  }
}
