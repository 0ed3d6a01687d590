internal import JagaBatch
internal import JagaCore

/// The answer of OpenAI's moderation endpoint: the thirteen categories it has, then ours.
enum OpenAIAnswer {
  /// One category: its name, and the labels it gets its score from; none for what this service does not look for.
  private struct Category {
    let name: String
    let labels: [Label]
  }

  /// Categories of OpenAI. An empty list scores 0 and has no applied input type: nothing was looked for.
  private static let standard = [
    Category(name: "harassment", labels: []),
    Category(name: "harassment/threatening", labels: LabelOverlap.threats),
    Category(name: "hate", labels: []),
    Category(name: "hate/threatening", labels: []),
    Category(name: "illicit", labels: []),
    Category(name: "illicit/violent", labels: []),
    Category(name: "self-harm", labels: []),
    Category(name: "self-harm/instructions", labels: []),
    Category(name: "self-harm/intent", labels: []),
    Category(name: "sexual", labels: []),
    Category(name: "sexual/minors", labels: LabelOverlap.sexualised),
    Category(name: "violence", labels: []),
    Category(name: "violence/graphic", labels: []),
  ]

  /// Ours: each track, and each of its stages.
  private static let own = Track.allCases.flatMap { track in
    [Category(name: track.name, labels: track.stages)]
      + track.stages.map { Category(name: track.name + "/" + $0.stage, labels: [$0]) }
  }

  private static let categories = standard + own

  /// Writes the answer for inputs in order.
  static func write(_ scores: [MessageScore], id: String, modelID: String, to buffer: JSONBuffer) {
    buffer.append("{\"id\":")
    buffer.append(json: "modr-" + id)
    buffer.append(",\"model\":")
    buffer.append(json: "jaga-" + modelID)
    buffer.append(",\"results\":[")
    for (index, score) in scores.enumerated() {
      if index > 0 { buffer.append(",") }
      write(score, to: buffer)
    }
    buffer.append("]}")
  }

  private static func write(_ score: MessageScore, to buffer: JSONBuffer) {
    buffer.append(score.isFlagged ? "{\"flagged\":true,\"categories\":{" : "{\"flagged\":false,\"categories\":{")
    for category in categories {
      buffer.append(json: category.name)
      buffer.append(score.isFlagged(as: category.labels) ? ":true," : ":false,")
    }
    // Support, never suspicion: it shows, and does not flag.
    buffer.append(score.isDisclosure ? "\"disclosure\":true}" : "\"disclosure\":false}")
    buffer.append(",\"category_scores\":{")
    for category in categories {
      buffer.append(json: category.name)
      buffer.append(":")
      buffer.append(probability: score.probability(of: category.labels))
      buffer.append(",")
    }
    buffer.append("\"disclosure\":")
    buffer.append(probability: score.disclosure)
    buffer.append("},\"category_applied_input_types\":{")
    for category in categories {
      buffer.append(json: category.name)
      buffer.append(category.labels.isEmpty ? ":[]," : ":[\"text\"],")
    }
    buffer.append("\"disclosure\":[\"text\"]}}")
  }
}
