internal import JagaCore

/// One record being put into a batch: fields are copied as they come, repairs are remembered, and a record that turns out
/// malformed leaves nothing behind.
struct RecordRow {
  var row = MessageBatch.Row()
  private(set) var repaired = false
  private let byteMark: Int
  private let rowMark: Int

  init(in batch: MessageBatch) {
    byteMark = batch.bytes.count
    rowMark = batch.rows.count
  }

  mutating func set(
    _ part: WritableKeyPath<MessageBatch.Row, MessageBatch.Field>, _ bytes: UnsafeBufferPointer<UInt8>,
    in batch: inout MessageBatch
  ) {
    let (field, wrong) = batch.appendRepaired(bytes)
    row[keyPath: part] = field
    if wrong { repaired = true }
  }

  mutating func set(
    _ part: WritableKeyPath<MessageBatch.Row, MessageBatch.Field>, _ bytes: [UInt8], in batch: inout MessageBatch
  ) {
    bytes.withUnsafeBufferPointer { set(part, $0, in: &batch) }
  }

  /// Fills missing ids with the record's number.
  mutating func number(_ record: Int, in batch: inout MessageBatch) {
    guard row.conversationID.count == 0 || row.messageID.count == 0 else { return }
    row.isNumbered = true
    let own = batch.append(decimal: record)
    if row.conversationID.count == 0 {
      row.conversationID = own
      row.isAlone = true
    }
    if row.messageID.count == 0 { row.messageID = own }
  }

  /// Takes everything back.
  func discard(from batch: inout MessageBatch) {
    batch.bytes.removeLast(batch.bytes.count - byteMark)
    batch.rows.removeLast(batch.rows.count - rowMark)
  }
}
