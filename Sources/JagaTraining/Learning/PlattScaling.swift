import JagaCore

/// Fits `slope · sum + intercept` so that its sigmoid is a probability (Platt 1999), by Newton's method on the weighted log loss.
///
/// Weights bring the sample to a reference prevalence: positives share `prevalence`, negatives the rest.
/// Targets are softened as Platt proposes, so that separable samples keep a finite slope.
package enum PlattScaling {
  /// No intercept is larger, in logits: sums that separate nothing must not run away.
  private static let steepest = 100.0

  /// The fitted slope and intercept; identity with a shifted intercept when one class is missing.
  package static func fit(
    sums: [Double], positive: [Bool], prevalence: Double?, slopeRange: ClosedRange<Double> = 0.2...2
  ) -> (slope: Double, intercept: Double) {
    let positives = Double(positive.filter { $0 }.count)
    let negatives = Double(positive.count) - positives
    guard positives > 0, negatives > 0 else { return (1, 0) }
    let share = prevalence ?? positives / (positives + negatives)
    let positiveWeight = share / positives
    let negativeWeight = (1 - share) / negatives
    let positiveTarget = (positives + 1) / (positives + 2)
    let negativeTarget = 1 / (negatives + 2)
    var slope = 1.0
    var intercept = 0.0
    func loss(_ slope: Double, _ intercept: Double) -> Double {
      zip(sums, positive).reduce(0) { total, item in
        let logit = slope * item.0 + intercept
        let (target, weight) = item.1 ? (positiveTarget, positiveWeight) : (negativeTarget, negativeWeight)
        // log(1 + e^x) - target · x, without overflow.
        let soft = max(logit, 0) - FixedMath.logarithm(FixedMath.sigmoid(abs(logit)))
        return total + weight * (soft - target * logit)
      }
    }
    var current = loss(slope, intercept)
    for _ in 0..<100 {
      var gradient = (slope: 0.0, intercept: 0.0)
      var curvature = (slope: 1e-9, mixed: 0.0, intercept: 1e-9)
      for (sum, isPositive) in zip(sums, positive) {
        let probability = FixedMath.sigmoid(slope * sum + intercept)
        let weight = isPositive ? positiveWeight : negativeWeight
        let error = (probability - (isPositive ? positiveTarget : negativeTarget)) * weight
        let bend = max(probability * (1 - probability), 1e-12) * weight
        gradient.slope += error * sum
        gradient.intercept += error
        curvature.slope += bend * sum * sum
        curvature.mixed += bend * sum
        curvature.intercept += bend
      }
      let determinant = curvature.slope * curvature.intercept - curvature.mixed * curvature.mixed
      guard determinant > 1e-18 else { break }
      var slopeStep = (curvature.intercept * gradient.slope - curvature.mixed * gradient.intercept) / determinant
      var interceptStep = (curvature.slope * gradient.intercept - curvature.mixed * gradient.slope) / determinant
      if (slope <= slopeRange.lowerBound && slopeStep > 0) || (slope >= slopeRange.upperBound && slopeStep < 0) {
        // The slope is held at the end of its range; the intercept alone goes on to its own minimum.
        slopeStep = 0
        interceptStep = gradient.intercept / curvature.intercept
      }
      // Newton's step on this loss may overshoot far from the minimum, most of all where sums separate: it is halved until the loss falls.
      var damping = abs(slopeStep) > 1 || abs(interceptStep) > 4 ? 0.25 : 1
      var next = (slope: slope, intercept: intercept, loss: current)
      for _ in 0..<60 {
        next.slope = max(slopeRange.lowerBound, min(slopeRange.upperBound, slope - damping * slopeStep))
        next.intercept = max(
          -PlattScaling.steepest, min(PlattScaling.steepest, intercept - damping * interceptStep))
        next.loss = loss(next.slope, next.intercept)
        if next.loss <= current + 1e-12 { break }
        damping /= 2
      }
      guard next.loss <= current + 1e-12 else { break }
      (slope, intercept, current) = next
      if abs(slopeStep) < 1e-10, abs(interceptStep) < 1e-10 { break }
    }
    return (slope, intercept)
  }
}
