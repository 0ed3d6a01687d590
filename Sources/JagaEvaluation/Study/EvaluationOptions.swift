/// How to evaluate. The defaults are those of `jaga evaluate`.
public struct EvaluationOptions: Hashable, Sendable {
  /// A message counts as a move, and a label as given, from this probability on.
  public var threshold = 0.5
  /// A message counts as a disclosure from this probability on.
  public var disclosureThreshold = 0.5
  /// Share of moves among messages where the system is to run; nil leaves ``Measure/precisionAtBaseRate`` undefined.
  public var baseRate: Double?
  /// How often conversations are drawn again for intervals; 0 leaves intervals out.
  public var resamples = 1000
  /// The seed of the draws.
  public var seed: UInt64 = 1
  /// Threads for drawing; at least 1. Figures are the same for any number.
  public var threads = 1
  /// The dimensions beside the whole.
  public var dimensions: Set<Dimension> = [.language, .voice, .length, .label]

  /// The defaults.
  public init() {}
}
