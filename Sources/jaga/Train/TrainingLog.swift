internal import JagaCore
internal import JagaTraining
internal import JagaTranscripts

/// The figures on voices that were not learned from, for people.
struct TrainingLog {
  private let report: TrainingReport

  init(_ report: TrainingReport) { self.report = report }

  /// A few lines of figures; undefined ones are dashes.
  var text: String {
    let rows: [(String, Double)] = [
      ("area under the curve, moves", report.moveAUC), ("area under the curve, disclosures", report.disclosureAUC),
      ("moves whose top label is right", report.topLabelShare), ("moves found at 0.5", report.recall),
      ("others taken for a move at 0.5", report.falseAlarms),
      ("risky transcripts at review", report.transcriptRecall),
      ("other transcripts at review", report.transcriptFalseAlarms),
      ("disclosures offered support", report.supportShare), ("median lag in messages", report.medianLag),
    ]
    var text = "\(report.voices), \(report.messages) messages\n"
    for (name, value) in rows {
      text += "  \(name)\(String(repeating: " ", count: max(1, 36 - name.count)))\(Self.figure(value))\n"
    }
    return text
  }

  /// One line a transcript.
  var transcripts: String {
    report.transcripts.map { outcome in
      let lag = outcome.firstAlert.flatMap { alert in outcome.firstRisk.map { String(alert - $0) } } ?? "-"
      return "\(outcome.id) \(outcome.label?.name ?? "-") \(outcome.band.name) \(outcome.top.name) "
        + "\(lag) \(Self.figure(outcome.evidence))\n"
    }.joined()
  }

  /// Three decimals; undefined is a dash.
  static func figure(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    let scaled = (abs(value) * 1000).rounded()
    let whole = Int(scaled) / 1000
    let rest = String(Int(scaled) % 1000)
    return (value < 0 ? "-" : "") + "\(whole)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}
