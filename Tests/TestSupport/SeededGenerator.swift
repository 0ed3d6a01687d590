import Foundation

/// A small random generator with a printed seed, so that a failing run can be repeated: SplitMix64 (Steele, Lea, Flood 2014).
///
///     var random = SeededGenerator.announced("two ways")
///     let letter = random.pick(Array("abc"))
public struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// Starts from a seed.
  public init(seed: UInt64) { state = seed }

  /// Prints and uses the seed in the environment variable `JAGA_SEED`, or a fixed one.
  public static func announced(_ name: String) -> SeededGenerator {
    let seed = ProcessInfo.processInfo.environment["JAGA_SEED"].flatMap { UInt64($0) } ?? 20_250_705
    print("\(name): seed \(seed) (set JAGA_SEED to change it)")
    return SeededGenerator(seed: seed)
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// A number below `bound`, which must be positive.
  public mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// An element of a collection that is not empty.
  public mutating func pick<Choices: RandomAccessCollection>(_ choices: Choices) -> Choices.Element {
    choices[choices.index(choices.startIndex, offsetBy: below(choices.count))]
  }
}
