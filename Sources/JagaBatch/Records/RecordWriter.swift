internal import JagaCore
internal import JagaScoring
internal import JagaTranscripts

/// Turns concluded messages into records of the chosen form. One for each thread.
final class RecordWriter {
  private let scorer: Scorer
  private let settings: BatchSettings
  private let workspace: ScoringWorkspace
  private var record: ScoreRecord
  private let table: ScoreTable?

  /// `table` is shared by all writers and used by one thread at a time.
  init(scorer: Scorer, settings: BatchSettings, workspace: ScoringWorkspace, table: ScoreTable?) {
    self.scorer = scorer
    self.settings = settings
    self.workspace = workspace
    self.table = table
    record = ScoreRecord(modelID: scorer.modelID)
    record.isExplained = settings.explains
  }

  /// Counts a lane's messages and, at message level, appends their records to its output.
  func write(_ lane: Lane) {
    lane.output.removeAll()
    lane.counts.reset()
    write(lane.batch, conclusions: lane.conclusions, record: &record, counts: &lane.counts, to: lane.output)
  }

  private func write(
    _ batch: borrowing MessageBatch, conclusions: UnsafeMutablePointer<Conclusion>, record: inout ScoreRecord,
    counts: inout ScoreCounts, to output: ByteBuffer
  ) {
    let settings = self.settings
    let writesRecords = settings.level == .message
    batch.bytes.withUnsafeBufferPointer { bytes in
      batch.rows.withUnsafeBufferPointer { rows in
        for index in rows.indices {
          scorer.fill(&record.score, from: conclusions[index], leastLabel: ScoreRecord.labelFloor)
          counts.add(record.score)
          guard writesRecords else { continue }
          guard record.score.band >= settings.minimumBand || record.asksForHelp else {
            counts.belowBand += 1
            continue
          }
          counts.written += 1
          if case .none = settings.form { continue }
          let row = rows[index]
          record.conversationID = bytes.field(row.conversationID)
          record.messageID = bytes.field(row.messageID)
          record.authorID = bytes.field(row.authorID)
          record.text = settings.includesText ? bytes.field(row.text) : nil
          record.conversation = conclusions[index].conversation
          if settings.explains || record.isNotable {
            workspace.explain(
              bytes.field(row.text), conclusion: conclusions[index], contributions: settings.explains,
              into: &record.score)
          }
          switch settings.form {
          case .jsonl: record.writeJSON(to: output)
          case .csv: record.writeCSV(to: output)
          case .table: table?.write(record, to: output)
          case .none: break
          }
        }
      }
    }
  }
}

/// Turns conversation records into the chosen form, in order.
final class ConversationWriter {
  private let settings: BatchSettings
  private let modelID: String
  private let table: ConversationTableWriter?
  let output = ByteBuffer(capacity: 1 << 16)
  var counts = ScoreCounts()

  init(settings: BatchSettings, modelID: String) {
    self.settings = settings
    self.modelID = modelID
    if case .table(let style) = settings.form { table = ConversationTableWriter(style: style) } else { table = nil }
  }

  /// Appends the record, unless its band is below the least one asked for and nobody in it asked for help.
  func write(_ record: ConversationRecord) {
    guard record.summary.band >= settings.minimumBand || record.summary.supportNeeded else {
      counts.belowBand += 1
      return
    }
    counts.written += 1
    switch settings.form {
    case .jsonl: record.writeJSON(modelID: modelID, to: output)
    case .csv: record.writeCSV(modelID: modelID, to: output)
    case .table: table?.write(record, to: output)
    case .none: break
    }
  }
}
