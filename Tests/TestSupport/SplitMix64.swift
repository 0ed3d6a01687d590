/// A seeded generator for tests (SplitMix64; Steele, Lea, Flood 2014): the same seed gives the same sequence everywhere.
///
///     var random = SplitMix64(seed: 7)
///     let byte = UInt8.random(in: 0...255, using: &random)
///
/// State the seed in the comment of an expectation, so that a failure can be run again.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Starts the sequence of a seed.
  public init(seed: UInt64) { state = seed }

  /// The next value.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
