/// Short words for random choices, from a seed that a failing test prints.
///
///     var dice = Dice(seed: 7)
///     let word = dice.pick(["halo", "ya"])
public struct Dice: RandomNumberGenerator, Sendable {
  private var random: SplitMix64

  /// Starts the sequence of a seed.
  public init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// The next value.
  public mutating func next() -> UInt64 { random.next() }

  /// A number below a positive limit.
  public mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

  /// True in so many of a hundred cases.
  public mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  /// One of the elements; there must be one.
  public mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
