public import JagaBatch
internal import JagaStore

/// A comparison of two runs on its way out.
public struct ComparisonReport {
  private let comparison: RunComparison
  private let report: EvaluationReport
  /// Changed messages that are listed.
  private let listed: ArraySlice<VerdictChanges.Change>

  /// Lists at most `limit` of the changed messages; nil lists all.
  public init(_ comparison: RunComparison, limit: Int?) {
    self.comparison = comparison
    report = EvaluationReport(comparison.evaluation, gold: comparison.gold, predictions: comparison.predictions)
    listed = limit.map { comparison.changes.changes.prefix(max($0, 0)) } ?? comparison.changes.changes[...]
  }

  private var hidden: Int { comparison.changes.changes.count - listed.count }

  /// Appends the pages of `jaga evaluate` with two systems, then changed verdicts by gold label, then changed messages by their ids.
  public func writeTable(to buffer: ByteBuffer) {
    buffer.append(text: "A is run \(comparison.a.id), B is run \(comparison.b.id)\n")
    report.writeTable(to: buffer)
    buffer.append(text: "\nCHANGED VERDICTS, from A to B\n")
    var table = TextTable([
      "gold label", "messages", "move +", "move -", "disclosure +", "disclosure -", "band up", "band down",
    ])
    for tally in comparison.changes.tallies {
      table.add(
        [tally.label]
          + [
            tally.items, tally.move.gained, tally.move.lost, tally.disclosure.gained, tally.disclosure.lost,
            tally.band.gained, tally.band.lost,
          ].map(Shown.grouped))
    }
    buffer.append(text: table.text)
    guard !listed.isEmpty else { return }
    buffer.append(text: "\n")
    var list = TextTable([
      "conversation", "message", "gold", "move A", "B", "disclosure A", "B", "band A", "B", "score A", "B",
    ])
    func said(_ value: Bool?) -> String { value.map { $0 ? "yes" : "no" } ?? "-" }
    for change in listed {
      list.add([
        Shown.name(change.conversationID), Shown.name(change.messageID), change.labels.joined(separator: "+"),
        said(change.move.a), said(change.move.b), said(change.disclosure.a), said(change.disclosure.b),
        change.band.a ?? "-", change.band.b ?? "-", Shown.number(change.score.a), Shown.number(change.score.b),
      ])
    }
    buffer.append(text: list.text)
    if hidden > 0 { buffer.append(text: "  and \(Shown.grouped(hidden)) more; --changes all lists them\n") }
  }

  /// Appends the figures as `jaga evaluate` with two systems does. Changed messages are in the JSON.
  public func writeCSV(to buffer: ByteBuffer) { report.writeCSV(to: buffer) }

  /// Appends one JSON object and a line break: `a` and `b` (runs), `figures[]` with `difference` and `share_better`, `changes_by_label[]`, `changes[]`,
  /// `changes_left_out`.
  public func writeJSON(to buffer: ByteBuffer) {
    buffer.append("{\"a\":{")
    comparison.a.writeMembers(to: buffer)
    buffer.append("},\"b\":{")
    comparison.b.writeMembers(to: buffer)
    buffer.append("},\"drifted\":")
    buffer.append(integer: comparison.drifted)
    report.writeFigures(to: buffer)
    buffer.append(key: "changes_by_label")
    buffer.append("[")
    for (index, tally) in comparison.changes.tallies.enumerated() {
      buffer.append(index > 0 ? ",\n{\"label\":" : "\n{\"label\":")
      buffer.append(json: tally.label)
      for (key, value) in [
        ("messages", tally.items), ("move_gained", tally.move.gained), ("move_lost", tally.move.lost),
        ("disclosure_gained", tally.disclosure.gained), ("disclosure_lost", tally.disclosure.lost),
        ("band_up", tally.band.gained), ("band_down", tally.band.lost),
      ] {
        buffer.append(text: ",\"\(key)\":")
        buffer.append(integer: value)
      }
      buffer.append("}")
    }
    buffer.append("]")
    buffer.append(key: "changes")
    buffer.append("[")
    for (index, change) in listed.enumerated() {
      buffer.append(index > 0 ? ",\n" : "\n")
      write(change, to: buffer)
    }
    buffer.append("]")
    buffer.append(key: "changes_left_out")
    buffer.append(integer: hidden)
    buffer.append("}\n")
  }

  private func write(_ change: VerdictChanges.Change, to buffer: ByteBuffer) {
    buffer.append("{\"conversation_id\":")
    buffer.append(json: change.conversationID)
    buffer.append(key: "message_id")
    buffer.append(json: change.messageID)
    buffer.append(key: "labels")
    buffer.append(strings: change.labels)
    func pair<Value>(_ key: StaticString, _ pair: VerdictChanges.Pair<Value>, _ write: (Value) -> Void) {
      buffer.append(key: key)
      buffer.append("[")
      write(pair.a)
      buffer.append(",")
      write(pair.b)
      buffer.append("]")
    }
    pair("move", change.move) { buffer.append(text: "\($0)") }
    pair("disclosure", change.disclosure) { buffer.append(text: $0.map { "\($0)" } ?? "null") }
    pair("band", change.band) { if let band = $0 { buffer.append(json: band) } else { buffer.append("null") } }
    pair("score", change.score) { buffer.append(number: $0) }
    buffer.append("}")
  }
}
