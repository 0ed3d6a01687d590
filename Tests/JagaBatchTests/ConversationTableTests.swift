import JagaCore
import JagaScoring
import TestSupport
import Testing

@testable import JagaBatch

/// The table against a plain list that is searched from end to end.
@Suite struct ConversationTableTests {
  private struct Slow {
    var capacity: Int
    var order: [String] = []
    var evicted: [String] = []

    mutating func touch(_ id: String) -> Bool {
      if let place = order.firstIndex(of: id) {
        order.append(order.remove(at: place))
        return false
      }
      if order.count >= capacity { evicted.append(order.removeFirst()) }
      order.append(id)
      return true
    }
  }

  private func text(_ slot: ConversationSlot) -> String { String(decoding: slot.id.array, as: UTF8.self) }

  /// `distinctHashes` small makes ids collide in the index, and even in their whole hash.
  @Test(arguments: [1, 2, 3, 17, 100, 5000], [1, 5, UInt64.max])
  func likeAPlainList(capacity: Int, distinctHashes: UInt64) {
    let seed = UInt64(capacity) &+ distinctHashes
    var random = SplitMix64(seed: seed)
    var table = ConversationTable(capacity: capacity)
    var slow = Slow(capacity: capacity)
    var evicted: [String] = []
    for step in 0..<4000 {
      let id = "c\(Int.random(in: 0..<(capacity * 2 + 3), using: &random))"
      let hash = tokenHash(id) % distinctHashes
      let (place, isNew) = Array(id.utf8).withUnsafeBufferPointer { bytes in
        table.slot(for: bytes, hash: hash, ordinal: step) { gone, slot in
          #expect(gone == tokenHash(text(slot)) % distinctHashes)
          evicted.append(text(slot))
        }
      }
      #expect(isNew == slow.touch(id), "step \(step), seed \(seed)")
      #expect(text(table[place].pointee) == id)
      #expect(table.hash(at: place) == hash)
      #expect(table.count == slow.order.count)
    }
    #expect(evicted == slow.evicted, "seed \(seed)")
    var listed: [String] = []
    table.forEach { listed.append(text($1)) }
    #expect(listed == slow.order, "seed \(seed)")
    evicted = []
    table.releaseAll { evicted.append(text($1)) }
    #expect(evicted == slow.order, "seed \(seed)")
    #expect(table.count == 0)
  }

  @Test func aReleasedSlotStartsAfresh() {
    var table = ConversationTable(capacity: 1)
    func touch(_ id: String) -> Int {
      Array(id.utf8).withUnsafeBufferPointer { bytes in
        table.slot(for: bytes, hash: tokenHash(id), ordinal: 7) { _, _ in }.place
      }
    }
    let place = touch("a")
    table[place].pointee.lastTime = 9
    table[place].pointee.firstAlertMessageID = [1]
    table[place].pointee.authors.note(1, id: UnsafeBufferPointer(start: nil, count: 0)) { _ in true }
    #expect(touch("b") == place)
    let slot = table[place].pointee
    #expect(slot.lastTime == .min)
    #expect(slot.firstAlertMessageID.isEmpty)
    #expect(slot.authors.names.isEmpty)
    #expect(slot.firstOrdinal == 7)
  }

  @Test func idsOfEveryLengthAreKept() {
    for count in [0, 1, 22, 23, 24, 25, 300] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
      let kept = bytes.withUnsafeBufferPointer { ShortBytes($0) }
      #expect(kept.array == bytes)
      bytes.withUnsafeBufferPointer { #expect(kept.equals($0)) }
      (bytes + [7]).withUnsafeBufferPointer { #expect(!kept.equals($0)) }
      guard count > 0 else { continue }
      for place in bytes.indices {
        var other = bytes
        other[place] ^= 1
        other.withUnsafeBufferPointer { #expect(!kept.equals($0)) }
      }
    }
  }
}
