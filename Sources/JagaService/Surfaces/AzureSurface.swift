internal import HTTPTypes
internal import Hummingbird
internal import JagaBatch

/// `POST /contentsafety/text:analyze` as the clients of Azure AI Content Safety call it.
///
/// Without `categories` the four of Azure are answered, then ours (``AzureCategory``). Block lists are accepted and match nothing:
/// private word lists are `--lexicon`'s business. Nothing is kept.
struct AzureSurface: Sendable {
  static let path = "/contentsafety/text:analyze"
  let parts: ServiceParts

  func add(to router: some RouterMethods<ServiceContext>) {
    router.requires(.score).post("/contentsafety/text:analyze") { request, _ in
      let wanted = try AzureRequest(try await parts.object(of: request))
      let scores = try await parts.scoresAlone([wanted.text])
      let buffer = JSONBuffer()
      buffer.append("{\"blocklistsMatch\":[],\"categoriesAnalysis\":[")
      for score in scores {
        for (index, category) in wanted.categories.enumerated() {
          if index > 0 { buffer.append(",") }
          buffer.append("{\"category\":")
          buffer.append(json: category.rawValue)
          buffer.append(",\"severity\":")
          buffer.append(integer: category.severity(of: score, eightLevels: wanted.eightLevels))
          buffer.append("}")
        }
      }
      buffer.append("]}")
      return Response.json(buffer)
    }
  }
}

/// A request of Azure's clients, read and checked.
struct AzureRequest {
  var text: SurfaceText
  var categories: [AzureCategory]
  var eightLevels = false

  init(_ body: SurfaceValue) throws(Problem) {
    guard let text = body["text"] else { throw body.missing("text") }
    self.text = SurfaceText(text: try text.string(), pointer: text.pointer)
    guard !self.text.text.isEmpty else { throw text.expected("a string that is not empty") }
    categories = AzureCategory.allCases
    if let wanted = body["categories"] {
      let elements = try wanted.elements()
      var named: [AzureCategory] = []
      for element in elements {
        guard let category = AzureCategory(rawValue: try element.string()) else {
          throw Problem(
            .badRequest, "unknown-category",
            "a category is one of \(AzureCategory.allCases.map(\.rawValue).joined(separator: ", "))",
            pointer: element.pointer)
        }
        if !named.contains(category) { named.append(category) }
      }
      // As there, an empty list asks for everything.
      if !named.isEmpty { categories = named }
    }
    _ = try body["blocklistNames"]?.strings()
    _ = try body["haltOnBlocklistHit"]?.boolean()
    if let type = body["outputType"] {
      switch try type.string() {
      case "FourSeverityLevels": break
      case "EightSeverityLevels": eightLevels = true
      default: throw type.expected("FourSeverityLevels or EightSeverityLevels")
      }
    }
  }
}
