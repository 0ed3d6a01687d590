public import JagaCore

/// The result for one message as it leaves the program: one encoding for the JSON line, the database row and the HTTP body.
///
///     var record = ScoreRecord(modelID: scorer.modelID)
///     record.score = scorer.score("cuma kalau kamu kirim dulu")
///     let buffer = ByteBuffer()
///     record.writeJSON(to: buffer)
///
/// A record is filled and written again and again by one thread; ids and text are borrowed from the message batch and must
/// outlive the call that writes them. Nothing is allocated by writing.
public struct ScoreRecord {
  /// The conversation's id.
  public var conversationID = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  /// The message's id.
  public var messageID = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  /// The author's id; empty when unknown.
  public var authorID = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  /// The text, only where the operator asked for it; nil leaves the field out.
  public var text: UnsafeBufferPointer<UInt8>?
  /// The message's own result.
  public var score: MessageScore
  /// The conversation after this message.
  public var conversation: ConversationScore
  /// True writes the field `contributions`, even when it is empty.
  public var isExplained = false
  /// The model id; every record carries it.
  public let modelID: String
  /// The model id as a JSON string, and the record's end.
  let modelJSON: [UInt8]

  /// A record without a message, ready to be filled.
  public init(modelID: String) {
    self.modelID = modelID
    let buffer = ByteBuffer()
    buffer.append(json: modelID)
    buffer.append("}\n")
    modelJSON = buffer.withBytes { Array($0) }
    score = MessageScore(
      score: 0, band: .none, top: .benign, labels: [], disclosure: 0, language: .other)
    conversation = ConversationScore(score: 0, band: .none, top: .benign, supportNeeded: false)
  }

  /// Labels below this probability are left out of a record, except for the largest.
  public static let labelFloor = 0.05

  /// Probability from which a message counts as a move, and a disclosure as one.
  public static let decisionPoint = 0.5

  /// True for a disclosure. It passes every `--min-band`: a filter for risk must not drop a child who asks for help.
  public var asksForHelp: Bool { score.disclosure >= ScoreRecord.decisionPoint }

  /// True when the record must show its evidence.
  public var isNotable: Bool {
    score.score >= ScoreRecord.decisionPoint || asksForHelp || score.band != .none
  }
}

/// The labels that a record names, most likely first; equal ones in the order of ``Label/moves``.
struct RankedLabels {
  private var order: InlineArray<20, UInt8>
  private(set) var count = 0

  /// Picks the labels of at least ``ScoreRecord/labelFloor``, and always the largest. `labels` is in the order of ``Label/moves``.
  init(_ labels: [Double]) {
    order = InlineArray(repeating: 0)
    let known = min(labels.count, Label.moveCount)
    var largest = 0
    for index in 0..<known {
      if labels[index] > labels[largest] { largest = index }
      guard labels[index] >= ScoreRecord.labelFloor else { continue }
      var place = count
      while place > 0, labels[Int(order[place - 1])] < labels[index] {
        order[place] = order[place - 1]
        place -= 1
      }
      order[place] = UInt8(index)
      count += 1
    }
    if count == 0, known > 0 {
      order[0] = UInt8(largest)
      count = 1
    }
  }

  /// Index of a label in ``Label/moves``.
  subscript(rank: Int) -> Int { Int(order[rank]) }
}

extension Label {
  /// The label with this index among the moves.
  init(move index: Int) { self = Label(rawValue: UInt8(truncatingIfNeeded: index)) ?? .benign }

  /// The track of a move; an empty name for `disclosure` and `benign`.
  var trackName: StaticString {
    switch track {
    case .grooming: "grooming"
    case .sextortion: "sextortion"
    case .topup: "topup"
    case .trade: "trade"
    case nil: ""
    }
  }

  /// The part of a move's name after the dot, without an allocation; empty for `disclosure` and `benign`.
  var stageBytes: UnsafeBufferPointer<UInt8> {
    let whole = UnsafeBufferPointer(start: staticName.utf8Start, count: staticName.utf8CodeUnitCount)
    let trackLength = trackName.utf8CodeUnitCount
    guard trackLength > 0 else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(rebasing: whole[(trackLength + 1)...])
  }
}
