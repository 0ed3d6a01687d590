import JagaCore
import Testing

@testable import JagaTranscripts

@Suite struct PredictionReaderTests {
  private func read(_ lines: String) throws -> [(Prediction, Int)] {
    var found: [(Prediction, Int)] = []
    try PredictionReader().read(.bytes(Array(lines.utf8), name: "p")) { found.append(($0, $1)) }
    return found
  }

  @Test func recordsOfJagaScore() throws {
    let found = try read(
      """
      {"conversation_id":"c1","message_id":"m7","author_id":"a1","score":0.93,"band":"high","track":"topup","stage":"condition",\
      "labels":{"topup.condition":0.91,"topup.request":0.62},"disclosure":0.01,"lang":"id","conversation":{"score":0.97,\
      "band":"review","track":"trade","stage":"","support_needed":true},"evidence":[],"model":"3f9a1c02"}

      """)
    #expect(found.count == 1)
    #expect(
      found.first?.0
        == Prediction(
          conversationID: "c1", messageID: "m7", score: 0.93, disclosure: 0.01,
          labels: [
            Prediction.LabelProbability(label: .topupCondition, probability: 0.91),
            Prediction.LabelProbability(label: .topupRequest, probability: 0.62),
          ], hasLabels: true, top: .topupCondition, track: .topup, band: .high, conversationBand: .review,
          conversationTrack: .trade, supportNeeded: true))
  }

  @Test func whatOtherSystemsLeaveOut() throws {
    let found = try read(
      "\n{\"id\":7,\"score\":1}\n{\"id\":\"b\",\"score\":0,\"labels\":{\"disclosure\":0.5,\"benign\":0.5}}")
    #expect(found.map(\.1) == [2, 3])
    #expect(found[0].0 == Prediction(messageID: "7", score: 1))
    #expect(found[1].0 == Prediction(messageID: "b", score: 0, disclosure: 0.5, hasLabels: true))
    // The largest of several labels, the first of equal ones; inside the track where one is named.
    let labels = "\"labels\":{\"topup.offer\":0.25,\"trade.recruit\":0.5,\"trade.migrate\":0.5}"
    #expect(try read("{\"id\":\"a\",\"score\":1,\(labels)}").first?.0.top == .tradeRecruit)
    #expect(try read("{\"id\":\"a\",\"score\":1,\(labels),\"track\":\"topup\"}").first?.0.top == .topupOffer)
    #expect(try read("{\"id\":\"a\",\"score\":1,\(labels),\"track\":\"grooming\"}").first?.0.top == nil)
  }

  @Test(arguments: [
    ("\"score\":-0.1", "score"), ("\"score\":\"1\"", "score"), ("\"score\":1,\"disclosure\":2", "disclosure"),
    ("\"score\":1,\"labels\":[]", "labels"), ("\"score\":1,\"labels\":{\"topup.offer\":\"x\"}", "labels"),
    ("\"score\":1,\"track\":\"rahasia\"", "track"), ("\"score\":1,\"track\":\"topup\",\"stage\":\"rahasia\"", "stage"),
    ("\"score\":1,\"conversation\":{\"band\":1}", "conversation.band"),
    ("\"score\":1,\"conversation\":{\"support_needed\":1}", "conversation.support_needed"),
  ])
  func wrongValuesNameTheField(_ members: String, field: String) {
    #expect(throws: TranscriptError.invalidPrediction(file: "p", line: 2, field: field)) {
      _ = try read("{\"id\":\"a\",\"score\":1}\n{\"id\":\"b\",\(members)}")
    }
  }

  @Test func aLabelThatStandsTwiceCountsOnce() throws {
    let found = try read("{\"id\":\"a\",\"score\":1,\"labels\":{\"topup.offer\":0.9,\"topup.offer\":0.25}}").first?.0
    #expect(found?.labels == [Prediction.LabelProbability(label: .topupOffer, probability: 0.25)])
  }

  /// Lines at hand, as a run hands them out, need no padding of the caller's.
  @Test func linesAtHand() throws {
    let reader = try PredictionReader()
    var ids: [String] = []
    for number in 0..<3 {
      let bytes = Array("{\"id\":\"m\(number)\",\"score\":0.5}\n".utf8)
      try bytes.withUnsafeBufferPointer { lines in
        try reader.read(lines: lines, file: "records") { prediction, _ in ids.append(prediction.messageID) }
      }
    }
    #expect(ids == ["m0", "m1", "m2"])
  }
}
