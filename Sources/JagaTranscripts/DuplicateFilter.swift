public import JagaCore

/// Recognises messages that came before, by a 64-bit hash of (conversation id, message id), in bounded memory.
///
///     var filter = DuplicateFilter(window: 1 << 20)
///     filter.isNew(DuplicateFilter.key(of: row, in: batch))  // true the first time
///
/// Two sets take turns: when the current one is full it becomes the older one, and the older one is forgotten. So a
/// repetition is always recognised when at most `window` different messages lie between, and never when more than twice
/// as many do. Memory: at most 32 bytes for each message of the window, grown as needed. Two different messages share a hash
/// with a chance of about 2⁻⁴³ for a window of a million.
public struct DuplicateFilter: Sendable {
  /// How many different messages one set holds.
  public let window: Int
  private var current = HashSlots()
  private var older = HashSlots()
  /// How far ahead of the search its memory is asked for, in messages.
  private static let lead = 16

  /// An empty filter; a window of 0 finds every message new.
  public init(window: Int = 1 << 20) { self.window = max(0, window) }

  /// The hash of a message's identity.
  public static func key(of row: MessageBatch.Row, in batch: MessageBatch) -> UInt64 {
    batch.bytes.withUnsafeBufferPointer { bytes in
      let conversation = row.conversationID
      return key(
        of: row, conversation: tokenHash(bytes.part(conversation.offset..<conversation.offset + conversation.count)),
        bytes: bytes)
    }
  }

  /// The same where the hash of the conversation's id is known; `bytes` is the batch's memory. Never 0.
  public static func key(
    of row: MessageBatch.Row, conversation: UInt64, bytes: UnsafeBufferPointer<UInt8>
  ) -> UInt64 {
    let message = row.messageID
    let key = combinedHash(
      conversation, tokenHash(bytes.part(message.offset..<message.offset + message.count)))
    return key == 0 ? 1 : key
  }

  /// True when the key was not seen inside the window; remembers it.
  public mutating func isNew(_ key: UInt64) -> Bool {
    guard window > 0 else { return true }
    let key = key == 0 ? 1 : key
    if current.contains(key) { return false }
    let known = older.contains(key)
    if current.count >= window {
      swap(&current, &older)
      current.removeAll()
    }
    current.insert(key)
    return !known
  }

  /// The same for many keys in their order; 0 is no key, and new each time. The memory that a key needs is asked for some keys
  /// before, since at a full window each one costs two cache misses.
  public mutating func markNew(_ keys: UnsafeBufferPointer<UInt64>, into isNew: UnsafeMutablePointer<Bool>) {
    guard window > 0 else {
      isNew.update(repeating: true, count: keys.count)
      return
    }
    for index in keys.indices {
      if index &+ DuplicateFilter.lead < keys.count {
        current.prefetch(keys[index &+ DuplicateFilter.lead])
        older.prefetch(keys[index &+ DuplicateFilter.lead])
      }
      isNew[index] = keys[index] == 0 || self.isNew(keys[index])
    }
  }

  /// True when the key was seen inside the window; does not remember it.
  public func remembers(_ key: UInt64) -> Bool {
    let key = key == 0 ? 1 : key
    return window > 0 && (current.contains(key) || older.contains(key))
  }

  /// The keys of one of the two sets: how many, and slots that hold them between zeros, in no order.
  public func keys(older isOlder: Bool) -> (count: Int, slots: [UInt64]) {
    let set = isOlder ? older : current
    return (set.count, set.slots)
  }

  /// Puts back a key of one of the two sets, which holds fewer than the window. 0 is none.
  public mutating func restore(_ key: UInt64, older isOlder: Bool) {
    guard key != 0 else { return }
    if isOlder {
      if !older.contains(key) { older.insert(key) }
    } else if !current.contains(key) {
      current.insert(key)
    }
  }

  /// Removes repetitions among the messages from `first` on; a message without ids of its own repeats none. Returns how many.
  public mutating func removeDuplicates(in batch: inout MessageBatch, from first: Int = 0) -> Int {
    guard window > 0, first < batch.rows.count else { return 0 }
    var kept = first
    for index in first..<batch.rows.count {
      let row = batch.rows[index]
      guard row.isNumbered || isNew(DuplicateFilter.key(of: row, in: batch)) else { continue }
      if kept != index { batch.rows[kept] = batch.rows[index] }
      kept += 1
    }
    let removed = batch.rows.count - kept
    if removed > 0 { batch.rows.removeLast(removed) }
    return removed
  }
}
