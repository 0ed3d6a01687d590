/// SplitMix64 (Steele, Lea, Flood 2014): a seeded generator whose sequence is fixed for all time.
package struct DeterministicRandom {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// Fisher–Yates; the modulo bias is below 2^-40 for any list that fits into memory.
  package mutating func shuffle<Element>(_ items: inout [Element]) {
    guard items.count > 1 else { return }
    for index in stride(from: items.count - 1, to: 0, by: -1) {
      items.swapAt(index, Int(next() % UInt64(index + 1)))
    }
  }
}
