internal import Hummingbird
internal import JagaBatch
internal import JagaCore
internal import JagaScoring

/// `/v1/labels` and `/v1/model`: what the answers' words mean, and what they rest on.
struct ModelRoutes: Sendable {
  let parts: ServiceParts

  func add(to router: some RouterMethods<ServiceContext>) {
    router.get("/v1/labels") { _, context -> Response in
      try context.require(.score)
      return .json(ModelRoutes.labels)
    }
    router.get("/v1/model") { _, context -> Response in
      try context.require(.score)
      return .json(card)
    }
  }

  private static let labels: [UInt8] = {
    let buffer = JSONBuffer(capacity: 4096)
    buffer.append("{\"labels\":[")
    for (place, label) in Label.allCases.enumerated() {
      if place > 0 { buffer.append(",") }
      buffer.append("{\"label\":")
      buffer.append(json: label.name)
      if let track = label.track {
        buffer.append(",\"track\":")
        buffer.append(json: "\(track)")
        buffer.append(",\"stage\":")
        buffer.append(json: String(label.name.dropFirst("\(track)".count + 1)))
      }
      buffer.append("}")
    }
    buffer.append("],\"bands\":[")
    for (place, band) in Band.allCases.enumerated() {
      if place > 0 { buffer.append(",") }
      buffer.append(json: band.name)
    }
    buffer.append("]}")
    return buffer.withBytes { Array($0) }
  }()

  /// The model's identity, thresholds and card. The card is JSON already.
  private var card: [UInt8] {
    let model = parts.scorer.model
    let buffer = JSONBuffer(capacity: 4096)
    buffer.append("{\"model\":")
    buffer.append(json: parts.scorer.modelID)
    buffer.append(",\"format_version\":")
    buffer.append(integer: model.formatVersion)
    buffer.append(",\"bytes\":")
    buffer.append(integer: model.byteCount)
    buffer.append(",\"reference_prevalence\":")
    buffer.append(probability: model.parameters.referencePrevalence)
    if let overlay = parts.scorer.overlay {
      buffer.append(",\"overlay\":")
      buffer.append(json: overlay.id)
    }
    buffer.append(",\"card\":")
    buffer.append(text: model.card.isEmpty ? "null" : model.card)
    buffer.append("}")
    return buffer.withBytes { Array($0) }
  }
}
