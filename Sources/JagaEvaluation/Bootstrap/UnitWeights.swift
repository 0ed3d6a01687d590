/// How often each unit stands in one resample: as many draws as there are units, with replacement (Efron 1979).
///
/// A resample is numbered, and its draws depend on the seed, its population and its number alone: any thread may make it.
struct UnitWeights {
  private var state: UInt64

  /// Units are conversations, or authors.
  init(seed: UInt64, population: Population, resample: Int) {
    let stream = UInt64(Population.allCases.firstIndex(of: population) ?? 0)
    state = UnitWeights.mixed(UnitWeights.mixed(seed) ^ stream << 56 ^ UInt64(resample) &+ 0x6A09_E667_F3BC_C909)
  }

  /// SplitMix64 (Steele, Lea, Flood 2014).
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return UnitWeights.mixed(state)
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// Draws. `weights` has room for `count` units. A unit that is drawn more than 255 times, which no run will live to see, counts 255 times.
  ///
  /// Cost: one random access a unit.
  mutating func draw(into weights: UnsafeMutablePointer<UInt8>, count: Int) {
    weights.update(repeating: 0, count: count)
    let bound = UInt64(count)
    for _ in 0..<count {
      let unit = Int(truncatingIfNeeded: next().multipliedFullWidth(by: bound).high)
      let before = weights[unit]
      weights[unit] = before &+ (before < 255 ? 1 : 0)
    }
  }
}
