import JagaCore

/// The raw sums of all heads for one message, in fixed point, so that no order of adding can change them.
///
/// A weight or vote is an Int16 in 1/1024 logit. Token evidence is multiplied by the length scale (1/65536), so a sum is kept in
/// 2^-26 logit; the scaling's slope (1/4096) turns it into a logit in 2^-38.
/// The largest sum, 32 tokens · 54 features · 2^15 · 2^16 · 2^4, stays below 2^63.
struct HeadSums: Sendable {
  /// Units of a scaled logit.
  static let unitsPerLogit = 274_877_906_944.0

  /// Sums before scaling, in 2^-26 logit.
  var raw = InlineArray<22, Int64>(repeating: 0)

  init() {}

  /// Starts from the priors.
  init(priors: [Int32]) {
    for head in 0..<Head.count { raw[head] = Int64(priors[head]) << 16 }
  }

  /// Adds one row of votes.
  mutating func add(votes: UnsafeBufferPointer<Int16>) {
    for head in 0..<Head.count { raw[head] &+= Int64(votes[head]) << 16 }
  }

  /// Adds summed token evidence, scaled for length.
  mutating func add(tokens: UnsafePointer<Int32>, scale: Int32) {
    for head in 0..<Head.count { raw[head] &+= Int64(tokens[head]) &* Int64(scale) }
  }
}
