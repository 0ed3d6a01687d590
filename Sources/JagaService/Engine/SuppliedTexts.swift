public import JagaCore
internal import Synchronization

/// Texts that a pipeline supplies so that people can review a conversation whose texts are not kept: in memory alone, for some minutes.
///
/// Memory is bounded: what was supplied longest ago gives way.
public final class SuppliedTexts: Sendable {
  /// A conversation's messages, in order.
  public typealias Messages = [Message]

  fileprivate struct Entry {
    var messages: Messages
    var bytes: Int
    var expiresAt: Int64
    var number: UInt64
  }

  fileprivate struct Supply {
    var entries: [String: Entry] = [:]
    var bytes = 0
    var next: UInt64 = 0
  }

  private let supply = Mutex(Supply())
  private let limit: Int
  private let lifetime: Int64

  /// An empty supply that holds texts for `minutes`, and at most `limit` bytes of them.
  public init(minutes: Int, limit: Int = 32 << 20) {
    lifetime = Int64(minutes) * 60_000
    self.limit = limit
  }

  /// Takes a conversation's messages instead of what it had of it; returns when they will be forgotten.
  @discardableResult
  public func put(_ messages: Messages, conversation id: String, now: Int64) -> Int64 {
    let bytes = messages.reduce(256) {
      $0 + $1.text.utf8.count + $1.messageID.utf8.count + $1.authorID.utf8.count + 128
    }
    let expiresAt = now + lifetime
    supply.withLock { supply in
      supply.remove(id)
      supply.entries = supply.entries.filter { $0.value.expiresAt > now }
      supply.bytes = supply.entries.values.reduce(0) { $0 + $1.bytes }
      guard bytes <= limit else { return }
      while supply.bytes + bytes > limit, let oldest = supply.entries.min(by: { $0.value.number < $1.value.number }) {
        supply.remove(oldest.key)
      }
      supply.entries[id] = Entry(messages: messages, bytes: bytes, expiresAt: expiresAt, number: supply.next)
      supply.next += 1
      supply.bytes += bytes
    }
    return expiresAt
  }

  /// A conversation's messages; nil where none were supplied, or too long ago.
  public func messages(of id: String, now: Int64) -> Messages? {
    supply.withLock { supply in
      guard let entry = supply.entries[id] else { return nil }
      if entry.expiresAt > now { return entry.messages }
      supply.remove(id)
      return nil
    }
  }

  /// Forgets a conversation's messages.
  public func remove(_ id: String) { supply.withLock { $0.remove(id) } }
}

extension SuppliedTexts.Supply {
  fileprivate mutating func remove(_ id: String) {
    if let gone = entries.removeValue(forKey: id) { bytes -= gone.bytes }
  }
}
