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

  /// An empty filter; a window of 0 finds every message new.
  public init(window: Int = 1 << 20) { self.window = max(0, window) }

  /// The hash of a message's identity.
  public static func key(of row: MessageBatch.Row, in batch: MessageBatch) -> UInt64 {
    batch.bytes.withUnsafeBufferPointer { bytes in
      let conversation = row.conversationID
      let message = row.messageID
      return combinedHash(
        tokenHash(bytes.part(conversation.offset..<conversation.offset + conversation.count)),
        tokenHash(bytes.part(message.offset..<message.offset + message.count)))
    }
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

  /// True when the key was seen inside the window; does not remember it.
  public func remembers(_ key: UInt64) -> Bool {
    let key = key == 0 ? 1 : key
    return window > 0 && (current.contains(key) || older.contains(key))
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

/// A set of hashes other than 0, with open addressing at a load of at most one half.
private struct HashSlots: Sendable {
  private var slots: [UInt64] = Array(repeating: 0, count: 1024)
  private(set) var count = 0

  func contains(_ key: UInt64) -> Bool {
    var slot = Int(truncatingIfNeeded: key) & (slots.count - 1)
    while slots[slot] != 0 {
      if slots[slot] == key { return true }
      slot = (slot + 1) & (slots.count - 1)
    }
    return false
  }

  mutating func insert(_ key: UInt64) {
    if (count + 1) * 2 > slots.count { grow() }
    place(key)
    count += 1
  }

  mutating func removeAll() {
    count = 0
    for index in slots.indices { slots[index] = 0 }
  }

  private mutating func place(_ key: UInt64) {
    var slot = Int(truncatingIfNeeded: key) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = key
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: old.count * 2)
    for key in old where key != 0 { place(key) }
  }
}
