internal import JagaCore

/// Pieces of a record that are always the same for the same few values, each in room of equal length, so that writing one is a
/// copy of known size.
struct FragmentTable: @unchecked Sendable {
  /// The room of a fragment.
  static let stride = 112

  let base: UnsafePointer<UInt8>
  let lengths: UnsafePointer<UInt8>

  /// Writes `count` fragments. The table lives as long as the process.
  init(count: Int, _ write: (_ index: Int, _ buffer: ByteBuffer) -> Void) {
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: count * FragmentTable.stride)
    bytes.initialize(repeating: 0, count: count * FragmentTable.stride)
    let lengths = UnsafeMutablePointer<UInt8>.allocate(capacity: count)
    let buffer = ByteBuffer()
    for index in 0..<count {
      buffer.removeAll()
      write(index, buffer)
      precondition(buffer.count <= FragmentTable.stride)
      buffer.withBytes { written in
        for place in written.indices { bytes[index * FragmentTable.stride + place] = written[place] }
      }
      lengths[index] = UInt8(buffer.count)
    }
    base = UnsafePointer(bytes)
    self.lengths = UnsafePointer(lengths)
  }
}

/// All fragments of a score record.
struct RecordFragments: Sendable {
  /// The one set; it lives as long as the process.
  static let shared = RecordFragments()

  private static let labelCount = Label.allCases.count

  /// From the band to the beginning of the labels.
  private let moves = FragmentTable(count: Band.allCases.count * labelCount) { index, buffer in
    RecordFragments.writeMove(index, to: buffer)
    buffer.append(",\"labels\":{")
  }
  /// From the band of the conversation to the beginning of the evidence.
  private let conversations = FragmentTable(count: Band.allCases.count * labelCount * 2) { index, buffer in
    RecordFragments.writeMove(index / 2, to: buffer)
    buffer.append(
      index % 2 == 1 ? ",\"support_needed\":true},\"evidence\":[" : ",\"support_needed\":false},\"evidence\":[")
  }
  /// The key of a label's probability.
  private let labels = FragmentTable(count: labelCount) { index, buffer in
    buffer.append(UInt8(ascii: "\""))
    buffer.append(Label.allCases[index].staticName)
    buffer.append("\":")
  }
  /// From the language to the conversation's score.
  private let languages = FragmentTable(count: Language.allCases.count) { index, buffer in
    buffer.append(",\"lang\":\"")
    buffer.append(Language.allCases[index].staticName)
    buffer.append("\",\"conversation\":{\"score\":")
  }
  private let digits = DigitTable.shared

  private static func writeMove(_ index: Int, to buffer: ByteBuffer) {
    let label = Label.allCases[index % labelCount]
    buffer.append(",\"band\":\"")
    buffer.append(Band.allCases[index / labelCount].staticName)
    buffer.append("\",\"track\":\"")
    buffer.append(label.trackName)
    buffer.append("\",\"stage\":\"")
    buffer.append(label.stageBytes)
    buffer.append(UInt8(ascii: "\""))
  }

  /// What the fixed part of a record takes at most, without its ids.
  static let room = 8 * FragmentTable.stride + Label.moveCount * 40 + BytePen.slack

  /// Appends a record up to its evidence, whose list it leaves open.
  func write(_ record: borrowing ScoreRecord, to buffer: ByteBuffer) {
    let ids = record.conversationID.count + record.messageID.count + record.authorID.count
    var pen = BytePen(buffer.room(for: RecordFragments.room + 6 * ids))
    pen.put("{\"conversation_id\":")
    pen.put(json: record.conversationID)
    pen.put(",\"message_id\":")
    pen.put(json: record.messageID)
    pen.put(",\"author_id\":")
    pen.put(json: record.authorID)
    pen.put(",\"score\":")
    pen.put(probability: record.score.score, digits)
    pen.put(moves, Int(record.score.band.rawValue) &* RecordFragments.labelCount &+ Int(record.score.top.rawValue))
    writeLabels(record.score.labels, to: &pen)
    pen.put("},\"disclosure\":")
    pen.put(probability: record.score.disclosure, digits)
    pen.put(languages, Int(record.score.language.rawValue))
    let conversation = record.conversation
    pen.put(probability: conversation.score, digits)
    let move = Int(conversation.band.rawValue) &* RecordFragments.labelCount &+ Int(conversation.top.rawValue)
    pen.put(conversations, move &* 2 &+ (conversation.supportNeeded ? 1 : 0))
    buffer.advance(to: pen)
  }

  private func writeLabels(_ values: [Double], to pen: inout BytePen) {
    let ranked = RankedLabels(values)
    for rank in 0..<ranked.count {
      if rank > 0 { pen.put(UInt8(ascii: ",")) }
      pen.put(labels, ranked[rank])
      pen.put(probability: values[ranked[rank]], digits)
    }
  }
}
