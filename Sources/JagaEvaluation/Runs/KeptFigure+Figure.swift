public import JagaStore

extension KeptRun.Options {
  /// The options of an evaluation, as they are kept.
  public init(_ options: EvaluationOptions) {
    self.init()
    threshold = options.threshold
    disclosureThreshold = options.disclosureThreshold
    baseRate = options.baseRate
    resamples = options.resamples
    seed = options.seed
    dimensions = Dimension.allCases.filter { options.dimensions.contains($0) }.map(\.rawValue)
  }
}

extension EvaluationOptions {
  /// The options of a run. Dimensions that this program does not know are left out.
  public init(_ kept: KeptRun.Options) {
    self.init()
    threshold = kept.threshold
    disclosureThreshold = kept.disclosureThreshold
    baseRate = kept.baseRate
    resamples = kept.resamples
    seed = kept.seed
    dimensions = Set(kept.dimensions.compactMap(Dimension.init(rawValue:)))
  }
}

extension Evaluation {
  /// The figures of one system, as they are kept.
  public func keptFigures(system: Int) -> [KeptFigure] {
    figures.compactMap { figure in
      guard figure.estimates.indices.contains(system) else { return nil }
      let estimate = figure.estimates[system]
      return KeptFigure(
        population: figure.key.population.rawValue, dimension: figure.key.dimension.rawValue, group: figure.key.group,
        head: figure.key.head, measure: figure.key.measure.rawValue, items: figure.size.items,
        positives: figure.size.positives, value: estimate.value, low: estimate.low, high: estimate.high)
    }
  }

  /// The figures of a run, as they were kept; those of measures that this program does not know are left out. Without tables: what they are made of are
  /// the items.
  public init(_ store: Store, run: KeptRun) throws {
    let figures = try store.figures(of: run).compactMap { kept in
      FigureKey(kept).map { key in
        Figure(
          key: key, size: FigureSize(items: kept.items, positives: kept.positives),
          estimates: [Estimate(value: kept.value, low: kept.low, high: kept.high)])
      }
    }
    self.init(systems: [run.name], options: EvaluationOptions(run.options), figures: figures)
  }
}

extension FigureKey {
  /// The key of a figure that was kept; nil when this program does not know its names.
  init?(_ kept: KeptFigure) {
    guard let population = Population(rawValue: kept.population), let dimension = Dimension(rawValue: kept.dimension),
      let measure = Measure(rawValue: kept.measure)
    else { return nil }
    self.init(population: population, dimension: dimension, group: kept.group, head: kept.head, measure: measure)
  }
}
