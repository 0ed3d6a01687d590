public import JagaBatch
import JagaCore

/// Writes a ``LexiconEvaluation``, or the part of it that was asked for.
public struct LexiconReport {
  private let evaluation: LexiconEvaluation
  private let entries: [EntryFigures]

  /// A report of the entries that pass, at most `limit` of them when it is not 0.
  public init(_ evaluation: LexiconEvaluation, limit: Int = 0, where isChosen: (EntryFigures) -> Bool = { _ in true }) {
    self.evaluation = evaluation
    let chosen = evaluation.entries.filter(isChosen)
    entries = limit > 0 ? Array(chosen.prefix(limit)) : chosen
  }

  /// How many have each finding, over all entries and rules.
  private var findingCounts: [(LexiconFinding, Int)] {
    LexiconFinding.allCases.map { finding in
      (finding, evaluation.entries.filter { $0.findings.contains(finding) }.count)
    }
  }

  /// A table for people. `wrong` prints the ids of so many wrong instances under each row.
  public func writeTable(wrong: Int = 0, to buffer: ByteBuffer) {
    let total = Shown.grouped(evaluation.entries.count)
    buffer.append(
      text: "\(Shown.grouped(evaluation.messages)) messages, \(Shown.grouped(evaluation.moves)) of them moves, in "
        + "\(Shown.grouped(evaluation.conversations)) conversations; model \(evaluation.modelID)\n")
    buffer.append(
      text: "\(total) entries and rules in place: ROC-AUC \(Displayed.figure(evaluation.area, decimals: 4)), "
        + "F1 at 0.5 \(Displayed.figure(evaluation.f1, decimals: 4))\n")
    buffer.append(
      text: findingCounts.map { "\($0.rawValue) \(Shown.grouped($1))" }.joined(separator: ", ") + "\n\n")
    var table = AlignedTable(
      [
        "finding", "id", "speaks for", "found", "precision", "by chance", "moves", "overlap", "conflict", "z",
        "AUC gain ‰", "F1 gain ‰", "recall gain ‰", "wrong",
      ], textColumns: [0, 1, 2])
    for entry in entries {
      let findings = entry.findings.map(\.rawValue).joined(separator: ", ")
      var notes: [String] = []
      if let cover = entry.coveredBy { notes.append("covered by \(cover)") }
      for instance in entry.wrong.prefix(wrong) {
        let labels = instance.labels.map(\.name).joined(separator: ", ")
        notes.append("wrong in \(instance.id) (\(labels))\(instance.text.map { ": \($0)" } ?? "")")
      }
      table.add(
        [
          findings.isEmpty ? "-" : findings, entry.voter.id, entry.voter.sense.name, Shown.grouped(entry.count),
          Displayed.figure(entry.precision, decimals: 2), Displayed.figure(entry.base),
          Displayed.figure(entry.moves, decimals: 2),
          Displayed.figure(entry.overlap, decimals: 2), Displayed.figure(entry.conflict, decimals: 2),
          Displayed.figure(entry.logOdds.z, decimals: 1), LexiconReport.thousandths(entry.areaGain),
          LexiconReport.thousandths(entry.f1Gain), Displayed.figure(entry.recallGain.value * 1000, decimals: 1),
          Shown.grouped(entry.wrongCount),
        ], notes: notes)
    }
    table.write(to: buffer)
  }

  private static func thousandths(_ figure: Estimate) -> String {
    Displayed.figure(
      Estimate(value: figure.value * 1000, low: figure.low * 1000, high: figure.high * 1000), decimals: 2)
  }

  /// One JSON object and a line break. Texts of wrong instances are in it when the evaluation kept them.
  public func writeJSON(to buffer: ByteBuffer) {
    buffer.append("{\"model\":")
    buffer.append(json: evaluation.modelID)
    for (key, value) in [
      ("messages", evaluation.messages), ("moves", evaluation.moves), ("conversations", evaluation.conversations),
      ("resamples", evaluation.options.resamples), ("voters", evaluation.entries.count),
    ] { buffer.append(text: ",\"\(key)\":\(value)") }
    buffer.append(text: ",\"seed\":\(evaluation.options.seed)")
    buffer.append(key: "auc")
    buffer.append(number: evaluation.area)
    buffer.append(key: "f1")
    buffer.append(number: evaluation.f1)
    buffer.append(key: "findings")
    buffer.append(text: "{" + findingCounts.map { "\"\($0.rawValue)\":\($1)" }.joined(separator: ",") + "}")
    buffer.append(key: "entries")
    buffer.append("[")
    for (index, entry) in entries.enumerated() {
      buffer.append(index > 0 ? ",\n" : "\n")
      write(entry, to: buffer)
    }
    buffer.append("]}\n")
  }

  private func write(_ entry: EntryFigures, to buffer: ByteBuffer) {
    buffer.append("{\"id\":")
    buffer.append(json: entry.voter.id)
    for (key, value) in [
      ("kind", entry.voter.kind.rawValue), ("speaks_for", entry.voter.sense.name), ("language", entry.voter.language),
    ] { buffer.append(text: ",\"\(key)\":\"\(value)\"") }
    buffer.append(text: ",\"serves_rules\":\(entry.voter.servesRules)")
    buffer.append(key: "findings")
    buffer.append(strings: entry.findings.map(\.rawValue))
    buffer.append(key: "covered_by")
    if let cover = entry.coveredBy { buffer.append(json: cover) } else { buffer.append("null") }
    buffer.append(text: ",\"messages\":\(entry.count)")
    for (key, value) in [
      ("coverage", entry.coverage), ("by_chance", entry.base), ("moves", entry.moves), ("overlap", entry.overlap),
      ("conflict", entry.conflict), ("right_in_conflict", entry.rightInConflict), ("log_odds", entry.logOdds.ratio),
      ("z", entry.logOdds.z),
    ] {
      buffer.append(text: ",\"\(key)\":")
      buffer.append(number: value)
    }
    for (key, value) in [
      ("precision", entry.precision), ("auc_gain", entry.areaGain), ("f1_gain", entry.f1Gain),
      ("recall_gain", entry.recallGain),
    ] {
      buffer.append(text: ",\"\(key)\":")
      buffer.append(estimate: value)
    }
    buffer.append(text: ",\"wrong\":\(entry.wrongCount)")
    buffer.append(key: "wrong_instances")
    buffer.append("[")
    for (index, instance) in entry.wrong.enumerated() {
      if index > 0 { buffer.append(",") }
      buffer.append("{\"id\":")
      buffer.append(json: instance.id)
      buffer.append(key: "labels")
      buffer.append(strings: instance.labels.map(\.name))
      if let text = instance.text {
        buffer.append(key: "text")
        buffer.append(json: text)
      }
      buffer.append("}")
    }
    buffer.append("]}")
  }

  /// A header and a row an entry; ids of wrong instances are joined by blanks. Texts are never in it.
  public func writeCSV(to buffer: ByteBuffer) {
    func bounds(_ name: String) -> [String] { [name, name + "_low", name + "_high"] }
    buffer.append(
      csvRow: [
        "id", "kind", "speaks_for", "language", "serves_rules", "findings", "covered_by", "messages", "coverage",
      ]
        + bounds("precision") + ["by_chance", "moves", "overlap", "conflict", "right_in_conflict", "log_odds", "z"]
        + bounds("auc_gain")
        + bounds("f1_gain") + bounds("recall_gain") + ["wrong", "wrong_ids"])
    for entry in entries {
      buffer.append(
        csvRow: [
          entry.voter.id, entry.voter.kind.rawValue, entry.voter.sense.name, entry.voter.language,
          "\(entry.voter.servesRules)", entry.findings.map(\.rawValue).joined(separator: " "), entry.coveredBy ?? "",
          "\(entry.count)", Displayed.field(entry.coverage),
        ] + Displayed.fields(entry.precision)
          + [
            entry.base, entry.moves, entry.overlap, entry.conflict, entry.rightInConflict, entry.logOdds.ratio,
            entry.logOdds.z,
          ]
          .map(Displayed.field) + Displayed.fields(entry.areaGain) + Displayed.fields(entry.f1Gain)
          + Displayed.fields(entry.recallGain)
          + ["\(entry.wrongCount)", entry.wrong.map(\.id).joined(separator: " ")])
    }
  }
}
