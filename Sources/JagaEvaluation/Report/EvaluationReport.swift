public import JagaBatch
internal import JagaCore
internal import JagaStore

/// An evaluation on its way out, as JSON, CSV or text. The same evaluation gives the same bytes.
public struct EvaluationReport: Sendable {
  /// What a system's predictions left over.
  public struct Leftover: Hashable, Sendable {
    /// Gold messages without a prediction, counted as score 0.
    public var missing: Int
    /// Predictions that fit no gold message.
    public var strangers: Int
  }

  /// What was measured.
  public let evaluation: Evaluation
  /// The files of the gold.
  public let files: [String]
  /// Rows of the gold by kind.
  public let rows: [GoldTable.Kind: Int]
  /// Conversations of the gold.
  public let conversations: Int
  /// What the gold left out.
  public let counts: GoldTable.Counts
  /// One a system.
  public let leftovers: [Leftover]

  /// A report about an evaluation of these tables.
  public init(_ evaluation: Evaluation, gold: GoldTable, predictions: [PredictionTable]) {
    self.evaluation = evaluation
    files = gold.files
    rows = Dictionary(uniqueKeysWithValues: GoldTable.Kind.allCases.map { ($0, gold.count($0)) })
    conversations = gold.conversations.count
    counts = gold.counts
    leftovers = predictions.map { Leftover(missing: $0.missing, strangers: $0.strangers) }
  }

  /// A report about figures that were kept. What the gold holds by kind is not told apart.
  init(_ evaluation: Evaluation, run: KeptRun) {
    self.evaluation = evaluation
    files = run.files.filter { $0.role == .gold }.map(\.name)
    rows = [.message: run.goldItems]
    conversations = run.goldConversations
    counts = GoldTable.Counts()
    leftovers = [Leftover(missing: run.system.missing, strangers: run.system.strangers)]
  }

  /// Appends one JSON object and a line break. Undefined figures are null.
  ///
  /// Keys: `systems`, `gold`, `predictions`, `options`, `figures[]` (`population, dimension, group, head, measure, items, positives,
  /// estimates[]`, with two systems `difference` and `share_better`), `tables[]`.
  public func writeJSON(to buffer: ByteBuffer) {
    let options = evaluation.options
    buffer.append("{\"systems\":")
    buffer.append(strings: evaluation.systems)
    buffer.append(",\"gold\":{\"files\":")
    buffer.append(strings: files)
    for (key, value) in goldCounts {
      buffer.append(",")
      buffer.append(json: key)
      buffer.append(":")
      buffer.append(integer: value)
    }
    buffer.append("},\"predictions\":[")
    for (index, leftover) in leftovers.enumerated() {
      buffer.append(index > 0 ? ",{\"missing\":" : "{\"missing\":")
      buffer.append(integer: leftover.missing)
      buffer.append(key: "without_gold")
      buffer.append(integer: leftover.strangers)
      buffer.append("}")
    }
    buffer.append("],\"options\":{\"threshold\":")
    buffer.append(number: options.threshold)
    buffer.append(key: "disclosure_threshold")
    buffer.append(number: options.disclosureThreshold)
    buffer.append(key: "base_rate")
    buffer.append(number: options.baseRate ?? .nan)
    buffer.append(key: "resamples")
    buffer.append(integer: options.resamples)
    buffer.append(key: "seed")
    buffer.append(text: "\(options.seed)")
    buffer.append("}")
    writeFigures(to: buffer)
    buffer.append(",\"tables\":[")
    var isFirst = true
    for (system, tables) in evaluation.tables.enumerated() {
      for table in tables {
        buffer.append(isFirst ? "\n" : ",\n")
        isFirst = false
        write(table, system: evaluation.systems[system], to: buffer)
      }
    }
    buffer.append("]}\n")
  }

  /// Appends the member `"figures":[…]`, a comma before it.
  func writeFigures(to buffer: ByteBuffer) {
    buffer.append(",\"figures\":[")
    for (index, figure) in evaluation.figures.enumerated() {
      buffer.append(index > 0 ? ",\n" : "\n")
      write(figure, to: buffer)
    }
    buffer.append("]")
  }

  /// Names and values of what was read.
  var goldCounts: [(String, Int)] {
    [
      ("messages", rows[.message] ?? 0), ("turns", rows[.turn] ?? 0), ("pan12_lines", rows[.line] ?? 0),
      ("conversations", conversations), ("unlabelled", counts.unlabelled), ("repeated", counts.repeated),
      ("malformed", counts.malformed), ("absent_authors", counts.absentAuthors), ("absent_lines", counts.absentLines),
    ]
  }

  private func write(_ figure: Figure, to buffer: ByteBuffer) {
    buffer.append("{\"population\":")
    buffer.append(json: figure.key.population.rawValue)
    buffer.append(key: "dimension")
    buffer.append(json: figure.key.dimension.rawValue)
    buffer.append(key: "group")
    buffer.append(json: figure.key.group)
    buffer.append(key: "head")
    buffer.append(json: figure.key.head)
    buffer.append(key: "measure")
    buffer.append(json: figure.key.measure.rawValue)
    buffer.append(key: "items")
    buffer.append(integer: figure.size.items)
    buffer.append(key: "positives")
    buffer.append(integer: figure.size.positives)
    buffer.append(key: "estimates")
    buffer.append("[")
    for (index, estimate) in figure.estimates.enumerated() {
      if index > 0 { buffer.append(",") }
      buffer.append(estimate: estimate)
    }
    buffer.append("]")
    if let comparison = figure.comparison {
      buffer.append(key: "difference")
      buffer.append(estimate: comparison.difference)
      buffer.append(key: "share_better")
      buffer.append(number: comparison.shareBetter)
    }
    buffer.append("}")
  }

  private func write(_ table: Evaluation.Tables, system: String, to buffer: ByteBuffer) {
    buffer.append("{\"population\":")
    buffer.append(json: table.population.rawValue)
    buffer.append(key: "system")
    buffer.append(json: system)
    buffer.append(key: "confusion")
    buffer.append("{\"names\":")
    buffer.append(strings: table.confusion.names)
    buffer.append(key: "gold_by_decided")
    buffer.append("[")
    for gold in table.confusion.names.indices {
      buffer.append(gold > 0 ? ",[" : "[")
      for decided in table.confusion.names.indices {
        if decided > 0 { buffer.append(",") }
        buffer.append(integer: table.confusion.count(gold: gold, decided: decided))
      }
      buffer.append("]")
    }
    buffer.append("]}")
    buffer.append(key: "reliability")
    buffer.append("{\"move\":")
    write(table.moves, to: buffer)
    buffer.append(key: "disclosure")
    if let disclosures = table.disclosures { write(disclosures, to: buffer) } else { buffer.append("null") }
    buffer.append("}}")
  }

  private func write(_ calibration: Calibration, to buffer: ByteBuffer) {
    buffer.append("[")
    for (index, bin) in calibration.bins.enumerated() {
      buffer.append(index > 0 ? ",{\"count\":" : "{\"count\":")
      buffer.append(integer: bin.count)
      buffer.append(key: "said")
      buffer.append(number: bin.said)
      buffer.append(key: "found")
      buffer.append(number: bin.found)
      buffer.append("}")
    }
    buffer.append("]")
  }

  /// Appends a row for each figure and system, and with two systems one for their difference, whose system is `A - B`. Undefined is a dash.
  public func writeCSV(to buffer: ByteBuffer) {
    buffer.append("population,dimension,group,head,measure,system,items,positives,value,low,high,share_better\r\n")
    for figure in evaluation.figures {
      func row(_ system: String, _ estimate: Estimate, _ shareBetter: Double) {
        for text in [
          figure.key.population.rawValue, figure.key.dimension.rawValue, figure.key.group, figure.key.head,
          figure.key.measure.rawValue, system,
        ] {
          buffer.append(csvText: text)
          buffer.append(",")
        }
        buffer.append(integer: figure.size.items)
        buffer.append(",")
        buffer.append(integer: figure.size.positives)
        for value in [estimate.value, estimate.low, estimate.high, shareBetter] {
          buffer.append(",")
          buffer.append(field: value)
        }
        buffer.append("\r\n")
      }
      for (system, estimate) in figure.estimates.enumerated() {
        row(evaluation.systems[system], estimate, .nan)
      }
      if let comparison = figure.comparison { row("A - B", comparison.difference, comparison.shareBetter) }
    }
  }
}
