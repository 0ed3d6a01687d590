import Testing

@testable import JagaEvaluation

@Suite struct LatencyTests {
  /// Published check values: speed by the message of the alarm.
  @Test(arguments: [(1, 1.0), (10, 0.945), (30, 0.823), (50, 0.706), (90, 0.5), (150, 0.274)])
  func checkValues(k: Int, speed: Double) {
    #expect(abs(Latency.speed([k]) - speed) < 0.0005)
  }

  @Test func speedIsAMedian() {
    #expect(Latency.speed([1, 10, 500]) == Latency.speed([10]))
    #expect(Latency.speed([]).isNaN)
    #expect(isSame(Latency.weighted(f1: 0.5, speed: 0.8), 0.4))
    // Nothing found: 0, although the speed is undefined.
    #expect(Latency.weighted(f1: 0, speed: .nan) == 0)
    #expect(Latency.weighted(f1: .nan, speed: .nan).isNaN)
  }

  /// By hand: one alarm exactly at o costs 1/2, a miss 1, a false alarm the share of risky conversations, 2/4.
  @Test func earlyRiskByHand() {
    let alarms: [Int?] = [5, nil, 3, nil]
    let risky = [true, true, false, false]
    #expect(isSame(EarlyRisk.error(alarms: alarms, risky: risky, o: 5), (0.5 + 1 + 0.5) / 4))
    #expect(EarlyRisk.cost(1, o: 50) < 1e-20)
    #expect(EarlyRisk.cost(100_000, o: 5) == 1)
    #expect(EarlyRisk.error(alarms: [], risky: [], o: 5).isNaN)
  }
}
