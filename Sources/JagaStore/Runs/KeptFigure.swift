/// One figure of a run, under the names of reports.
public struct KeptFigure: Hashable, Sendable {
  /// What is counted as one item: `messages`, `turns`, `transcripts`, `pan12_authors`, `pan12_lines`.
  public var population: String
  /// How items are told apart: `all`, `lang`, `voice`, `length`, `label`.
  public var dimension: String
  /// The group in that dimension.
  public var group: String
  /// Whose question it is: `move`, `disclosure`, `label`, `alarm` and so on.
  public var head: String
  /// The measure.
  public var measure: String
  /// Items that it rests on.
  public var items: Int
  /// How many of them are positive in gold.
  public var positives: Int
  /// The figure; NaN when undefined.
  public var value: Double
  /// The 2.5th percentile; NaN when not known.
  public var low: Double
  /// The 97.5th percentile; NaN when not known.
  public var high: Double

  /// Creates a figure.
  public init(
    population: String, dimension: String, group: String, head: String, measure: String, items: Int, positives: Int,
    value: Double, low: Double, high: Double
  ) {
    self.population = population
    self.dimension = dimension
    self.group = group
    self.head = head
    self.measure = measure
    self.items = items
    self.positives = positives
    self.value = value
    self.low = low
    self.high = high
  }
}
