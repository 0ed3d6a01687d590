internal import JagaCore

/// Decisions at many thresholds and at each band, over messages and over conversations, in one pass.
struct ThresholdPlan: MeasurePlan {
  /// Thresholds on the score, lowest first.
  let thresholds: [Double]
  let bands: [Band]
  private(set) var units = 0
  private let load: ReviewLoad
  private var countedUnits: [UInt32] = []
  private var countedCells: [UInt32] = []

  /// Cells: messages by threshold, messages by band, conversations by threshold, conversations by band; each others first, then
  /// moves, or risky ones. A bucket is how many thresholds a score reaches. At the end messages in harmless and in risky conversations.
  private var buckets: Int { thresholds.count + 1 }
  private var half: Int { 2 * (buckets + Band.allCases.count) }

  var scratch: PlanScratch.Size { PlanScratch.Size(items: 0, cells: 2 * half + 2) }

  /// `rows` are labelled. Systems without bands have none to choose from.
  init(_ rows: [Int], gold: GoldTable, predictions: PredictionTable, thresholds: [Double], load: ReviewLoad) {
    self.thresholds = thresholds
    self.load = load
    bands = predictions.hasBands ? [.watch, .review, .high] : []
    struct Chat {
      var bucket = 0
      var band = Band.none
      var isRisky = false
      var messages = 0
    }
    var chats: [Chat] = []
    var unitOf: [Int: Int] = [:]
    for row in rows {
      let conversation = gold.rows[row].conversation
      let unit = unitOf[conversation] ?? chats.count
      if unit == chats.count {
        unitOf[conversation] = unit
        chats.append(Chat())
      }
      let bucket = ThresholdPlan.bucket(predictions.scores[row], thresholds)
      let band = predictions.bands[row] ?? Band.none
      let isMove = gold.rows[row].isMove
      note(unit, bucket: bucket, band: band, isMove: isMove, first: 0)
      chats[unit].bucket = max(chats[unit].bucket, bucket)
      chats[unit].band = max(chats[unit].band, band)
      chats[unit].isRisky = chats[unit].isRisky || isMove
      chats[unit].messages += 1
    }
    units = chats.count
    let first = half
    for (unit, chat) in chats.enumerated() {
      note(unit, bucket: chat.bucket, band: chat.band, isMove: chat.isRisky, first: first)
      for _ in 0..<chat.messages {
        countedUnits.append(UInt32(unit))
        countedCells.append(UInt32(2 * first + (chat.isRisky ? 1 : 0)))
      }
    }
  }

  private mutating func note(_ unit: Int, bucket: Int, band: Band, isMove: Bool, first: Int) {
    let start = first + (isMove ? buckets + Band.allCases.count : 0)
    for cell in [start + bucket, start + buckets + Int(band.rawValue)] {
      countedUnits.append(UInt32(unit))
      countedCells.append(UInt32(cell))
    }
  }

  /// How many thresholds a score reaches. Cost: a binary search.
  static func bucket(_ score: Double, _ thresholds: [Double]) -> Int {
    var low = 0
    var high = thresholds.count
    while low < high {
      let middle = (low + high) / 2
      if thresholds[middle] <= score { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func emit(_ weights: UnsafePointer<UInt8>, _ scratch: PlanScratch, to sink: inout some FigureSink) {
    let cells = scratch.cells
    cells.update(repeating: 0, count: scratch.cellCount)
    for entry in countedUnits.indices { cells[Int(countedCells[entry])] += Int(weights[Int(countedUnits[entry])]) }
    for (place, threshold) in thresholds.enumerated() {
      sink.begin(.all, "\(threshold)")
      emit("threshold", cells, from: place + 1, to: buckets, offset: 0, &sink)
    }
    for band in bands {
      sink.begin(.all, band.name)
      emit("band", cells, from: Int(band.rawValue), to: Band.allCases.count, offset: buckets, &sink)
    }
  }

  private func emit(
    _ head: String, _ cells: UnsafeMutablePointer<Int>, from: Int, to: Int, offset: Int, _ sink: inout some FigureSink
  ) {
    func counts(_ first: Int) -> DecisionCounts {
      var made = DecisionCounts()
      let moves = first + buckets + Band.allCases.count
      for bucket in 0..<to {
        let others = cells[first + offset + bucket]
        let risky = cells[moves + offset + bucket]
        if bucket >= from {
          made.falsePositives += others
          made.truePositives += risky
        } else {
          made.trueNegatives += others
          made.falseNegatives += risky
        }
      }
      return made
    }
    let messages = counts(0)
    var chats = ReviewLoad.Conversations()
    chats.counts = counts(half)
    chats.harmlessMessages = cells[2 * half]
    chats.riskyMessages = cells[2 * half + 1]
    let moves = messages.truePositives + messages.falseNegatives
    let all = moves + messages.falsePositives + messages.trueNegatives
    let size = FigureSize(items: all, positives: moves)
    sink.put(head, .recall, messages.recall, size)
    sink.put(head, .falsePositiveRate, messages.falsePositiveRate, size)
    sink.put(head, .precisionAtBaseRate, messages.precision(atBaseRate: load.baseRate), size)
    sink.put(head, .messagesADay, load.messages(messages), size)
    sink.put(head, .conversationsADay, load.conversations(chats, messages: messages), size)
  }
}
