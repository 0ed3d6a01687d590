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
  var table: ConversationTable
  var latestTime = Int64.min
  /// Stands for every conversation of one message; never in the table.
  private let single = UnsafeMutablePointer<ConversationSlot>.allocate(capacity: 1)
  /// Departures at the lane at hand; filled at conversation level only.
  private var departures: [Departure] = []
  /// Conversations given up that may come back; made at the first, and at conversation level only.
  var givenUp: DuplicateFilter?
  /// How many of them a shard remembers at least; twice as many at most.
  static let givenUpWindow = 1 << 14
  /// Conversations that were given up so far.
  var evictions = 0
  /// Conversations seen so far; one that comes back after it was given up counts again.
  var conversations = 0

  init(scorer: Scorer, settings: BatchSettings) {
    self.scorer = scorer
    keepsRecords = settings.level == .conversation
    forgetAfter = settings.forgetAfter
    let capacity = (max(settings.conversationCapacity, 1) - 1) / ShardConcluder.count + 1
    table = ConversationTable(capacity: capacity)
    single.initialize(to: ConversationSlot())
  }

  deinit {
    single.deinitialize(count: 1)
    single.deallocate()
  }

  /// The shard of a conversation.
  static func number(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 58) }

  /// Concludes the shard's messages of one lane, and leaves there which conversations left memory at them.
  func conclude(_ lane: Lane, shard: Int) {
    defer { if !departures.isEmpty { swap(&departures, &lane.departures[shard]) } }
    let rows = lane.rows
    let assessments = lane.assessments
    let firstOrdinal = lane.firstOrdinal
    lane.batch.bytes.withUnsafeBufferPointer { bytes in
      lane.batch.rows.withUnsafeBufferPointer { messages in
        for position in rows.positions(of: shard) {
          let index = Int(rows.order[position])
          let message = MessageIdentity(messages[index], bytes: bytes)
          let slot = self.slot(of: message, hash: rows.hashes[index], ordinal: firstOrdinal + index)
          rows.conclusions[index] = conclude(message, assessment: assessments[index], in: &slot.pointee)
          if keepsRecords, messages[index].isAlone {
            let record = self.record(of: slot.pointee, isPartial: false)
            departures.append(Departure(ordinal: firstOrdinal + index, record: record))
          }
        }
      }
    }
  }

  /// The slot of a message's conversation; it becomes the newest. Good until the next message of the shard.
  func slot(of row: MessageIdentity, hash: UInt64, ordinal: Int) -> UnsafeMutablePointer<ConversationSlot> {
    if row.isAlone {
      single.pointee.restart(id: row.conversationID, ordinal: ordinal)
      conversations += 1
      return single
    }
    if let forgetAfter, row.timestamp != MessageBatch.Row.noTimestamp {
      latestTime = max(latestTime, row.timestamp)
      let (limit, overflow) = latestTime.subtractingReportingOverflow(forgetAfter)
      if !overflow { table.release(before: limit) { depart($1, hash: $0, ordinal: ordinal) } }
    }
    let (place, isNew) = table.slot(for: row.conversationID, hash: hash, ordinal: ordinal) {
      depart($1, hash: $0, ordinal: ordinal)
    }
    let slot = table[place]
    if isNew {
      conversations += 1
      if let givenUp, givenUp.remembers(hash) { slot.pointee.isContinued = true }
    }
    return slot
  }

  /// Concludes one message in its conversation's slot.
  func conclude(
    _ row: MessageIdentity, assessment: Assessment, in slot: inout ConversationSlot
  ) -> Conclusion {
    let authorID = row.authorID
    let author = authorID.isEmpty ? 0 : tokenHash(authorID)
    if row.timestamp != MessageBatch.Row.noTimestamp { slot.lastTime = max(slot.lastTime, row.timestamp) }
    guard keepsRecords else { return scorer.conclude(assessment, author: author, in: &slot.state) }
    let wasAlerted = slot.state.firstAlertIndex != nil
    let conclusion = scorer.conclude(assessment, author: author, in: &slot.state)
    slot.authors.note(author, id: authorID, in: slot.state, scorer: scorer)
    if !wasAlerted, slot.state.firstAlertIndex != nil {
      slot.firstAlertMessageID.append(contentsOf: row.messageID)
    }
    return conclusion
  }

  private func depart(_ slot: ConversationSlot, hash: UInt64, ordinal: Int) {
    evictions += 1
    guard keepsRecords else { return }
    if givenUp == nil { givenUp = DuplicateFilter(window: ShardConcluder.givenUpWindow) }
    _ = givenUp?.isNew(hash)
    departures.append(Departure(ordinal: ordinal, record: record(of: slot, isPartial: true)))
  }

  /// At the end: everything still in memory, each with the number of its first message.
  func takeRemaining(isPartial: Bool, into all: inout [Departure]) {
    guard keepsRecords else { return }
    table.releaseAll { _, slot in
      all.append(Departure(ordinal: slot.firstOrdinal, record: record(of: slot, isPartial: isPartial)))
    }
  }

  private func record(of slot: ConversationSlot, isPartial: Bool) -> ConversationRecord {
    var record = ConversationRecord(of: slot.state, authors: slot.authors, scorer: scorer)
    record.conversationID = slot.id.array
    record.firstAlertMessageID = slot.firstAlertMessageID
    record.isPartial = isPartial || slot.isContinued
    return record
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The bytes of a field.
  func field(_ field: MessageBatch.Field) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: self[field.offset..<field.offset + field.count])
  }
}
