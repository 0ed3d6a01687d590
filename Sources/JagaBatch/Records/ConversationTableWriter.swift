internal import JagaCore

/// Conversation records as a table for people.
final class ConversationTableWriter {
  private let style: TableStyle
  private var hasHeader = false

  init(style: TableStyle) { self.style = style }

  /// Appends one row, and the heading before the first.
  func write(_ record: ConversationRecord, to buffer: ByteBuffer) {
    if !hasHeader {
      hasHeader = true
      buffer.inked(.dim, style) {
        buffer.append("band    score  stage                    messages  first alert     support  conversation\n")
      }
    }
    let isAlert = record.summary.band >= .watch
    let ink = ScoreTable.ink(nil, record.summary.band)
    buffer.inked(ink, style) { buffer.append(record.summary.band.staticName, width: 8) }
    buffer.append(rounded: record.summary.score)
    buffer.append("  ")
    buffer.inked(isAlert ? ink : .dim, style) {
      buffer.append(isAlert ? record.summary.top.staticName : "-", width: 25)
    }
    number(record.messages, width: 10, to: buffer)
    if let index = record.firstAlertIndex {
      let before = buffer.count
      buffer.append(UInt8(ascii: "#"))
      buffer.append(integer: index)
      buffer.append(UInt8(ascii: " "))
      let used = buffer.count - before
      record.firstAlertMessageID.withUnsafeBufferPointer { buffer.append(name: $0, width: max(15 - used, 1)) }
      buffer.append(UInt8(ascii: " "))
    } else {
      buffer.append("-", width: 16)
    }
    buffer.inked(record.summary.supportNeeded ? .support : .dim, style) {
      buffer.append(record.summary.supportNeeded ? "needed" : "-", width: 9)
    }
    let room = max(style.columns - 76, 12)
    record.conversationID.withUnsafeBufferPointer { buffer.append(name: $0, width: min(room, max($0.count, 1))) }
    if record.isPartial { buffer.append(" (partial)") }
    buffer.append(UInt8(ascii: "\n"))
  }

  private func number(_ value: Int, width: Int, to buffer: ByteBuffer) {
    let before = buffer.count
    buffer.append(integer: value)
    buffer.append(UInt8(ascii: " "), times: width - (buffer.count - before))
  }
}
