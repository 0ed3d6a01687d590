internal import JagaCore
public import JagaTranscripts

extension PredictionTable {
  /// What becomes of gold messages that a file does not predict.
  public enum Missing: String, CaseIterable, Sendable {
    /// Nothing is evaluated.
    case error
    /// They count as score 0 in no band, and are counted.
    case zero
  }

  /// Reads a system's predictions and puts them beside the gold.
  ///
  /// A prediction belongs to the message of the same conversation and message id, where a gold message without a conversation has
  /// the number of its record, as in the records of `jaga score`. Failing that, or without a conversation id, it belongs to the one gold
  /// message of that message id that has no conversation, or to the only one at all. Those that fit none are counted.
  ///
  /// Throws `TranscriptError` at a line that cannot be read, ``EvaluationError/predictedTwice(file:line:before:)`` and, unless
  /// `missing` says otherwise, ``EvaluationError/notPredicted(file:missing:total:goldFile:goldLine:)``. Cost: two dictionaries of ids.
  public init(_ input: TranscriptInput, gold: GoldTable, missing rule: Missing = .error) throws {
    self.init(name: input.name, rows: gold.rows.count)
    let index = GoldIndex(gold)
    try PredictionReader().read(input) { prediction, line in
      guard let row = index.row(of: prediction) else {
        strangers += 1
        return
      }
      guard lines[row] == 0 else {
        throw EvaluationError.predictedTwice(file: input.name, line: line, before: Int(lines[row]))
      }
      set(prediction, row: row, line: line)
    }
    let absent = lines.indices.filter { lines[$0] == 0 && gold.isJudged($0) }
    missing = absent.count
    guard rule == .error, let first = absent.first else { return }
    throw EvaluationError.notPredicted(
      file: input.name, missing: missing, total: gold.rows.indices.count { gold.isJudged($0) },
      goldFile: gold.files[gold.rows[first].file], goldLine: gold.rows[first].line)
  }
}

/// Finds the row of a message by its ids.
final class GoldIndex {
  private let gold: GoldTable
  private var exact: [String: Int] = [:]
  /// By message id alone, messages without a conversation; -1 where several share it. Made when a prediction needs it.
  private lazy var alone = byMessage { gold.conversations[gold.rows[$0].conversation].isAlone }
  private lazy var any = byMessage { gold.rows[$0].kind == .message }

  init(_ gold: GoldTable) {
    self.gold = gold
    exact.reserveCapacity(gold.rows.count)
    for (number, row) in gold.rows.enumerated() {
      exact[GoldIndex.key(gold.conversations[row.conversation].id, row.messageID)] = number
    }
  }

  func row(of prediction: Prediction) -> Int? {
    if let conversation = prediction.conversationID {
      if let row = exact[GoldIndex.key(conversation, prediction.messageID)] { return row }
      return GoldIndex.only(prediction.messageID, in: alone)
    }
    return GoldIndex.only(prediction.messageID, in: alone) ?? GoldIndex.only(prediction.messageID, in: any)
  }

  private func byMessage(_ isWanted: (Int) -> Bool) -> [String: Int] {
    var table: [String: Int] = [:]
    for (number, row) in gold.rows.enumerated() where isWanted(number) {
      table[row.messageID] = table[row.messageID] == nil ? number : -1
    }
    return table
  }

  private static func key(_ conversation: String, _ message: String) -> String { conversation + "\u{0}" + message }

  private static func only(_ id: String, in table: [String: Int]) -> Int? {
    guard let row = table[id], row >= 0 else { return nil }
    return row
  }
}
