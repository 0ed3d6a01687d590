internal import HTTPTypes
internal import Hummingbird
internal import JagaBatch
internal import JagaScoring
internal import JagaTranscripts

/// `POST /v1/moderations` as OpenAI's clients call it: point their `base_url` here and read `flagged`.
///
/// A string is one input, an array of strings as many, and an array of text parts one in several parts, as there. Nothing is kept:
/// whoever wants conversations followed calls `/v1/score`.
struct OpenAISurface: Sendable {
  static let path = "/v1/moderations"
  let parts: ServiceParts

  func add(to router: some RouterMethods<ServiceContext>) {
    router.requires(.score).post("/v1/moderations") { request, context in
      let body = try await parts.object(of: request)
      let texts = try OpenAISurface.texts(of: body, limit: parts.settings.messageLimit)
      let scores = try await parts.scoresAlone(texts)
      let buffer = JSONBuffer(capacity: 2048 * scores.count + 256)
      OpenAIAnswer.write(scores, id: context.id, modelID: parts.scorer.modelID, to: buffer)
      return Response.json(buffer)
    }
  }

  /// The inputs of a request. Throws a ``Problem``.
  static func texts(of body: SurfaceValue, limit: Int) throws(Problem) -> [SurfaceText] {
    if let model = body["model"] { _ = try model.string() }
    guard let input = body["input"] else { throw body.missing("input") }
    if case .string(let text) = input.value { return [SurfaceText(text: text, pointer: input.pointer)] }
    guard case .array = input.value else {
      throw input.expected("a string, an array of strings, or an array of parts {\"type\": \"text\", \"text\": …}")
    }
    let elements = try input.elements()
    guard let first = elements.first else {
      throw Problem(.badRequest, "empty", "'input' is an empty array; send at least one text", pointer: "/input")
    }
    guard elements.count <= limit else {
      throw Problem(.badRequest, "too-many", "'input' may have \(limit) elements at most", pointer: "/input")
    }
    if case .object = first.value { return [try joined(elements)] }
    var texts: [SurfaceText] = []
    for element in elements { texts.append(SurfaceText(text: try element.string(), pointer: element.pointer)) }
    return texts
  }

  /// Parts of one input, joined by line breaks.
  private static func joined(_ elements: [SurfaceValue]) throws(Problem) -> SurfaceText {
    var parts: [String] = []
    for element in elements {
      guard case .object = element.value else { throw element.expected("an object, as the first element is") }
      guard let type = element["type"] else { throw element.missing("type") }
      switch try type.string() {
      case "text":
        guard let text = element["text"] else { throw element.missing("text") }
        parts.append(try text.string())
      case "image_url":
        throw Problem(
          .badRequest, "images-not-read", "images are not read, only text; leave the parts of type 'image_url' out",
          pointer: element.pointer)
      default:
        throw Problem(
          .badRequest, "unknown-part", "the only type of part that is read is 'text'", pointer: type.pointer)
      }
    }
    return SurfaceText(text: parts.joined(separator: "\n"), pointer: "/input")
  }
}
