public import JagaBatch
internal import JagaCore

/// A study of thresholds on its way out.
public struct ThresholdReport: Sendable {
  /// What was studied.
  public let study: ThresholdStudy

  /// A report about a study.
  public init(_ study: ThresholdStudy) { self.study = study }

  private var rows: [ThresholdStudy.Row] { study.thresholds + study.bands }

  private func name(_ row: ThresholdStudy.Row) -> String {
    row.threshold.map { "\($0)" } ?? row.band?.name ?? "-"
  }

  /// Other messages that a threshold without a false alarm rests on; nil when it had some.
  private var withoutFalseAlarm: Int? {
    study.recommended?.falsePositiveRate.value == 0 ? study.counts.messages - study.counts.moves : nil
  }

  /// Appends one JSON object and a line break. Undefined figures are null.
  public func writeJSON(to buffer: ByteBuffer) {
    let options = study.options
    buffer.append("{\"system\":")
    buffer.append(json: study.system)
    buffer.append(key: "gold")
    buffer.append("{\"messages\":")
    buffer.append(integer: study.counts.messages)
    buffer.append(key: "moves")
    buffer.append(integer: study.counts.moves)
    buffer.append(key: "conversations")
    buffer.append(integer: study.counts.conversations)
    buffer.append("},\"options\":{\"base_rate\":")
    buffer.append(number: options.load.baseRate)
    buffer.append(key: "volume")
    buffer.append(number: options.load.volume)
    buffer.append(key: "capacity")
    buffer.append(number: options.capacity)
    buffer.append(key: "unit")
    buffer.append(json: options.unit.rawValue)
    buffer.append(key: "resamples")
    buffer.append(integer: options.evaluation.resamples)
    buffer.append(key: "seed")
    buffer.append(text: "\(options.evaluation.seed)")
    buffer.append("},\"rows\":[")
    for (index, row) in rows.enumerated() {
      buffer.append(index > 0 ? ",\n" : "\n")
      write(row, to: buffer)
    }
    buffer.append("],\"recommended\":")
    if let row = study.recommended { write(row, to: buffer) } else { buffer.append("null") }
    buffer.append(key: "recommended_band")
    if let band = study.recommendedBand?.band { buffer.append(json: band.name) } else { buffer.append("null") }
    buffer.append(key: "missed")
    buffer.append("[")
    for (index, missed) in study.missed.enumerated() {
      buffer.append(index > 0 ? ",{\"label\":" : "{\"label\":")
      buffer.append(json: missed.label.name)
      buffer.append(key: "gold")
      buffer.append(integer: missed.gold)
      buffer.append(key: "missed")
      buffer.append(integer: missed.missed)
      buffer.append("}")
    }
    buffer.append("],\"disclosures\":{\"gold\":")
    buffer.append(integer: study.disclosures.gold)
    buffer.append(key: "found")
    buffer.append(integer: study.disclosures.found)
    buffer.append("}}\n")
  }

  private func write(_ row: ThresholdStudy.Row, to buffer: ByteBuffer) {
    buffer.append("{\"threshold\":")
    buffer.append(number: row.threshold ?? .nan)
    buffer.append(key: "band")
    if let band = row.band { buffer.append(json: band.name) } else { buffer.append("null") }
    buffer.append(key: "recall")
    buffer.append(estimate: row.recall)
    buffer.append(key: "false_positive_rate")
    buffer.append(estimate: row.falsePositiveRate)
    buffer.append(key: "precision_at_base_rate")
    buffer.append(estimate: row.precision)
    buffer.append(key: "messages_a_day")
    buffer.append(estimate: row.messages)
    buffer.append(key: "conversations_a_day")
    buffer.append(estimate: row.conversations)
    buffer.append("}")
  }

  /// Appends a header and a row for each threshold and band. Undefined is a dash.
  public func writeCSV(to buffer: ByteBuffer) {
    buffer.append("from")
    let names = ["recall", "false_positive_rate", "precision_at_base_rate", "messages_a_day", "conversations_a_day"]
    for name in names { buffer.append(text: ",\(name),\(name)_low,\(name)_high") }
    buffer.append(",recommended\r\n")
    for row in rows {
      buffer.append(text: name(row))
      for estimate in [row.recall, row.falsePositiveRate, row.precision, row.messages, row.conversations] {
        for value in [estimate.value, estimate.low, estimate.high] {
          buffer.append(",")
          buffer.append(field: value)
        }
      }
      buffer.append(isRecommended(row) ? ",yes\r\n" : ",no\r\n")
    }
  }

  private func isRecommended(_ row: ThresholdStudy.Row) -> Bool {
    row.threshold != nil
      ? row.threshold == study.recommended?.threshold : row.band == study.recommendedBand?.band
  }

  /// Appends a page for people.
  public func writeTable(to buffer: ByteBuffer) {
    let options = study.options
    buffer.append(text: "system: \(study.system)\n")
    buffer.append(
      text: "gold: \(Shown.grouped(study.counts.messages)) messages in \(Shown.grouped(study.counts.conversations)) "
        + "conversations, \(Shown.grouped(study.counts.moves)) moves\n")
    buffer.append(
      text: "a day: \(Shown.load(options.load.volume)) messages, base rate \(options.load.baseRate), "
        + "\(Shown.load(options.capacity)) reviews, each of a \(options.unit.rawValue)\n\n")
    var table = TextTable([
      "review from", "recall", "", "precision", "", "messages a day", "", "conversations a day", "",
    ])
    for row in rows {
      var cells = [name(row) + (isRecommended(row) ? " *" : "")]
      for estimate in [row.recall, row.precision] {
        cells += [Shown.number(estimate.value), Shown.interval(estimate)]
      }
      for estimate in [row.messages, row.conversations] {
        cells += [Shown.load(estimate.value), Shown.interval(estimate, Shown.load)]
      }
      table.add(cells)
    }
    buffer.append(text: table.text + "\n")
    for line in advice { buffer.append(text: line + "\n") }
  }

  private var bandAdvice: [String] {
    guard let band = study.recommendedBand else {
      return study.bands.isEmpty ? [] : ["* No band is within capacity."]
    }
    return [
      "* Of the bands, \(band.band?.name ?? "-") and above are within capacity: recall \(Shown.number(band.recall.value)), "
        + "precision \(Shown.number(band.precision.value))."
    ]
  }

  /// What to do, and what it costs, in sentences.
  public var advice: [String] {
    let options = study.options
    guard study.counts.moves > 0, study.counts.moves < study.counts.messages else {
      let lacking = study.counts.moves > 0 ? "nothing but moves" : "no moves"
      return ["Undefined: the gold has \(lacking), and a load needs the shares of both. Give gold with both."]
    }
    guard let row = study.recommended, let threshold = row.threshold else {
      // Beyond the highest scores nothing is left to review: the last threshold with a load is the one to name.
      let last = study.thresholds.last { $0.load(options.unit).value > 0 }
      let load = last.map { Shown.load($0.load(options.unit).value) } ?? "-"
      return [
        "No threshold is within capacity: from \(last?.threshold ?? 1) on there are already \(load) reviews a day. "
          + "Find more reviewers, or look at a sample."
      ] + bandAdvice
    }
    let moves = options.load.volume * options.load.baseRate
    var lines = [
      "* Review from \(threshold) on: \(Shown.load(row.load(options.unit).value)) of \(Shown.load(options.capacity)) reviews a day, "
        + "precision \(Shown.number(row.precision.value)).",
      "  Missed: \(Shown.number(1 - row.recall.value)) of the moves, \(Shown.load(moves * (1 - row.recall.value))) of "
        + "\(Shown.load(moves)) a day.",
    ]
    lines += bandAdvice
    let worst = study.missed.filter { $0.missed > 0 }.prefix(5)
    if !worst.isEmpty {
      lines.append(
        "  Missed most: " + worst.map { "\($0.label.name) \($0.missed) of \($0.gold)" }.joined(separator: ", ") + ".")
    }
    if let others = withoutFalseAlarm, others > 0 {
      let most = options.load.volume * (1 - options.load.baseRate) * min(1, 3 / Double(others))
      lines.append(
        "  Careful: no false alarm among \(Shown.grouped(others)) other messages is compatible with a rate of up to 3 in that number, "
          + "which would be \(Shown.load(most)) messages a day. Use more gold.")
    }
    if study.disclosures.gold > 0 {
      lines.append(
        "  Disclosures go to support whatever the threshold: \(study.disclosures.found) of \(study.disclosures.gold) were found."
      )
    }
    return lines
  }
}
