import JagaBayes
import JagaScoring

/// The features of a corpus, numbered by rising hash: what is too rare to be learned in any part of the corpus has no number.
struct FeatureSpace: Sendable {
  /// What has no number.
  static let none = UInt32.max
  /// Hashes are merged in so many ranges, each by itself.
  private static let ranges = 256

  /// Hashes by number, in rising order.
  private(set) var hashes: [UInt64] = []
  /// What each feature is made of.
  private(set) var kinds: [FeatureKind] = []
  /// True for words that count tables hold often enough: they have a number in every vocabulary.
  private(set) var isCounted: [Bool] = []
  /// By number, the characters of a word that have a number, in their order; nil for what was never spelled.
  private(set) var spellings: [UInt32: [UInt32]] = [:]

  var count: Int { hashes.count }

  /// How many messages must hold a feature: pairs some way apart, pairs of concepts and answers are many and mean little when they are rare.
  static func leastCount(of kind: FeatureKind, minimum: Int) -> Int {
    switch kind {
    case .answer: 3 * minimum
    case .conceptPair: 2 * minimum
    case .skipPair: minimum + 1
    default: minimum
    }
  }

  /// Merges what workers have met; the second result has, for each worker, the numbers in the space of its own numbers.
  static func merged(
    _ interners: [FeatureInterner], minimum: Int, workers: Workers
  ) -> (space: FeatureSpace, numbers: [[UInt32]]) {
    let sorted = workers.map(interners.count) { number, _ in
      HashRanges(interners[number], worker: number, ranges: ranges)
    }
    let kept = workers.map(ranges) { range, _ in
      RangeMerge(sorted.map { $0.members(of: range) }, interners: interners, minimum: minimum)
    }
    var space = FeatureSpace()
    var numbers = interners.map { [UInt32](repeating: none, count: $0.count) }
    for part in kept {
      for (place, member) in part.members.enumerated() {
        if place == 0 || part.members[place - 1].hash != member.hash {
          space.hashes.append(member.hash)
          space.kinds.append(interners[member.worker].kinds[Int(member.number)])
          space.isCounted.append(false)
        }
        let last = space.hashes.count - 1
        numbers[Int(member.worker)][Int(member.number)] = UInt32(last)
        if interners[Int(member.worker)].isCounted[Int(member.number)] { space.isCounted[last] = true }
      }
    }
    for (worker, interner) in interners.enumerated() {
      for own in 0..<UInt32(interner.count) {
        let word = numbers[worker][Int(own)]
        guard word != none, space.spellings[word] == nil, let runs = interner.characters(of: own) else { continue }
        space.spellings[word] = runs.compactMap { run in
          let number = numbers[worker][Int(run)]
          return number == none ? nil : number
        }
      }
    }
    return (space, numbers)
  }
}
