/// A feature as one worker knows it.
struct WorkerFeature: Sendable {
  var hash: UInt64
  var number: UInt32
  /// At most so many of the worker's messages hold it.
  var count: UInt32
  var worker: Int
}

/// One worker's features by ranges of their hashes.
struct HashRanges: Sendable {
  private let interner: FeatureInterner
  private let worker: Int
  private let counts: [UInt32]
  private var order: [UInt32]
  private var ends: [Int]

  /// Deals features into `ranges` ranges, a power of two of at most 2^16. Cost: two passes.
  init(_ interner: FeatureInterner, worker: Int, ranges: Int) {
    self.interner = interner
    self.worker = worker
    counts = interner.counts()
    order = [UInt32](repeating: 0, count: interner.count)
    let shift = UInt64(64 - ranges.trailingZeroBitCount)
    var places = [Int](repeating: 0, count: ranges)
    for hash in interner.hashes { places[Int(hash >> shift)] += 1 }
    var sum = 0
    for range in 0..<ranges { (places[range], sum) = (sum, sum + places[range]) }
    for (number, hash) in interner.hashes.enumerated() {
      order[places[Int(hash >> shift)]] = UInt32(number)
      places[Int(hash >> shift)] += 1
    }
    ends = places
  }

  /// The features of a range, in no order that matters.
  func members(of range: Int) -> some Sequence<WorkerFeature> {
    order[(range == 0 ? 0 : ends[range - 1])..<ends[range]].lazy.map {
      WorkerFeature(hash: interner.hashes[Int($0)], number: $0, count: counts[Int($0)], worker: worker)
    }
  }
}

/// What all workers together have met often enough in one range of hashes, by rising hash and worker.
struct RangeMerge: Sendable {
  private static let sieve = 1 << 14

  private(set) var members: [WorkerFeature] = []

  /// Adds up the counts of every feature. Most features are in one message alone: a table of counts by a part of the hash, where
  /// different features may share a place, sieves them out before anything is sorted.
  init(_ parts: [some Sequence<WorkerFeature>], interners: [FeatureInterner], minimum: Int) {
    func count(_ member: WorkerFeature) -> Int {
      interners[member.worker].isCounted[Int(member.number)] ? 1 << 40 : Int(member.count)
    }
    func least(_ member: WorkerFeature) -> Int {
      FeatureSpace.leastCount(of: interners[member.worker].kinds[Int(member.number)], minimum: minimum)
    }
    func place(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 8) & (RangeMerge.sieve - 1) }
    var seen = [Int](repeating: 0, count: RangeMerge.sieve)
    for part in parts { for member in part { seen[place(member.hash)] += count(member) } }
    var candidates: [WorkerFeature] = []
    for part in parts {
      for member in part where seen[place(member.hash)] >= least(member) { candidates.append(member) }
    }
    candidates.sort { ($0.hash, $0.worker) < ($1.hash, $1.worker) }
    var begin = 0
    while begin < candidates.count {
      var end = begin
      var sum = 0
      while end < candidates.count, candidates[end].hash == candidates[begin].hash {
        sum += count(candidates[end])
        end += 1
      }
      if sum >= least(candidates[begin]) { members += candidates[begin..<end] }
      begin = end
    }
  }
}
