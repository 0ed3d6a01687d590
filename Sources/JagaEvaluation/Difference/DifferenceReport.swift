public import JagaBatch
import JagaCore

/// Writes a comparison: changed messages as they come, counts at the end.
///
/// JSON is one object, `{"first":…,"second":…,"changed":[…],"counts":…}`, which does not have to fit into memory. CSV has a row a changed message and no counts.
/// The table shows counts, and at most `shown` changed messages under them.
public final class DifferenceReport {
  /// The forms.
  public enum Form: Sendable {
    /// For people.
    case table
    /// One object.
    case json
    /// A row a changed message.
    case csv
  }

  private let form: Form
  private let names: (first: String, second: String)
  private let days: Double?
  private let shown: Int
  private let withText: Bool
  private var examples: [ChangedMessage] = []
  private var isFirst = true

  /// A report on two systems, by the names that the output gives them. With `days`, the load is also given for each day.
  public init(_ form: Form, names: (first: String, second: String), days: Double?, shown: Int, withText: Bool) {
    self.form = form
    self.names = names
    self.days = days
    self.shown = shown
    self.withText = withText
  }

  /// What comes before the changed messages.
  public func begin(_ buffer: ByteBuffer) {
    switch form {
    case .table: break
    case .json:
      buffer.append("{\"first\":")
      buffer.append(json: names.first)
      buffer.append(key: "second")
      buffer.append(json: names.second)
      buffer.append(key: "changed")
      buffer.append("[")
    case .csv:
      buffer.append(
        csvRow: [
          "conversation_id", "message_id", "band_a", "band_b", "stage_a", "stage_b", "score_a", "score_b",
          "disclosure_a", "disclosure_b", "cause", "cause_head", "cause_change",
        ] + (withText ? ["text"] : []))
    }
  }

  /// A changed message.
  public func add(_ change: ChangedMessage, to buffer: ByteBuffer) {
    switch form {
    case .table: if examples.count < shown { examples.append(change) }
    case .json:
      buffer.append(isFirst ? "\n" : ",\n")
      isFirst = false
      writeJSON(change, to: buffer)
    case .csv:
      let reason = change.reasons.first
      buffer.append(
        csvRow: [
          change.conversationID, change.messageID, change.first.band.name, change.second.band.name,
          change.first.top.name, change.second.top.name, Displayed.field(change.first.score),
          Displayed.field(change.second.score), Displayed.field(change.first.disclosure),
          Displayed.field(change.second.disclosure), change.cause, reason?.head ?? "",
          reason.map { Displayed.field($0.change) } ?? "",
        ] + (withText ? [change.text ?? ""] : []))
    }
  }

  /// What comes after them.
  public func end(_ counts: DifferenceCounts, to buffer: ByteBuffer) {
    switch form {
    case .table: writeTable(counts, to: buffer)
    case .json: writeJSON(counts, to: buffer)
    case .csv: break
    }
  }

  // MARK: JSON

  private func writeJSON(_ change: ChangedMessage, to buffer: ByteBuffer) {
    let (first, second) = (change.first, change.second)
    buffer.append("{\"conversation_id\":")
    buffer.append(json: change.conversationID)
    buffer.append(key: "message_id")
    buffer.append(json: change.messageID)
    buffer.append(key: "bands")
    buffer.append(strings: [first.band.name, second.band.name])
    buffer.append(key: "stages")
    buffer.append(strings: [first.top.name, second.top.name])
    for (key, pair) in [
      ("scores", (first.score, second.score)), ("disclosures", (first.disclosure, second.disclosure)),
    ] {
      buffer.append(text: ",\"\(key)\":[")
      buffer.append(probability: pair.0)
      buffer.append(",")
      buffer.append(probability: pair.1)
      buffer.append("]")
    }
    buffer.append(key: "reasons")
    buffer.append("[")
    for (index, reason) in change.reasons.enumerated() {
      if index > 0 { buffer.append(",") }
      buffer.append("{\"head\":")
      buffer.append(json: reason.head)
      buffer.append(key: "source")
      buffer.append(json: reason.source)
      if let range = reason.range { buffer.append(text: ",\"begin\":\(range.begin),\"end\":\(range.end)") }
      buffer.append(key: "logits")
      buffer.append("[")
      buffer.append(logit: reason.logits.first)
      buffer.append(",")
      buffer.append(logit: reason.logits.second)
      buffer.append("]")
      if let words = change.words(of: reason) {
        buffer.append(key: "words")
        buffer.append(json: words)
      }
      buffer.append("}")
    }
    buffer.append("]")
    if let text = change.text {
      buffer.append(key: "text")
      buffer.append(json: text)
    }
    buffer.append("}")
  }

  private func writeJSON(_ counts: DifferenceCounts, to buffer: ByteBuffer) {
    buffer.append("]")
    for (key, matrix) in [("messages", counts.messages), ("conversations", counts.conversations)] {
      buffer.append(text: ",\"\(key)\":{\"all\":\(matrix.total),\"band_changed\":\(matrix.changed)")
      buffer.append(text: ",\"newly_at_review\":\(matrix.newlyAtReview),\"newly_quiet\":\(matrix.newlyQuiet)")
      if let days {
        buffer.append(key: "newly_at_review_a_day")
        buffer.append(number: Double(matrix.newlyAtReview) / days)
        buffer.append(key: "newly_quiet_a_day")
        buffer.append(number: Double(matrix.newlyQuiet) / days)
      }
      let rows = Band.allCases.map { first in
        "\"\(first.name)\":{" + Band.allCases.map { "\"\($0.name)\":\(matrix[first, $0])" }.joined(separator: ",") + "}"
      }
      buffer.append(text: ",\"bands\":{" + rows.joined(separator: ",") + "}}")
    }
    buffer.append(
      text: ",\"changed_messages\":\(counts.changed),\"other_stage\":\(counts.otherStage)"
        + ",\"disclosures\":{\"gained\":\(counts.disclosures.gained),\"lost\":\(counts.disclosures.lost)}"
        + ",\"support\":{\"gained\":\(counts.support.gained),\"lost\":\(counts.support.lost)}")
    for (key, rows) in [("stages", stageRows(counts)), ("causes", causeRows(counts))] {
      buffer.append(text: ",\"\(key)\":{")
      for (index, row) in rows.enumerated() {
        if index > 0 { buffer.append(",") }
        buffer.append(json: row.name)
        buffer.append(
          text: ":{\"raised\":\(row.tally.raised),\"lowered\":\(row.tally.lowered),\"renamed\":\(row.tally.renamed)"
            + ",\"to_review\":\(row.tally.toReview),\"from_review\":\(row.tally.fromReview)}")
      }
      buffer.append("}")
    }
    buffer.append("}\n")
  }

  // MARK: Table

  private func stageRows(_ counts: DifferenceCounts) -> [(name: String, tally: ChangeTally)] {
    Label.moves.compactMap { label in counts.stages[label].map { (label.name, $0) } }
  }

  /// Most changes first.
  private func causeRows(_ counts: DifferenceCounts) -> [(name: String, tally: ChangeTally)] {
    counts.causes.map { (name: $0.key, tally: $0.value) }.sorted { left, right in
      left.tally.total != right.tally.total ? left.tally.total > right.tally.total : left.name < right.name
    }
  }

  private func writeTable(_ counts: DifferenceCounts, to buffer: ByteBuffer) {
    buffer.append(text: "A  \(names.first)\nB  \(names.second)\n")
    for (name, matrix) in [("messages", counts.messages), ("conversations", counts.conversations)] {
      buffer.append(
        text: "\n\(name): \(Shown.grouped(matrix.total)), band changed in \(Shown.grouped(matrix.changed))\n")
      buffer.append(
        text: "  newly at review or above \(load(matrix.newlyAtReview)), newly quiet \(load(matrix.newlyQuiet))\n")
      var table = AlignedTable(["  A \\ B"] + Band.allCases.map(\.name), textColumns: [0])
      for first in Band.allCases {
        table.add(["  \(first.name)"] + Band.allCases.map { Shown.grouped(matrix[first, $0]) })
      }
      table.write(to: buffer)
    }
    buffer.append(
      text: "\nsame band and another stage \(Shown.grouped(counts.otherStage)); disclosures gained "
        + "\(Shown.grouped(counts.disclosures.gained)), lost \(Shown.grouped(counts.disclosures.lost)); conversations that need support "
        + "gained \(Shown.grouped(counts.support.gained)), lost \(Shown.grouped(counts.support.lost))\n")
    for (name, rows) in [("by stage", stageRows(counts)), ("by strongest reason", causeRows(counts))]
    where !rows.isEmpty {
      var table = AlignedTable(
        [name, "raised", "lowered", "renamed", "to review", "from review"], textColumns: [0])
      for row in rows.prefix(40) {
        let tally = row.tally
        let cells = [tally.raised, tally.lowered, tally.renamed, tally.toReview, tally.fromReview].map(Shown.grouped)
        table.add([row.name] + cells)
      }
      buffer.append("\n")
      table.write(to: buffer)
      if rows.count > 40 { buffer.append(text: "\(Shown.grouped(rows.count - 40)) more, in JSON\n") }
    }
    writeExamples(counts, to: buffer)
  }

  private func load(_ count: Int) -> String {
    guard let days else { return Shown.grouped(count) }
    return "\(Shown.grouped(count)) (\(Displayed.figure(Double(count) / days, decimals: 1)) a day)"
  }

  private func writeExamples(_ counts: DifferenceCounts, to buffer: ByteBuffer) {
    guard !examples.isEmpty else { return }
    var table = AlignedTable(["conversation", "message", "bands", "stages", "scores"], textColumns: [0, 1, 2, 3])
    for change in examples {
      var notes = change.reasons.map { reason in
        let place = reason.range.map { " at \($0.begin)-\($0.end)" } ?? ""
        let words = change.words(of: reason).map { " “\($0)”" } ?? ""
        let logits =
          "\(Displayed.figure(reason.logits.first, decimals: 2)) → \(Displayed.figure(reason.logits.second, decimals: 2))"
        return "\(reason.head): \(reason.source)\(place)\(words) \(logits)"
      }
      if change.reasons.isEmpty { notes.append(ChangedMessage.earlierMessages) }
      if let text = change.text { notes.append(text) }
      let (first, second) = (change.first, change.second)
      let stages = first.top == second.top ? first.top.name : "\(first.top.name) → \(second.top.name)"
      table.add(
        [
          Displayed.name(change.conversationID), Displayed.name(change.messageID),
          "\(first.band.name) → \(second.band.name)",
          stages, "\(Displayed.figure(first.score)) → \(Displayed.figure(second.score))",
        ], notes: notes)
    }
    buffer.append("\n")
    table.write(to: buffer)
    let rest = counts.changed - examples.count
    if rest > 0 {
      buffer.append(text: "\(Shown.grouped(rest)) more changed messages; see all with --output json or csv\n")
    }
  }
}
