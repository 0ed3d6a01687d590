/// `part / whole`; NaN, which is printed as a dash, when the whole is 0. Undefined is never 0.
public func share(_ part: Double, _ whole: Double) -> Double { whole == 0 ? .nan : part / whole }

/// How yes-or-no decisions compare with gold: the four cells, and the measures that follow from them.
///
///     let counts = DecisionCounts(truePositives: 8, falsePositives: 2, falseNegatives: 4, trueNegatives: 86)
///     counts.precision  // 0.8
///     counts.fBeta(1)   // 16 / 22
///
/// With sets (PAN12) the true negatives are left at 0; only measures over all items need them. Cost: none.
public struct DecisionCounts: Hashable, Sendable {
  /// Retrieved and relevant.
  public var truePositives: Int
  /// Retrieved, not relevant.
  public var falsePositives: Int
  /// Relevant, not retrieved.
  public var falseNegatives: Int
  /// Neither.
  public var trueNegatives: Int

  /// Creates counts.
  public init(truePositives: Int = 0, falsePositives: Int = 0, falseNegatives: Int = 0, trueNegatives: Int = 0) {
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.falseNegatives = falseNegatives
    self.trueNegatives = trueNegatives
  }

  /// Counts decisions over items. `retrieved` and `relevant` are of one length.
  public init(retrieved: [Bool], relevant: [Bool]) {
    self.init()
    for (found, gold) in zip(retrieved, relevant) {
      switch (found, gold) {
      case (true, true): truePositives += 1
      case (true, false): falsePositives += 1
      case (false, true): falseNegatives += 1
      case (false, false): trueNegatives += 1
      }
    }
  }

  /// Counts two sets. Cost: linear.
  public init<Element: Hashable>(retrieved: Set<Element>, relevant: Set<Element>) {
    let both = retrieved.intersection(relevant).count
    self.init(
      truePositives: both, falsePositives: retrieved.count - both, falseNegatives: relevant.count - both)
  }

  /// |retrieved ∩ relevant| / |retrieved|; NaN when nothing was retrieved.
  public var precision: Double { share(Double(truePositives), Double(truePositives + falsePositives)) }

  /// |retrieved ∩ relevant| / |relevant|; NaN when nothing is relevant. Also called the true positive rate.
  public var recall: Double { share(Double(truePositives), Double(truePositives + falseNegatives)) }

  /// Share of what is not relevant that was retrieved all the same; NaN when everything is relevant.
  public var falsePositiveRate: Double { share(Double(falsePositives), Double(falsePositives + trueNegatives)) }

  /// Fβ = (1 + β²)·P·R / (β²·P + R) (van Rijsbergen 1979), computed from the counts, (1 + β²)·TP / ((1 + β²)·TP + β²·FN + FP):
  /// so it is 0, not undefined, when something is relevant and nothing was retrieved. NaN when neither set has anything.
  public func fBeta(_ beta: Double) -> Double {
    let square = beta * beta
    let found = (1 + square) * Double(truePositives)
    return share(found, found + square * Double(falseNegatives) + Double(falsePositives))
  }

  /// Precision where the share of relevant items is another one: r·TPR / (r·TPR + (1 − r)·FPR), by Bayes' rule.
  ///
  /// `rate` lies between 0 and 1. Assumes that the relevant and the other items there look like those here; only their numbers
  /// differ. NaN when a rate is undefined, or nothing would be retrieved.
  public func precision(atBaseRate rate: Double) -> Double {
    share(rate * recall, rate * recall + (1 - rate) * falsePositiveRate)
  }

  /// Adds counts of other items, or of another class for a micro average.
  public static func += (left: inout DecisionCounts, right: DecisionCounts) {
    left.truePositives += right.truePositives
    left.falsePositives += right.falsePositives
    left.falseNegatives += right.falseNegatives
    left.trueNegatives += right.trueNegatives
  }
}

extension DecisionCounts {
  /// Micro average: the measures of all classes' decisions together. Shape: one element a class.
  public static func micro(_ classes: [DecisionCounts]) -> DecisionCounts {
    classes.reduce(into: DecisionCounts()) { $0 += $1 }
  }

  /// Macro average: the mean of a measure over the classes in which it is defined; NaN when it is in none.
  ///
  /// scikit-learn puts 0 where a class has neither gold nor decisions; here such a class is left out.
  public static func macro(_ classes: [DecisionCounts], _ measure: (DecisionCounts) -> Double) -> Double {
    var sum = 0.0
    var defined = 0
    for counts in classes {
      let value = measure(counts)
      guard !value.isNaN else { continue }
      sum += value
      defined += 1
    }
    return share(sum, Double(defined))
  }
}
