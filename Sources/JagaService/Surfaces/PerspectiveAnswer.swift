internal import JagaBatch
internal import JagaCore

/// The answer to one comment, in Perspective's shape.
///
/// Spans count UTF-16 code units, as Perspective's do and as JavaScript, Java and C# count. Without `spanAnnotations` there is one
/// span, the whole comment; with it, each piece of evidence is one, and its value is the probability that its weight alone would
/// make of even odds.
struct PerspectiveAnswer {
  let request: PerspectiveRequest
  let score: MessageScore

  func write(to buffer: JSONBuffer) {
    buffer.append("{\"attributeScores\":{")
    var isFirst = true
    for wish in request.wishes {
      let value = wish.attribute.value(of: score)
      guard value >= wish.threshold else { continue }
      if !isFirst { buffer.append(",") }
      isFirst = false
      buffer.append(json: wish.attribute.name)
      buffer.append(":{\"spanScores\":[")
      writeSpans(wish.attribute, value, to: buffer)
      buffer.append("],\"summaryScore\":")
      write(value, to: buffer)
      buffer.append("}")
    }
    buffer.append("},\"languages\":[")
    write(request.languages.isEmpty ? detected : request.languages, to: buffer)
    buffer.append("],\"detectedLanguages\":[")
    write(detected, to: buffer)
    buffer.append("]")
    if let clientToken = request.clientToken {
      buffer.append(",\"clientToken\":")
      buffer.append(json: clientToken)
    }
    buffer.append("}")
  }

  private var detected: [String] {
    switch score.language {
    case .id: ["id"]
    case .en: ["en"]
    case .mix: ["id", "en"]
    case .other: []
    }
  }

  private func writeSpans(_ attribute: PerspectiveAttribute, _ value: Double, to buffer: JSONBuffer) {
    var text = request.text.text
    let units = text.withUTF8 { OffsetUnit.utf16.units($0) }
    guard request.wantsSpans else {
      writeSpan(0, units.last ?? 0, value, to: buffer)
      return
    }
    var isFirst = true
    for evidence in score.evidence where evidence.logit > 0 && attribute.covers(evidence.label) {
      guard let range = evidence.range, units.indices.contains(Int(range.begin)), units.indices.contains(Int(range.end))
      else { continue }
      if !isFirst { buffer.append(",") }
      isFirst = false
      writeSpan(units[Int(range.begin)], units[Int(range.end)], FixedMath.sigmoid(evidence.logit), to: buffer)
    }
  }

  private func writeSpan(_ begin: Int32, _ end: Int32, _ value: Double, to buffer: JSONBuffer) {
    buffer.append("{\"begin\":")
    buffer.append(integer: Int(begin))
    buffer.append(",\"end\":")
    buffer.append(integer: Int(end))
    buffer.append(",\"score\":")
    write(value, to: buffer)
    buffer.append("}")
  }

  private func write(_ value: Double, to buffer: JSONBuffer) {
    buffer.append("{\"value\":")
    buffer.append(probability: value)
    buffer.append(",\"type\":\"PROBABILITY\"}")
  }

  private func write(_ names: [String], to buffer: JSONBuffer) {
    for (index, name) in names.enumerated() {
      if index > 0 { buffer.append(",") }
      buffer.append(json: name)
    }
  }
}
