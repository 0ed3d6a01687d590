internal import JagaCore
internal import JagaScoring
internal import JagaTranscripts

/// Concludes the messages of one of the 64 logical shards, in input order, whatever the number of threads.
///
/// A conversation belongs to the shard that the hash of its id names, so shards never share state and may run side by side.
final class ShardConcluder: @unchecked Sendable {
  /// The number of shards is part of what a result means: eviction happens inside a shard.
  static let count = 64

  /// A conversation that is over or left memory, and the message at which that happened.
  struct Departure {
    var ordinal: Int
    var record: ConversationRecord
  }

  private let scorer: Scorer
  private let keepsRecords: Bool
  private let forgetAfter: Int64?
  private var table: ConversationTable
  private var latestTime = Int64.min
  /// Stands for every conversation of one message; never in the table.
  private var single = ConversationTable.Slot()
  /// Departures since the last ``takeDepartures(into:)``; filled at conversation level only.
  private var departures: [Departure] = []
  /// Conversations given up that may come back; made at the first, and at conversation level only.
  private var givenUp: DuplicateFilter?
  /// How many of them a shard remembers at least; twice as many at most.
  static let givenUpWindow = 1 << 14
  /// Conversations that were given up so far.
  private(set) var evictions = 0
  /// Conversations seen so far; one that comes back after it was given up counts again.
  private(set) var conversations = 0

  init(scorer: Scorer, settings: BatchSettings) {
    self.scorer = scorer
    keepsRecords = settings.level == .conversation
    forgetAfter = settings.forgetAfter
    let capacity = (max(settings.conversationCapacity, 1) - 1) / ShardConcluder.count + 1
    table = ConversationTable(capacity: capacity)
  }

  /// The shard of a conversation.
  static func number(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 58) }

  /// Concludes the shard's messages of one lane.
  func conclude(_ lane: Lane, shard: Int) {
    lane.batch.bytes.withUnsafeBufferPointer { bytes in
      for position in lane.starts[shard]..<lane.starts[shard + 1] {
        conclude(row: Int(lane.order[position]), of: lane, bytes: bytes)
      }
    }
  }

  private func conclude(row index: Int, of lane: Lane, bytes: UnsafeBufferPointer<UInt8>) {
    let row = lane.batch.rows[index]
    let ordinal = lane.firstOrdinal + index
    if row.isAlone {
      single.restart(id: bytes.field(row.conversationID), hash: lane.hashes[index], ordinal: ordinal)
      conversations += 1
      lane.conclusions[index] = conclude(row, assessment: lane.assessments[index], bytes: bytes, in: &single)
      if keepsRecords { departures.append(Departure(ordinal: ordinal, record: record(of: single, isPartial: false))) }
      return
    }
    if let forgetAfter, row.timestamp != MessageBatch.Row.noTimestamp {
      latestTime = max(latestTime, row.timestamp)
      let (limit, overflow) = latestTime.subtractingReportingOverflow(forgetAfter)
      if !overflow { table.release(before: limit) { depart(&$0, ordinal: ordinal) } }
    }
    let (place, isNew) = table.slot(for: bytes.field(row.conversationID), hash: lane.hashes[index], ordinal: ordinal) {
      depart(&$0, ordinal: ordinal)
    }
    if isNew {
      conversations += 1
      if let givenUp, givenUp.remembers(lane.hashes[index]) { table.withSlot(place) { $0.isContinued = true } }
    }
    lane.conclusions[index] = table.withSlot(place) { slot in
      conclude(row, assessment: lane.assessments[index], bytes: bytes, in: &slot)
    }
  }

  private func conclude(
    _ row: MessageBatch.Row, assessment: Assessment, bytes: UnsafeBufferPointer<UInt8>,
    in slot: inout ConversationTable.Slot
  ) -> Conclusion {
    let authorID = bytes.field(row.authorID)
    let author = authorID.isEmpty ? 0 : tokenHash(authorID)
    if row.timestamp != MessageBatch.Row.noTimestamp { slot.lastTime = max(slot.lastTime, row.timestamp) }
    let wasAlerted = slot.state.firstAlertIndex != nil
    let conclusion = scorer.conclude(assessment, author: author, in: &slot.state)
    guard keepsRecords else { return conclusion }
    slot.authors.note(author, id: authorID) { hash in
      var isKept = false
      scorer.forEachAuthor(of: slot.state) { known, _, _ in isKept = isKept || known == hash }
      return isKept
    }
    if !wasAlerted, slot.state.firstAlertIndex != nil {
      slot.firstAlertMessageID.append(contentsOf: bytes.field(row.messageID))
    }
    return conclusion
  }

  private func depart(_ slot: inout ConversationTable.Slot, ordinal: Int) {
    evictions += 1
    guard keepsRecords else { return }
    if givenUp == nil { givenUp = DuplicateFilter(window: ShardConcluder.givenUpWindow) }
    _ = givenUp?.isNew(slot.hash)
    departures.append(Departure(ordinal: ordinal, record: record(of: slot, isPartial: true)))
  }

  /// Hands over the departures since the last call.
  func takeDepartures(into all: inout [Departure]) {
    all.append(contentsOf: departures)
    departures.removeAll(keepingCapacity: true)
  }

  /// At the end: everything still in memory, each with the number of its first message.
  func takeRemaining(isPartial: Bool, into all: inout [Departure]) {
    guard keepsRecords else { return }
    table.releaseAll { slot in
      all.append(Departure(ordinal: slot.firstOrdinal, record: record(of: slot, isPartial: isPartial)))
    }
  }

  private func record(of slot: ConversationTable.Slot, isPartial: Bool) -> ConversationRecord {
    var record = ConversationRecord()
    record.conversationID = slot.id
    record.summary = scorer.summary(of: slot.state)
    record.firstAlertIndex = slot.state.firstAlertIndex
    record.firstAlertMessageID = slot.firstAlertMessageID
    record.messages = slot.state.messages
    record.isPartial = isPartial || slot.isContinued
    scorer.forEachAuthor(of: slot.state) { hash, score, top in
      record.authors.append(ConversationRecord.Author(authorID: slot.authors.id(of: hash), score: score, top: top))
    }
    // Equal scores keep the order in which the authors came.
    let ranked = record.authors.enumerated().sorted { left, right in
      left.element.score != right.element.score
        ? left.element.score > right.element.score : left.offset < right.offset
    }
    record.authors = ranked.map(\.element)
    return record
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The bytes of a field.
  func field(_ field: MessageBatch.Field) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: self[field.offset..<field.offset + field.count])
  }
}
