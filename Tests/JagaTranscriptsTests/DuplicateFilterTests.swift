import TestSupport
import Testing

@testable import JagaTranscripts

/// Many keys at once against one at a time, and a filter that was put back together against the one it was taken from.
@Suite struct DuplicateFilterBatchTests {
  private func keys(_ count: Int, distinct: UInt64, using random: inout SplitMix64) -> [UInt64] {
    // Neighbouring numbers make long runs of taken slots.
    (0..<count).map { _ in random.next() % distinct }
  }

  private func marked(_ keys: [UInt64], _ filter: inout DuplicateFilter) -> [Bool] {
    var isNew = [Bool](repeating: false, count: keys.count)
    keys.withUnsafeBufferPointer { keys in
      isNew.withUnsafeMutableBufferPointer { isNew in
        if let base = isNew.baseAddress { filter.markNew(keys, into: base) }
      }
    }
    return isNew
  }

  @Test(arguments: [0, 1, 5, 300, 5000], [7, 900, UInt64.max])
  func atOnceIsOneByOne(window: Int, distinct: UInt64) {
    var random = SplitMix64(seed: distinct &+ UInt64(window))
    var (fast, slow) = (DuplicateFilter(window: window), DuplicateFilter(window: window))
    for count in [0, 1, 15, 16, 17, 400, 2000] {
      let keys = keys(count, distinct: distinct, using: &random)
      #expect(marked(keys, &fast) == keys.map { $0 == 0 || slow.isNew($0) })
    }
  }

  @Test(arguments: [1, 5, 300, 5000])
  func putBackTogetherItIsTheSame(window: Int) {
    var random = SplitMix64(seed: UInt64(window))
    var filter = DuplicateFilter(window: window)
    for round in 0..<6 {
      _ = marked(keys(1 + window / 2 + round * 7, distinct: UInt64(window) * 3, using: &random), &filter)
      var other = DuplicateFilter(window: window)
      for isOlder in [false, true] {
        let kept = filter.keys(older: isOlder)
        #expect(kept.slots.count { $0 != 0 } == kept.count)
        for key in kept.slots { other.restore(key, older: isOlder) }
      }
      var first = filter
      let next = keys(window * 2 + 50, distinct: UInt64(window) * 4, using: &random)
      #expect(marked(next, &first) == marked(next, &other))
    }
  }
}
