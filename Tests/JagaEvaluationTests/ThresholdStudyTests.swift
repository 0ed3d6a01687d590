import Foundation
import JagaBatch
import JagaCore
import Testing

@testable import JagaEvaluation

@Suite struct ThresholdStudyTests {
  /// Four moves and six others; at 0.5: TPR 3/4, FPR 2/6.
  private func tables() throws -> (GoldTable, PredictionTable) {
    let moves = [0.9, 0.8, 0.6, 0.2]
    let others = [0.7, 0.5, 0.4, 0.3, 0.1, 0]
    var gold = ""
    var said = ""
    for (number, score) in (moves + others).enumerated() {
      gold += "{\"id\":\"m\(number)\",\"text\":\"x\",\"labels\":[\"\(number < 4 ? "topup.offer" : "benign")\"]}\n"
      said += "{\"id\":\"m\(number)\",\"score\":\(score),\"band\":\"\(score > 0.75 ? "high" : "none")\"}\n"
    }
    let table = try Sample.gold(gold)
    return (table, try Sample.predictions(table, said))
  }

  private func study(capacity: Double, unit: ThresholdStudy.Unit = .message) throws -> ThresholdStudy {
    let (gold, predictions) = try tables()
    var options = ThresholdStudy.Options(load: ReviewLoad(baseRate: 0.1, volume: 1000), capacity: capacity)
    options.unit = unit
    options.evaluation = Sample.options(resamples: 50)
    return ThresholdStudy(gold: gold, predictions: predictions, options: options)
  }

  @Test func loadsByHand() throws {
    let row = try #require(try study(capacity: 500).thresholds.first { $0.threshold == 0.5 })
    #expect(row.recall.value == 0.75)
    // 1000 · (0.1 · 3/4 + 0.9 · 2/6) = 75 + 300.
    #expect(isSame(row.messages.value, 375))
    #expect(isSame(row.precision.value, 75.0 / 375))
    // Single messages: as many conversations.
    #expect(isSame(row.conversations.value, 375))
    #expect(row.messages.low <= row.messages.value && row.messages.value <= row.messages.high)
  }

  @Test func theLowestThresholdThatCapacityCarries() throws {
    // From 0.6 on: 75 + 150 = 225; from 0.5 on: 375.
    for (capacity, expected) in [(225.0, 0.6), (374.9, 0.6), (375, 0.5), (25, 0.9), (1e6, 0.0)] {
      #expect(try study(capacity: capacity).recommended?.threshold == expected, "capacity \(capacity)")
      #expect(try study(capacity: capacity, unit: .conversation).recommended?.threshold == expected)
    }
    let none = try study(capacity: 24)
    #expect(none.recommended == nil && none.recommendedBand == nil)
    #expect(
      ThresholdReport(none).advice == [
        "No threshold is within capacity: from 0.9 on there are already 25 reviews a day. Find more reviewers, or look at a sample.",
        "* No band is within capacity.",
      ])
    let some = try study(capacity: 60)
    #expect(some.recommended?.threshold == 0.8)
    #expect(some.recommendedBand?.band == .watch)
    #expect(some.missed == [ThresholdStudy.Missed(label: .topupOffer, gold: 4, missed: 2)])
    #expect(
      ThresholdReport(some).advice == [
        "* Review from 0.8 on: 50 of 60 reviews a day, precision 1.0000.",
        "  Missed: 0.5000 of the moves, 50 of 100 a day.",
        "* Of the bands, watch and above are within capacity: recall 0.5000, precision 1.0000.",
        "  Missed most: topup.offer 2 of 4.",
        "  Careful: no false alarm among 6 other messages is compatible with a rate of up to 3 in that number, which would be 450 messages a day. Use more gold.",
      ])
  }

  /// A risky conversation of four messages with two moves, and two harmless ones of three.
  @Test func conversationsByHand() {
    let load = ReviewLoad(baseRate: 0.01, volume: 10_000)
    var gold = ReviewLoad.Conversations()
    gold.counts = DecisionCounts(truePositives: 1, falsePositives: 1, trueNegatives: 1)
    gold.riskyMessages = 4
    gold.harmlessMessages = 6
    let messages = DecisionCounts(truePositives: 1, falsePositives: 4, falseNegatives: 1, trueNegatives: 4)
    // 100 moves a day in 50 risky conversations of 4 messages; the other 9,800 messages in 3,266.67 conversations, half of them reviewed.
    #expect(isSame(load.conversations(gold, messages: messages), 50 + 9800.0 / 3 / 2))
    // Never more than the messages that are reviewed.
    let few = DecisionCounts(truePositives: 1, falsePositives: 1, falseNegatives: 1, trueNegatives: 999)
    #expect(isSame(load.conversations(gold, messages: few), load.messages(few)))
    #expect(load.messages(DecisionCounts(truePositives: 3)).isNaN)
  }

  @Test func goldOfOneKindGivesNoAdvice() throws {
    let gold = try Sample.gold(#"{"id":"a","text":"x","labels":["disclosure"]}"#)
    let said = try Sample.predictions(gold, #"{"id":"a","score":0.5,"disclosure":0.9}"#)
    let options = ThresholdStudy.Options(load: ReviewLoad(baseRate: 0.1, volume: 10), capacity: 1)
    let study = ThresholdStudy(gold: gold, predictions: said, options: options)
    #expect(study.recommended == nil && study.disclosures == (1, 1))
    #expect(
      ThresholdReport(study).advice == [
        "Undefined: the gold has no moves, and a load needs the shares of both. Give gold with both."
      ])
  }

  @Test func formsOfTheReport() throws {
    let report = ThresholdReport(try study(capacity: 60))
    let json = ByteBuffer()
    report.writeJSON(to: json)
    #expect(json.string.contains(#""recommended_band":"watch""#))
    #expect(!json.string.contains("nan"))
    let csv = ByteBuffer()
    report.writeCSV(to: csv)
    let lines = csv.string.components(separatedBy: "\r\n")
    #expect(lines.count == 1 + 12 + 3 + 1)
    #expect(lines.filter { $0.hasSuffix(",yes") }.map { $0.prefix { $0 != "," } } == ["0.8", "watch"])
    let table = ByteBuffer()
    report.writeTable(to: table)
    #expect(table.string.contains("  0.8 *  "))
  }
}
