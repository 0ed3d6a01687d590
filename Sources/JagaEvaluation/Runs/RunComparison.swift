public import JagaStore

/// Why two runs cannot be compared.
public enum RunComparisonError: Error, Hashable, Sendable {
  /// Both names are one run.
  case sameRun(id: String)
  /// They rest on different gold: what differs.
  case otherGold(a: String, b: String, difference: String)
  /// They were decided at different places, and nobody says which to take.
  case otherOption(option: String, a: String, b: String)
}

extension RunComparisonError: CustomStringConvertible {
  /// The sentence shown to people.
  public var description: String {
    switch self {
    case .sameRun(let id): "both are run \(id); name two runs"
    case .otherGold(let a, let b, let difference):
      "runs \(a) and \(b) do not rest on the same gold (\(difference)); evaluate both systems on the same files and compare those runs"
    case .otherOption(let option, let a, let b):
      "the runs were evaluated with \(option) \(a) and \(b); give \(option), and both are judged by it"
    }
  }
}

/// Two runs on the same gold, judged again side by side from what was kept, over the same draws.
///
///     let comparison = try RunComparison(store, "a1b2c3", "d4e5f6", settings: RunComparison.Settings())
///     comparison.evaluation.figure(.messages, .all, "all", "move", .f1)?.comparison?.difference
///
/// The figures are those of an evaluation of both systems' predictions in one call, intervals of the differences included.
/// Cost: reading a million messages twice, some seconds, and that of ``Evaluation``.
public struct RunComparison: Sendable {
  /// What may be judged otherwise than the runs were; nil is as they were.
  public struct Settings: Hashable, Sendable {
    /// A message counts as a move from this probability on.
    public var threshold: Double?
    /// A message counts as a disclosure from this probability on.
    public var disclosureThreshold: Double?
    /// The base rate of precision.
    public var baseRate: Double?
    /// Resamples; by default the larger number of the two runs.
    public var resamples: Int?
    /// The seed; by default that of the first run.
    public var seed: UInt64?
    /// The dimensions; by default those of both runs.
    public var dimensions: Set<Dimension>?
    /// Threads; figures do not depend on it.
    public var threads = 1

    /// As the runs were.
    public init() {}
  }

  /// The first run.
  public let a: KeptRun
  /// The second run.
  public let b: KeptRun
  /// The gold, without texts.
  public let gold: GoldTable
  /// What the two systems said.
  public let predictions: [PredictionTable]
  /// The figures, differences included.
  public let evaluation: Evaluation
  /// Messages decided otherwise.
  public let changes: VerdictChanges
  /// Kept figures that this program computes otherwise from the kept items: with another version of a measure, say. 0 where the runs' own
  /// options were not taken.
  public let drifted: Int

  /// Finds, reads and judges two runs. Throws `StoreError` and ``RunComparisonError``.
  public init(_ store: Store, _ nameA: String, _ nameB: String, settings: Settings) throws {
    a = try store.run(nameA)
    b = try store.run(nameB)
    guard a.id != b.id else { throw RunComparisonError.sameRun(id: a.id) }
    guard a.goldDigest == b.goldDigest else {
      throw RunComparisonError.otherGold(a: a.id, b: b.id, difference: RunComparison.difference(a, b))
    }
    let options = try RunComparison.options(a.options, b.options, settings)
    gold = try GoldTable(store, run: a)
    let rows = gold.rows.count
    predictions = [
      try PredictionTable(store, run: a, rows: rows), try PredictionTable(store, run: b, rows: rows),
    ]
    evaluation = Evaluation(gold: gold, predictions: predictions, options: options)
    changes = VerdictChanges(gold: gold, predictions[0], predictions[1], options: options)
    var drifted = 0
    for (system, run) in [a, b].enumerated() where run.options.decides(as: options) {
      let now = Dictionary(
        evaluation.figures.map { ($0.key, $0.estimates[system].value) }, uniquingKeysWith: { first, _ in first })
      for kept in try store.figures(of: run) {
        guard let key = FigureKey(kept), let value = now[key] else { continue }
        let isSame = value.isNaN && kept.value.isNaN || abs(value - kept.value) <= 1e-9
        if !isSame { drifted += 1 }
      }
    }
    self.drifted = drifted
  }

  /// Says what differs: a file, or what was made of the same files.
  private static func difference(_ a: KeptRun, _ b: KeptRun) -> String {
    let roles: [KeptRun.File.Role] = [.gold, .authors, .lines]
    let (left, right) = (a.files.filter { roles.contains($0.role) }, b.files.filter { roles.contains($0.role) })
    if left.count != right.count { return "\(left.count) and \(right.count) files" }
    for (one, other) in zip(left, right) where one.sha256 != other.sha256 {
      return "\(one.name) has SHA-256 \(one.sha256.prefix(12))…, \(other.name) \(other.sha256.prefix(12))…"
    }
    if a.goldItems != b.goldItems { return "\(a.goldItems) and \(b.goldItems) messages of the same files" }
    return "the same files, but ids are hashed under another key or in one of them alone, or another version read them"
  }

  private static func options(
    _ a: KeptRun.Options, _ b: KeptRun.Options, _ settings: Settings
  ) throws -> EvaluationOptions {
    func agreed<Value: Equatable>(_ option: String, _ left: Value, _ right: Value, _ chosen: Value?) throws -> Value {
      if let chosen { return chosen }
      guard left == right else {
        throw RunComparisonError.otherOption(option: option, a: shown(left), b: shown(right))
      }
      return left
    }
    func shown<Value>(_ value: Value) -> String {
      if let optional = value as? Double? { return optional.map { "\($0)" } ?? "none" }
      return "\(value)"
    }
    var options = EvaluationOptions()
    options.threshold = try agreed("--threshold", a.threshold, b.threshold, settings.threshold)
    options.disclosureThreshold = try agreed(
      "--disclosure-threshold", a.disclosureThreshold, b.disclosureThreshold, settings.disclosureThreshold)
    options.baseRate = try settings.baseRate ?? agreed("--base-rate", a.baseRate, b.baseRate, nil)
    options.resamples = settings.resamples ?? max(a.resamples, b.resamples)
    options.seed = settings.seed ?? a.seed
    options.dimensions =
      settings.dimensions ?? EvaluationOptions(a).dimensions.intersection(EvaluationOptions(b).dimensions)
    options.threads = settings.threads
    return options
  }
}

extension KeptRun.Options {
  /// True when figures at these options mean the same.
  fileprivate func decides(as options: EvaluationOptions) -> Bool {
    threshold == options.threshold && disclosureThreshold == options.disclosureThreshold && baseRate == options.baseRate
  }
}
