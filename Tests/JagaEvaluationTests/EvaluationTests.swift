import JagaBatch
import JagaCore
import JagaTranscripts
import Testing

@testable import JagaEvaluation

@Suite struct EvaluationTests {
  /// Every figure of the fixture files, against scikit-learn and the published formulas.
  @Test func figuresAreThoseOfTheReference() throws {
    let golden = try Golden.load("figures-golden", as: Golden.Figures.self)
    let (gold, predictions) = try Sample.fixture()
    var options = Sample.options()
    options.baseRate = golden.baseRate
    let evaluation = Evaluation(gold: gold, predictions: [predictions], options: options)
    var seen: Set<String> = []
    for figure in evaluation.figures {
      let key = figure.key
      let name = [
        key.population.rawValue, key.dimension.rawValue, key.group, key.head, key.measure.rawValue,
      ].joined(separator: "/")
      #expect(seen.insert(name).inserted, "\(name) twice")
      guard let expected = golden.figures[name] else { continue }
      let value = figure.estimates[0].value
      #expect(isSame(value, expected), "\(name): \(value) instead of \(String(describing: expected))")
    }
    #expect(golden.figures.count > 700)
    #expect(Set(golden.figures.keys).subtracting(seen) == [])
    // What the reference does not know are transcripts by length, voice and label.
    for name in seen.subtracting(golden.figures.keys) { #expect(name.hasPrefix("transcripts/"), "\(name)") }
  }

  /// Contract: the same for any number of threads; another seed draws otherwise.
  @Test func resamplesDoNotDependOnThreads() throws {
    let (gold, predictions) = try Sample.fixture()
    func figures(threads: Int, seed: UInt64 = 1) -> [[UInt64]] {
      var options = Sample.options(resamples: 60, threads: threads)
      options.seed = seed
      return Evaluation(gold: gold, predictions: [predictions], options: options).figures.map { figure in
        [figure.estimates[0].value, figure.estimates[0].low, figure.estimates[0].high].map(\.bitPattern)
      }
    }
    let one = figures(threads: 1)
    for threads in [2, 3, 7, 100] { #expect(figures(threads: threads) == one, "\(threads) threads") }
    #expect(figures(threads: 1, seed: 2) != one)
  }

  /// A resample with weights is the same as gold in which conversations stand so often.
  @Test func weightsAreRepetitions() throws {
    let (gold, predictions) = try Sample.fixture()
    let options = Sample.options()
    let rows = gold.rows.indices.filter { gold.rows[$0].kind == .message }
    let plan = MessagePlan(rows, gold: gold, predictions: predictions, options: options)
    var draw = UnitWeights(seed: 3, population: .messages, resample: 5)
    var weights = [UInt8](repeating: 0, count: plan.units)
    weights.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { draw.draw(into: base, count: plan.units) } }
    #expect(weights.reduce(0) { $0 + Int($1) } == plan.units)
    var list = FigureList(population: .messages)
    weights.withUnsafeBufferPointer {
      if let base = $0.baseAddress { plan.emit(base, PlanScratch(plan.scratch), to: &list) }
    }
    // The slow way: the same rows several times, each its own conversation.
    var unitOf: [Int: Int] = [:]
    for row in rows where unitOf[gold.rows[row].conversation] == nil {
      unitOf[gold.rows[row].conversation] = unitOf.count
    }
    let repeated = rows.flatMap { row in
      [Int](repeating: row, count: unitOf[gold.rows[row].conversation].map { Int(weights[$0]) } ?? 0)
    }
    let slow = MessagePlan(repeated, gold: gold, predictions: predictions, options: options)
    var expected = FigureList(population: .messages)
    let ones = [UInt8](repeating: 1, count: slow.units)
    ones.withUnsafeBufferPointer {
      if let base = $0.baseAddress { slow.emit(base, PlanScratch(slow.scratch), to: &expected) }
    }
    let byKey = Dictionary(expected.figures.map { ($0.key, $0) }) { first, _ in first }
    for figure in list.figures {
      guard let other = byKey[figure.key] else { continue }
      #expect(isSame(figure.value, other.value.isNaN ? nil : other.value), "\(figure.key)")
      #expect(figure.size == other.size)
    }
  }

  @Test func intervalsHoldTheFigureAndNarrowWithMoreGold() throws {
    let (gold, predictions) = try Sample.fixture()
    let evaluation = Evaluation(gold: gold, predictions: [predictions], options: Sample.options(resamples: 200))
    let whole = try #require(evaluation.figure(.messages, .all, "all", "move", .rocAUC)?.estimates[0])
    #expect(whole.low < whole.value && whole.value < whole.high)
    let part = try #require(evaluation.figure(.messages, .voice, "voice-0", "move", .rocAUC)?.estimates[0])
    #expect(part.high - part.low > whole.high - whole.low)
    // Not resampled, and said so.
    let label = try #require(evaluation.figure(.messages, .label, "topup.offer", "label", .ece)?.estimates[0])
    #expect(label.low.isNaN && !label.value.isNaN)
  }

  @Test func pairedComparison() throws {
    let (gold, predictions) = try Sample.fixture()
    let same = Evaluation(
      gold: gold, predictions: [predictions, predictions], options: Sample.options(resamples: 40))
    for figure in same.figures {
      let comparison = try #require(figure.comparison)
      #expect(comparison.difference.value == 0 || comparison.difference.value.isNaN)
      #expect(comparison.shareBetter == 0.5 || comparison.shareBetter.isNaN)
    }
    // The second system says nothing: the first is better at F1 in every resample, and makes more false alarms.
    var silent = predictions
    silent.scores = silent.scores.map { _ in 0 }
    let other = Evaluation(gold: gold, predictions: [predictions, silent], options: Sample.options(resamples: 40))
    let f1 = try #require(other.figure(.messages, .all, "all", "move", .f1)?.comparison)
    #expect(f1.shareBetter == 1 && f1.difference.low > 0)
    #expect(other.figure(.messages, .all, "all", "move", .falsePositiveRate)?.comparison?.shareBetter == 0)
    #expect(other.figure(.messages, .all, "all", "move", .precision)?.estimates[1].value.isNaN == true)
    #expect(other.figure(.messages, .all, "all", "move", .precision)?.comparison?.shareBetter.isNaN == true)
    #expect(other.figure(.transcripts, .all, "all", "alarm", .lagMedian)?.comparison?.shareBetter.isNaN == true)
  }

  /// A system that names no labels and has no disclosures is not judged by them, and the threshold raises its alarms.
  @Test func scoresAlone() throws {
    let gold = try Sample.gold(
      #"{"id":"t","label":"topup","first_risk":1,"messages":[{"text":"x","labels":["benign"]},{"text":"y","labels":["topup.offer"]},{"text":"z"}]}"#,
      #"{"id":"u","label":"benign","messages":[{"text":"x","labels":["benign"]}]}"#)
    let said = try Sample.predictions(
      gold, #"{"conversation_id":"t","id":"0","score":0.1}"#, #"{"conversation_id":"t","id":"1","score":0.4}"#,
      #"{"conversation_id":"t","id":"2","score":0.5}"#, #"{"conversation_id":"u","id":"0","score":0.2}"#)
    let evaluation = Evaluation(gold: gold, predictions: [said], options: Sample.options())
    func value(_ population: Population, _ head: String, _ measure: Measure) -> Double? {
      evaluation.figure(population, .all, "all", head, measure)?.estimates[0].value
    }
    #expect(value(.turns, "move", .rocAUC) == 1)
    #expect(value(.turns, "move", .recall) == 0)
    for (head, measure) in [
      ("move", Measure.topLabel), ("disclosure", .recall), ("disclosure", .brier), ("labels_macro", .f1),
      ("tracks_micro", .f1), ("move", .precisionAtBaseRate),
    ] {
      #expect(value(.turns, head, measure)?.isNaN == true, "\(head) \(measure)")
    }
    #expect(value(.transcripts, "alarm", .recall) == 1)
    #expect(value(.transcripts, "alarm", .lagMedian) == 1)
    #expect(isSame(value(.transcripts, "alarm", .speed) ?? .nan, Latency.speed([3])))
    #expect(value(.transcripts, "alarm", .rightTrack)?.isNaN == true)
    #expect(value(.transcripts, "support", .recall)?.isNaN == true)
  }

  @Test func reportsWriteWhatIsUndefinedAsADash() throws {
    let gold = try Sample.gold(#"{"id":"a","text":"rahasia","labels":["benign"]}"#)
    let said = try Sample.predictions(gold, #"{"id":"a","score":0.25}"#)
    let evaluation = Evaluation(gold: gold, predictions: [said], options: Sample.options(resamples: 5))
    let report = EvaluationReport(evaluation, gold: gold, predictions: [said])
    func text(_ write: (ByteBuffer) -> Void) -> String {
      let buffer = ByteBuffer()
      write(buffer)
      return buffer.string
    }
    let json = text(report.writeJSON)
    #expect(
      json.contains(
        #"{"population":"messages","dimension":"all","group":"all","head":"move","measure":"recall","items":1,"positives":0,"estimates":[{"value":null,"low":null,"high":null}]}"#
      ))
    #expect(text(report.writeCSV).contains("messages,all,all,move,recall,p.jsonl,1,0,-,-,-,-\r\n"))
    #expect(text(report.writeCSV).contains("messages,all,all,move,brier,p.jsonl,1,0,0.0625,0.0625,0.0625,-\r\n"))
    let table = text(report.writeTable)
    let rows = table.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(rows.contains(["move", "recall", "-", "0", "1"]))
    #expect(rows.contains(["move", "brier", "0.0625", "[0.0625,", "0.0625]", "0", "1"]))
    for output in [json, table] { #expect(!output.contains("rahasia") && !output.contains("nan")) }
  }

  @Test func namesOfTheGoldDoNotActOnATerminal() {
    #expect(Shown.name("kota-kecil") == "kota-kecil")
    #expect(Shown.name("a\u{1B}[2Jb\n\u{202E}") == "a\u{FFFD}[2Jb\u{FFFD}\u{FFFD}")
    #expect(Shown.name(String(repeating: "x", count: 32)).count == 32)
    #expect(Shown.name(String(repeating: "x", count: 33)) == String(repeating: "x", count: 31) + "…")
    for (value, expected) in [
      (Double.nan, "-"), (0, "0.0000"), (-0.00001, "0.0000"), (0.99995, "1.0000"), (-2, "-2.0000"), (1234.5, "1,235"),
      (1e18, "1e+18"), (.infinity, "-"),
    ] {
      #expect(Shown.number(value) == expected)
    }
    for (value, expected) in [
      (Double.nan, "-"), (0, "0"), (95.24, "95.2"), (99.97, "100"), (1999.6, "2,000"), (1e18, "1e+18"),
    ] {
      #expect(Shown.load(value) == expected)
    }
  }

  @Test func manyVoicesAreTakenTogether() {
    let index = GroupIndex(
      count: 500, [(.voice, (0..<500).map { $0 < 300 ? "v\($0)" : $0 < 450 ? "big" : nil })])
    #expect(index.groups.count == 1 + 200 + 1)
    #expect(index.groups.last?.name == "others")
    #expect(index.groups.contains { $0.name == "big" } && index.groups.contains { $0.name == "unstated" })
    var sizes = [Int](repeating: 0, count: index.groups.count)
    for leaf in index.leaves { for group in index.groupsOfLeaf[Int(leaf)] { sizes[group] += 1 } }
    #expect(sizes[0] == 500 && sizes.reduce(0, +) == 1000)
    #expect(sizes.last == 500 - 150 - 50 - 198)
  }
}
