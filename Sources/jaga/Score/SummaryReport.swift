internal import JagaBatch
internal import JagaCore
internal import JagaTranscripts

/// The counts of a run, for people and for programs.
struct SummaryReport {
  let summary: BatchSummary
  let level: BatchSettings.Level
  let modelID: String
  let seconds: Double

  /// A few lines for standard error.
  var text: String {
    let counts = summary.counts
    let reading = summary.reading
    var lines: [(String, String)] = []
    lines.append(
      (
        "messages",
        "\(grouped(counts.messages)) scored, \(grouped(counts.moves)) moves, \(grouped(counts.disclosures)) disclosures"
      ))
    lines.append(("bands", pairs(Band.allCases.map { ($0.name, counts.bands[Int($0.rawValue)]) }, keepsZero: true)))
    let labels = Label.moves.map { ($0.name, counts.labels[Int($0.rawValue)]) }
    lines.append(("labels", pairs(labels.sorted { $0.1 > $1.1 }, keepsZero: false)))
    lines.append(
      ("languages", pairs(Language.allCases.map { ($0.name, counts.languages[Int($0.rawValue)]) }, keepsZero: false)))
    var conversations = grouped(summary.conversations)
    if summary.evictions > 0 { conversations += ", \(grouped(summary.evictions)) given up early (partial)" }
    lines.append(("conversations", conversations))
    lines.append(
      (
        "records",
        "\(grouped(reading.records)) read, \(grouped(reading.malformed)) malformed, \(grouped(reading.duplicates)) repeated, "
          + "\(grouped(counts.written)) written, \(grouped(counts.belowBand)) below --min-band"
      ))
    lines.append(
      (
        "skipped",
        "\(grouped(reading.skipped.system)) system, \(grouped(reading.skipped.noText)) without text, \(grouped(reading.skipped.bot)) by bots"
      ))
    lines.append(("warnings", pairs(warnings, keepsZero: false)))
    if summary.failures > 0 { lines.append(("inputs", "\(summary.failures) could not be read, or not to the end")) }
    lines.append(("model", modelID))
    let rate = seconds > 0 ? Int(Double(counts.messages) / seconds) : 0
    let hundredths = Int((seconds * 100).rounded())
    let decimals = hundredths % 100 < 10 ? "0\(hundredths % 100)" : "\(hundredths % 100)"
    lines.append(("time", "\(hundredths / 100).\(decimals) s, \(grouped(rate)) messages/s"))
    return lines.map { name, value in name + String(repeating: " ", count: 15 - name.count) + value + "\n" }.joined()
  }

  /// One JSON object. Times are left out, so that equal runs give equal bytes.
  var json: String {
    let counts = summary.counts
    let reading = summary.reading
    let buffer = ByteBuffer()
    func object(_ name: String, _ values: [(String, Int)]) {
      buffer.append(json: name)
      buffer.append(":{")
      for (index, value) in values.enumerated() {
        if index > 0 { buffer.append(",") }
        buffer.append(json: value.0)
        buffer.append(":")
        buffer.append(integer: value.1)
      }
      buffer.append("},")
    }
    buffer.append("{\"ending\":")
    buffer.append(json: ending)
    buffer.append(",\"level\":")
    buffer.append(json: level.rawValue)
    buffer.append(",")
    object(
      "messages",
      [
        ("scored", counts.messages), ("moves", counts.moves), ("disclosures", counts.disclosures),
        ("written", counts.written), ("below_min_band", counts.belowBand),
      ])
    object("bands", Band.allCases.map { ($0.name, counts.bands[Int($0.rawValue)]) })
    object("labels", Label.moves.map { ($0.name, counts.labels[Int($0.rawValue)]) })
    object("languages", Language.allCases.map { ($0.name, counts.languages[Int($0.rawValue)]) })
    object("conversations", [("seen", summary.conversations), ("given_up", summary.evictions)])
    object(
      "records",
      [
        ("read", reading.records), ("malformed", reading.malformed), ("repeated", reading.duplicates),
        ("transcripts", reading.transcripts),
      ])
    object(
      "skipped",
      [("system", reading.skipped.system), ("no_text", reading.skipped.noText), ("bot", reading.skipped.bot)])
    object("warnings", warnings)
    buffer.append("\"failed_inputs\":")
    buffer.append(integer: summary.failures)
    buffer.append(",\"model\":")
    buffer.append(json: modelID)
    buffer.append("}\n")
    return buffer.string
  }

  private var ending: String {
    switch summary.ending {
    case .finished: "finished"
    case .interrupted: "interrupted"
    case .stopped: "stopped"
    }
  }

  private var warnings: [(String, Int)] {
    let warnings = summary.reading.warnings
    return [
      ("lone_surrogates", warnings.loneSurrogates), ("invalid_utf8", warnings.invalidUTF8),
      ("invalid_timestamps", warnings.invalidTimestamps), ("unknown_labels", warnings.unknownLabels),
      ("conflicting_dates", warnings.conflictingDates),
    ]
  }

  private func pairs(_ values: [(String, Int)], keepsZero: Bool) -> String {
    let shown = values.filter { keepsZero || $0.1 > 0 }
    return shown.isEmpty ? "none" : shown.map { "\($0.0) \(grouped($0.1))" }.joined(separator: ", ")
  }
}
