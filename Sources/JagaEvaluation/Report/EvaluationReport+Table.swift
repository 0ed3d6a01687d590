public import JagaBatch
internal import JagaCore

extension EvaluationReport {
  /// Appends pages for people: all figures of the whole, chosen ones of each group, confusion and reliability. Undefined is a dash.
  public func writeTable(to buffer: ByteBuffer) {
    buffer.append(text: heading)
    for population in Population.allCases {
      let figures = evaluation.figures.filter { $0.key.population == population }
      guard !figures.isEmpty else { continue }
      buffer.append(text: "\n\(EvaluationReport.title(population))\n")
      buffer.append(text: whole(figures.filter { $0.key.dimension == .all }))
      for dimension in Dimension.allCases where dimension != .all {
        let part = figures.filter { $0.key.dimension == dimension }
        if !part.isEmpty { buffer.append(text: "\n" + groups(part, population, dimension)) }
      }
      for (system, tables) in evaluation.tables.enumerated() {
        for table in tables where table.population == population {
          let name = evaluation.systems.count > 1 ? ", \(letter(system))" : ""
          buffer.append(text: "\n" + confusion(table.confusion, name) + "\n" + reliability(table, name))
        }
      }
    }
  }

  private func letter(_ system: Int) -> String { system == 0 ? "A" : "B" }

  private static func title(_ population: Population) -> String {
    switch population {
    case .messages: "MESSAGES, single and in conversations"
    case .turns: "TURNS of transcripts"
    case .transcripts: "TRANSCRIPTS"
    case .authors: "PAN12, problem 1: authors"
    case .lines: "PAN12, problem 2: lines"
    }
  }

  private var heading: String {
    let options = evaluation.options
    var lines: [String] = []
    for (system, name) in evaluation.systems.enumerated() {
      let left = leftovers[system]
      var line = evaluation.systems.count > 1 ? "\(letter(system)): \(name)" : "system: \(name)"
      if left.missing > 0 { line += ", \(Shown.grouped(left.missing)) messages without a prediction count as score 0" }
      if left.strangers > 0 { line += ", \(Shown.grouped(left.strangers)) predictions without gold left out" }
      lines.append(line)
    }
    let counts = goldCounts.filter { $0.1 > 0 }
    lines.append("gold: " + counts.map { "\(Shown.grouped($0.1)) \($0.0)" }.joined(separator: ", "))
    var said = "move from \(options.threshold), disclosure from \(options.disclosureThreshold)"
    said += options.baseRate.map { ", base rate \($0)" } ?? ""
    lines.append(said)
    lines.append(
      options.resamples > 0
        ? "intervals: 95 %, \(Shown.grouped(options.resamples)) resamples of whole conversations, seed \(options.seed)"
        : "no intervals")
    return lines.map { $0 + "\n" }.joined()
  }

  private func whole(_ figures: [Figure]) -> String {
    let isPair = evaluation.systems.count == 2
    var table = TextTable(
      isPair
        ? ["measure", "A", "", "B", "", "A - B", "", "A better", "gold", "of"]
        : ["measure", "value", "95 %", "gold", "of"])
    for figure in figures {
      var row = ["\(figure.key.head) \(figure.key.measure.rawValue)"]
      for estimate in figure.estimates { row += [Shown.number(estimate.value), Shown.interval(estimate)] }
      if let comparison = figure.comparison {
        row += [
          Shown.number(comparison.difference.value), Shown.interval(comparison.difference),
          Shown.number(comparison.shareBetter),
        ]
      }
      table.add(row + [Shown.grouped(figure.size.positives), Shown.grouped(figure.size.items)])
    }
    return table.text
  }

  /// The measures that a table of groups shows.
  private static func columns(_ population: Population, _ dimension: Dimension) -> [(String, Measure)] {
    if population == .transcripts {
      return [
        ("alarm", .recall), ("alarm", .falsePositiveRate), ("alarm", .f1), ("alarm", .lagMedian),
        ("alarm", .latencyF1), ("support", .recall),
      ]
    }
    if dimension == .label {
      return [("", .precision), ("", .recall), ("", .f1), ("", .rocAUC), ("", .prAUC), ("", .eceDebiased)]
    }
    return [
      ("move", .precision), ("move", .recall), ("move", .f1), ("move", .rocAUC), ("move", .eceDebiased),
      ("disclosure", .recall), ("tracks_macro", .f1),
    ]
  }

  private func groups(_ figures: [Figure], _ population: Population, _ dimension: Dimension) -> String {
    let isPair = evaluation.systems.count == 2
    let columns = EvaluationReport.columns(population, dimension)
    let names = columns.map { head, measure in
      measure.rawValue
        + (head == "disclosure" || head == "support" ? " " + head : head == "tracks_macro" ? " tracks" : "")
    }
    var table = TextTable(
      ["by \(dimension.rawValue)", "gold", "of"]
        + (isPair ? ["f1 A", "f1 B", "A - B", "", "A better"] : names.flatMap { $0 == "f1" ? [$0, ""] : [$0] }))
    var order: [String] = []
    var byGroup: [String: [Figure]] = [:]
    for figure in figures {
      if byGroup[figure.key.group] == nil { order.append(figure.key.group) }
      byGroup[figure.key.group, default: []].append(figure)
    }
    for group in order {
      let some = byGroup[group] ?? []
      func find(_ head: String, _ measure: Measure) -> Figure? {
        some.first { ($0.key.head == head || head.isEmpty) && $0.key.measure == measure }
      }
      let main = find(columns[0].0, .f1)
      var row = [
        Shown.name(group), Shown.grouped(main?.size.positives ?? 0), Shown.grouped(main?.size.items ?? 0),
      ]
      if isPair {
        row += (main?.estimates ?? []).map { Shown.number($0.value) }
        row += [
          Shown.number(main?.comparison?.difference.value ?? .nan),
          main?.comparison.map { Shown.interval($0.difference) } ?? "",
          Shown.number(main?.comparison?.shareBetter ?? .nan),
        ]
      } else {
        for (head, measure) in columns {
          let estimate = find(head, measure)?.estimates.first ?? Estimate(value: .nan)
          row.append(Shown.number(estimate.value))
          if measure == .f1, head != "tracks_macro" { row.append(Shown.interval(estimate)) }
        }
      }
      table.add(row)
    }
    return table.text
  }

  private func confusion(_ matrix: ConfusionMatrix, _ name: String) -> String {
    let used = matrix.names.indices.filter { item in
      matrix.names.indices.contains {
        matrix.count(gold: item, decided: $0) + matrix.count(gold: $0, decided: item) > 0
      }
    }
    var table = TextTable(["gold \\ decided\(name)"] + used.map { String($0 + 1) })
    for gold in used {
      table.add(
        ["\(gold + 1) \(matrix.names[gold])"]
          + used.map { decided in
            let count = matrix.count(gold: gold, decided: decided)
            return count == 0 ? "." : Shown.grouped(count)
          })
    }
    return table.text
  }

  private func reliability(_ tables: Evaluation.Tables, _ name: String) -> String {
    var table = TextTable(["reliability\(name)", "move: said", "found", "disclosure: said", "found", "messages"])
    for (index, bin) in tables.moves.bins.enumerated() where bin.count > 0 {
      let other = tables.disclosures?.bins[index]
      table.add([
        "bin \(index + 1)", Shown.number(bin.said), Shown.number(bin.found), Shown.number(other?.said ?? .nan),
        Shown.number(other?.found ?? .nan), Shown.grouped(bin.count),
      ])
    }
    return table.text
  }
}
