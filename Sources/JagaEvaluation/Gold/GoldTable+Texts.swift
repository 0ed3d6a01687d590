internal import JagaCore
internal import JagaTranscripts

extension GoldTable {
  /// The texts of some rows. Only there when the gold was read with ``GoldSources/keepsText``, and until ``forgetTexts()``.
  ///
  /// Cost: reads the whole input once more, since texts are needed of few messages and only on request.
  public func texts(of rows: Set<Int>) throws -> [Int: String] {
    guard !rows.isEmpty, !input.isEmpty else { return [:] }
    var options = ReaderOptions()
    options.duplicateWindow = 0
    let reader = TranscriptReader(inputs: [.bytes(input, name: "gold.jsonl")], format: .jsonl, options: options)
    var batch = MessageBatch()
    var found: [Int: String] = [:]
    while try reader.read(into: &batch) {
      for index in batch.rows.indices {
        let message = batch.message(at: index)
        guard let row = Int(message.messageID), rows.contains(row) else { continue }
        found[row] = message.text
      }
      batch.removeAll()
    }
    return found
  }
}
