import JagaCore
import Testing

/// Raw value, name, track, stage: part of the model format and of every record.
private let labelRows: [(raw: UInt8, name: String, track: Track?, stage: String, isEarly: Bool)] = [
  (0, "grooming.contact", .grooming, "contact", true),
  (1, "grooming.trust", .grooming, "trust", true),
  (2, "grooming.assessment", .grooming, "assessment", false),
  (3, "grooming.isolation", .grooming, "isolation", false),
  (4, "grooming.sexualisation", .grooming, "sexualisation", false),
  (5, "grooming.approach", .grooming, "approach", false),
  (6, "sextortion.lure", .sextortion, "lure", true),
  (7, "sextortion.capture", .sextortion, "capture", false),
  (8, "sextortion.threat", .sextortion, "threat", false),
  (9, "sextortion.demand", .sextortion, "demand", false),
  (10, "sextortion.pressure", .sextortion, "pressure", false),
  (11, "topup.offer", .topup, "offer", true),
  (12, "topup.condition", .topup, "condition", false),
  (13, "topup.request", .topup, "request", false),
  (14, "topup.payment", .topup, "payment", false),
  (15, "topup.leverage", .topup, "leverage", false),
  (16, "trade.recruit", .trade, "recruit", false),
  (17, "trade.advertise", .trade, "advertise", false),
  (18, "trade.migrate", .trade, "migrate", false),
  (19, "trade.transact", .trade, "transact", false),
  (20, "disclosure", nil, "disclosure", false),
  (21, "benign", nil, "benign", false),
]

@Suite struct LabelTests {
  @Test func everyLabelHasItsPlaceNameTrackAndStage() throws {
    #expect(Label.allCases.count == labelRows.count)
    for row in labelRows {
      let label = try #require(Label(rawValue: row.raw))
      #expect(label.name == row.name)
      #expect(label.staticName.description == row.name)
      #expect(Label(name: row.name) == label)
      #expect(label.track == row.track, "\(row.name)")
      #expect(label.stage == row.stage)
      #expect(label.isEarly == row.isEarly, "\(row.name)")
      #expect(label.isMove == (row.track != nil), "\(row.name)")
    }
  }

  @Test func movesAreTheFirstTwentyInOrder() {
    #expect(Label.moveCount == 20)
    #expect(Label.moves.map(\.rawValue) == Array(0..<20))
    #expect(Label.moves.map(\.isMove) == [Bool](repeating: true, count: 20))
  }

  @Test(arguments: [
    "", "topup", "topup.", ".condition", "Topup.condition", "topup.condition ", " benign", "Benign", "grooming.offer",
  ])
  func otherSpellingsAreNoLabels(_ name: String) {
    #expect(Label(name: name) == nil)
    #expect(Label(name: Substring(name)) == nil)
  }

  @Test func trackNames() {
    #expect(Track.allCases.map(\.name) == ["grooming", "sextortion", "topup", "trade"])
  }

  @Test func headsFollowTheMoves() {
    #expect(Head.move == Label.moveCount)
    #expect(Head.disclosure == Int(Label.disclosure.rawValue) + 1)
    #expect(Head.count == 22)
    #expect(Head.stride == 24)
    #expect(Head.stride * MemoryLayout<Int16>.stride % 16 == 0)
    #expect(Head.unitsPerLogit == 1024)
  }
}
