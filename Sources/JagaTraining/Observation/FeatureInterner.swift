internal import CVector
import JagaBayes
import JagaScoring

/// Numbers the features that one worker meets, in the order in which they come, and writes messages down by these numbers.
///
/// The numbers are the worker's own; ``FeatureSpace`` replaces them by numbers that do not depend on who met what. Characters are kept once for
/// every distinct word, not for every message that holds the word.
/// Cost: one look-up a feature, in one cache line; 16 to 32 bytes a distinct feature, and 13 more.
final class FeatureInterner: @unchecked Sendable {
  /// A word whose characters are not known yet.
  private static let unspelled = UInt32.max

  private var slots = Slots(count: 1 << 12)

  /// By number: the hash, …
  private(set) var hashes: [UInt64] = []
  /// … what it is made of, …
  private(set) var kinds: [FeatureKind] = []
  /// … and true for words that count tables hold often enough.
  private(set) var isCounted: [Bool] = []
  private var spellings: [UInt32] = []
  private var spelled: [UInt32] = []

  /// The number of distinct features.
  var count: Int { hashes.count }

  /// The characters of a word, in their order; nil when it was never spelled.
  func characters(of number: UInt32) -> ArraySlice<UInt32>? {
    let begin = spellings[Int(number)]
    guard begin != FeatureInterner.unspelled else { return nil }
    let first = Int(begin) + 1
    return spelled[first..<first + Int(spelled[Int(begin)])]
  }

  /// Calls `body` with the characters of a word, in their order.
  @inline(__always)
  func forEachCharacters(of number: UInt32, _ body: (UInt32) -> Void) {
    let begin = Int(spellings[Int(number)])
    guard begin != FeatureInterner.unspelled else { return }
    spelled.withUnsafeBufferPointer { spelled in
      for place in begin &+ 1..<begin &+ 1 &+ Int(spelled[begin]) { body(spelled[place]) }
    }
  }

  /// The number of a feature, a new one for a feature not met before.
  func number(of hash: UInt64, _ kind: FeatureKind) -> UInt32 {
    let slot = slots.find(hash)
    return slots[slot].number == Slots.free ? insert(hash, kind, at: slot, count: 0) : slots[slot].number
  }

  /// Gives a word its characters, unless it has them.
  func spell(_ word: UInt32, _ characters: some Collection<UInt64>) {
    guard spellings[Int(word)] == FeatureInterner.unspelled else { return }
    spellings[Int(word)] = UInt32(spelled.count)
    spelled.append(UInt32(characters.count))
    for hash in characters { spelled.append(number(of: hash, .characters)) }
  }

  /// Marks a word of a count table as one to keep.
  func keep(_ word: UInt32) { isCounted[Int(word)] = true }

  /// Appends a message's features to `list`, repeats included, as twice their numbers and one more for a word that is spelled in the message.
  ///
  /// Characters must follow the first occurrence of their word; they are not listed.
  func write(_ features: UnsafeBufferPointer<Feature>, to list: inout [UInt32]) {
    var table = slots
    var word = -1
    var index = 0
    // Slots lie anywhere in memory: all are asked for before the first is read.
    for feature in features where feature.kind != .characters { table.fetch(feature.hash) }
    list.reserveCapacity(list.count + features.count)
    while index < features.count {
      let feature = features[index]
      if feature.kind == .characters, word >= 0 {
        index = write(charactersOf: word, features, from: index, to: &list)
        table = slots
        continue
      }
      index &+= 1
      let slot = table.find(feature.hash)
      var number = table[slot].number
      if number == Slots.free {
        number = insert(feature.hash, feature.kind, at: slot, count: 1)
        table = slots
      } else {
        table[slot].count &+= 1
      }
      if feature.kind == .word { word = list.count }
      list.append(number << 1)
    }
  }

  /// Notes that a word is spelled, and how when that is new; returns the place after its characters.
  private func write(
    charactersOf word: Int, _ features: UnsafeBufferPointer<Feature>, from begin: Int, to list: inout [UInt32]
  ) -> Int {
    var end = begin
    while end < features.count, features[end].kind == .characters { end &+= 1 }
    list[word] |= 1
    spell(list[word] >> 1, features[begin..<end].lazy.map(\.hash))
    return end
  }

  /// How often each feature was met, by number: at least as often as messages hold it. For characters, what the words that hold them have.
  func counts() -> [UInt32] {
    var counts = [UInt32](repeating: 0, count: count)
    for place in 0..<slots.count where slots[place].number != Slots.free {
      counts[Int(slots[place].number)] = slots[place].count
    }
    for word in 0..<UInt32(count) {
      let messages = min(counts[Int(word)], 1 << 20)
      for run in characters(of: word) ?? [] { counts[Int(run)] = min(counts[Int(run)] + messages, 1 << 30) }
    }
    return counts
  }

  private func insert(_ hash: UInt64, _ kind: FeatureKind, at slot: Int, count: UInt32) -> UInt32 {
    let number = UInt32(hashes.count)
    hashes.append(hash)
    kinds.append(kind)
    isCounted.append(false)
    spellings.append(FeatureInterner.unspelled)
    slots[slot] = Slot(hash: hash, number: number, count: count)
    if hashes.count > slots.count / 8 * 5 { grow() }
    return number
  }

  private func grow() {
    let old = slots
    slots = Slots(count: old.count * 2)
    for place in 0..<old.count where old[place].number != Slots.free { slots[slots.find(old[place].hash)] = old[place] }
    old.deallocate()
  }

  deinit { slots.deallocate() }
}

/// One feature in the table.
private struct Slot: BitwiseCopyable {
  var hash: UInt64 = 0
  var number = Slots.free
  /// How often the feature was met in messages.
  var count: UInt32 = 0
}

/// An open-addressing table of a power of two of slots, never full.
private struct Slots {
  static let free = UInt32.max

  let count: Int
  private let base: UnsafeMutablePointer<Slot>

  init(count: Int) {
    self.count = count
    base = LargeMemory.allocate(Slot.self, count: count, repeating: Slot())
  }

  func deallocate() { base.deallocate() }

  subscript(slot: Int) -> Slot {
    @inline(__always) get { base[slot] }
    @inline(__always) nonmutating _modify { yield &base[slot] }
  }

  /// Where a hash belongs. Hashes are mixed already, but those of tests need not be.
  @inline(__always)
  private func home(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 24) & (count &- 1)
  }

  /// Asks for the memory where a hash belongs.
  @inline(__always)
  func fetch(_ hash: UInt64) { jaga_prefetch(base + home(hash)) }

  /// The slot of a hash, or the free one where it belongs.
  @inline(__always)
  func find(_ hash: UInt64) -> Int {
    let mask = count &- 1
    var slot = home(hash)
    while base[slot].number != Slots.free, base[slot].hash != hash { slot = (slot &+ 1) & mask }
    return slot
  }
}
