/// Everything that can be decided about a population before anything is drawn: a resample then only has to add up.
///
/// The same code gives the figures and their resamples: the figures are those of weights that are all 1.
protocol MeasurePlan: Sendable {
  /// What is resampled, numbered from 0: conversations, or authors.
  var units: Int { get }
  /// The room that one evaluation needs.
  var scratch: PlanScratch.Size { get }
  /// Emits every figure, always in the same order. `weights[unit]` says how often a unit stands.
  func emit(_ weights: UnsafePointer<UInt8>, _ scratch: PlanScratch, to sink: inout some FigureSink)
  /// Figures that are not resampled, because an interval would cost more than all others together.
  func pointFigures(_ population: Population) -> [(key: FigureKey, size: FigureSize, value: Double)]
}

extension MeasurePlan {
  func pointFigures(_ population: Population) -> [(key: FigureKey, size: FigureSize, value: Double)] { [] }
}

/// How many items a figure rests on.
public struct FigureSize: Hashable, Sendable {
  /// Items.
  public var items: Int
  /// How many of them are positive in gold.
  public var positives: Int

  /// Creates a size.
  public init(items: Int, positives: Int) {
    self.items = items
    self.positives = positives
  }
}

/// Takes figures one after the other.
protocol FigureSink {
  /// The group that the next figures are about.
  mutating func begin(_ dimension: Dimension, _ group: String)
  /// A figure.
  mutating func put(_ head: String, _ measure: Measure, _ value: Double, _ size: FigureSize)
}

/// Keeps keys, sizes and values: the figures themselves.
struct FigureList: FigureSink {
  let population: Population
  private(set) var figures: [(key: FigureKey, size: FigureSize, value: Double)] = []
  private var dimension = Dimension.all
  private var group = "all"

  init(population: Population) { self.population = population }

  mutating func begin(_ dimension: Dimension, _ group: String) {
    self.dimension = dimension
    self.group = group
  }

  mutating func put(_ head: String, _ measure: Measure, _ value: Double, _ size: FigureSize) {
    let key = FigureKey(population: population, dimension: dimension, group: group, head: head, measure: measure)
    figures.append((key, size, value))
  }
}

/// Keeps values alone: one resample.
struct ValueRow: FigureSink {
  private var next: UnsafeMutablePointer<Double>
  private let end: UnsafeMutablePointer<Double>

  init(_ start: UnsafeMutablePointer<Double>, count: Int) {
    next = start
    end = start + count
  }

  mutating func begin(_ dimension: Dimension, _ group: String) {}

  mutating func put(_ head: String, _ measure: Measure, _ value: Double, _ size: FigureSize) {
    guard next < end else { return }
    next.pointee = value
    next += 1
  }
}

/// Working memory of one thread.
final class PlanScratch {
  struct Size: Sendable {
    /// Items of the longest ranking.
    var items = 0
    /// Cells to count in.
    var cells = 0
  }

  /// Weights in the order of a ranking.
  let sorted: ItemWeights
  /// Counts.
  let cells: UnsafeMutablePointer<Int>
  let cellCount: Int

  init(_ size: Size) {
    sorted = ItemWeights(capacity: size.items)
    cells = .allocate(capacity: max(size.cells, 1))
    cellCount = size.cells
  }

  deinit { cells.deallocate() }
}
