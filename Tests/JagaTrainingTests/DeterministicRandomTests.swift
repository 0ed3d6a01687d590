import Testing

@testable import JagaTraining

@Suite struct DeterministicRandomTests {
  /// Published values of SplitMix64 for the seed 1234567: the order of training rows rests on them.
  @Test func theSequenceIsPinned() {
    var random = DeterministicRandom(seed: 1_234_567)
    let values = (0..<5).map { _ in random.next() }
    #expect(
      values == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }

  @Test func shufflingKeepsEveryItem() {
    for count in [0, 1, 2, 3, 100] {
      var random = DeterministicRandom(seed: 5)
      var items = Array(0..<count)
      random.shuffle(&items)
      #expect(items.sorted() == Array(0..<count))
      var again = DeterministicRandom(seed: 5)
      var others = Array(0..<count)
      again.shuffle(&others)
      #expect(items == others)
    }
  }

  @Test func everyOrderOfThreeComesUpAboutAsOften() {
    var random = DeterministicRandom(seed: 6)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6000 {
      var items = [0, 1, 2]
      random.shuffle(&items)
      counts[items, default: 0] += 1
    }
    #expect(counts.count == 6)
    for (order, count) in counts { #expect((850...1150).contains(count), "\(order)") }
  }
}
