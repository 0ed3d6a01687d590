internal import HTTPTypes
internal import JagaCore
internal import JagaTranscripts

/// Decodes bodies of scoring requests; what is wrong becomes a ``Problem``.
struct RequestDecoding: Sendable {
  private let pool: ReusePool<MessageRequestDecoder>

  init(settings: ServiceSettings) {
    var limits = MessageRequestDecoder.Limits()
    limits.messages = settings.messageLimit
    limits.text = settings.textLimit
    limits.id = settings.idLimit
    let (known, transform) = (limits, settings.idTransform)
    pool = ReusePool { try MessageRequestDecoder(limits: known, transform: transform) }
  }

  func decode(_ body: inout [UInt8]) throws -> (batch: MessageBatch, shape: MessageRequestDecoder.Shape) {
    let decoder = try pool.take()
    defer { pool.give(decoder) }
    var batch = MessageBatch()
    do {
      let shape = try decoder.decode(&body, into: &batch)
      return (batch, shape)
    } catch {
      throw Problem(of: error)
    }
  }
}

extension Problem {
  init(of fault: MessageRequestFault) {
    let (status, kind): (HTTPResponse.Status, String) =
      switch fault.cause {
      case .notUTF8, .loneSurrogate: (.badRequest, "encoding")
      case .invalidJSON: (.badRequest, "json")
      case .nestedTooDeep: (.badRequest, "nesting")
      case .outOfMemory: (.contentTooLarge, "body-too-large")
      case .tooManyMessages: (.contentTooLarge, "too-many-messages")
      case .tooLong: (.contentTooLarge, "field-too-long")
      case .wrongShape, .missingText, .wrongType, .otherSpelling, .invalidTimestamp, .textAndMessages:
        (.badRequest, "message")
      }
    self.init(status, kind, fault.sentence, pointer: fault.pointer.isEmpty ? nil : fault.pointer)
  }
}
