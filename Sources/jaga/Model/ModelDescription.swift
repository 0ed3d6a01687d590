internal import JagaBatch
internal import JagaCore
internal import JagaLexicon
internal import JagaRules
internal import JagaScoring

/// What a model says about itself, for people and for programs.
struct ModelDescription {
  let model: Model

  /// Appends a page for people.
  func writeText(to buffer: ByteBuffer) {
    line("file", model.path, to: buffer)
    line("model id", model.id, to: buffer)
    line("format version", String(model.formatVersion), to: buffer)
    line("size", "\(grouped(model.byteCount)) bytes", to: buffer)
    line("lexicon entries", grouped(model.pack.lexicon.count), to: buffer)
    line("rules", grouped(model.pack.rules.count), to: buffer)
    for (name, value) in parameters { line(name, decimal(value), to: buffer) }
    buffer.append("\nsections\n")
    for section in model.sections { line("  \(section.name)", "\(grouped(section.byteCount)) bytes", to: buffer) }
    if !model.card.isEmpty {
      buffer.append("\ncard\n")
      buffer.append(text: "  \(model.card)\n")
    }
  }

  /// Appends one JSON object; the card is an object inside it.
  func writeJSON(to buffer: ByteBuffer) {
    buffer.append("{\"file\":")
    buffer.append(json: model.path)
    buffer.append(",\"model\":")
    buffer.append(json: model.id)
    buffer.append(",\"format_version\":")
    buffer.append(integer: model.formatVersion)
    buffer.append(",\"bytes\":")
    buffer.append(integer: model.byteCount)
    buffer.append(",\"entries\":")
    buffer.append(integer: model.pack.lexicon.count)
    buffer.append(",\"rules\":")
    buffer.append(integer: model.pack.rules.count)
    buffer.append(",\"parameters\":{")
    for (index, (name, value)) in parameters.enumerated() {
      if index > 0 { buffer.append(",") }
      buffer.append(json: name.replacing(" ", with: "_"))
      buffer.append(":")
      buffer.append(logit: value)
    }
    buffer.append("},\"sections\":{")
    for (index, section) in model.sections.enumerated() {
      if index > 0 { buffer.append(",") }
      buffer.append(json: section.name)
      buffer.append(":")
      buffer.append(integer: section.byteCount)
    }
    buffer.append("},\"card\":")
    // The card is JSON already; training wrote it.
    buffer.append(text: model.card.isEmpty ? "null" : model.card)
    buffer.append("}\n")
  }

  private var parameters: [(String, Double)] {
    let parameters = model.parameters
    return [
      ("reference prevalence", parameters.referencePrevalence), ("band watch", parameters.bands.watch),
      ("band review", parameters.bands.review), ("band high", parameters.bands.high),
      ("conversation review", parameters.bands.conversationReview),
      ("conversation high", parameters.bands.conversationHigh), ("hysteresis", parameters.bands.hysteresis),
      ("support", parameters.bands.support),
    ]
  }

  private func decimal(_ value: Double) -> String {
    let buffer = ByteBuffer(capacity: 64)
    buffer.append(logit: value)
    return buffer.string
  }

  private func line(_ name: String, _ value: String, to buffer: ByteBuffer) {
    buffer.append(text: name)
    buffer.append(UInt8(ascii: " "), times: max(1, 24 - name.utf8.count))
    buffer.append(text: value)
    buffer.append(UInt8(ascii: "\n"))
  }
}
