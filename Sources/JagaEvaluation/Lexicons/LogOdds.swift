import JagaCore

/// How much more often something occurs in one group of messages than in another: the log-odds ratio with an informative Dirichlet prior, and its z-score
/// (Monroe, Colaresi and Quinn 2008, "Fightin' Words", equations 16, 20 and 22).
///
/// A message either has the thing or has it not, so counts are of messages and the Dirichlet is a Beta. The prior has the rate of the thing in both groups
/// together and the strength of `prior` messages: α = prior · (a + b) / (n + m). With a of n messages in the first group and b of m in the second,
///
///     δ = ln((a + α) / (n + prior − a − α)) − ln((b + α) / (m + prior − b − α))
///     z = δ / √(1/(a + α) + 1/(b + α))
///
/// So a rare thing needs more than one lucky message, and z ranks frequent and rare things on one scale; above 1.96 chance alone is unlikely.
public struct LogOdds: Hashable, Sendable {
  /// δ, in logits; NaN when the thing never occurs, or a group is empty.
  public var ratio: Double
  /// The z-score; NaN likewise.
  public var z: Double

  /// Compares `count` of `size` messages with `otherCount` of `otherSize`.
  public init(count: Int, of size: Int, against otherCount: Int, of otherSize: Int, prior: Double) {
    guard size > 0, otherSize > 0, count + otherCount > 0, prior > 0 else {
      (ratio, z) = (.nan, .nan)
      return
    }
    let alpha = prior * Double(count + otherCount) / Double(size + otherSize)
    let first = Double(count) + alpha
    let second = Double(otherCount) + alpha
    // In every message of both groups: the odds are infinite, and so is nothing that could be compared.
    guard Double(size) + prior > first, Double(otherSize) + prior > second else {
      (ratio, z) = (.nan, .nan)
      return
    }
    ratio =
      FixedMath.logarithm(first / (Double(size) + prior - first))
      - FixedMath.logarithm(second / (Double(otherSize) + prior - second))
    z = ratio / (1 / first + 1 / second).squareRoot()
  }
}
