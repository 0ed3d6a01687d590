import Synchronization
import Testing

@testable import JagaBatch

@Suite struct WorkerPoolTests {
  private final class Tally: Sendable {
    let items = Atomic<Int>(0)
    let sum = Atomic<Int>(0)
    let worst = Atomic<Int>(0)
  }

  @Test(arguments: [1, 2, 3, 8])
  func everyItemOnce(threads: Int) {
    let pool = WorkerPool(threads: threads)
    defer { pool.close() }
    #expect(pool.threads == threads)
    for round in 0..<300 {
      let tally = Tally()
      let count = round % 70
      pool.run(count: count) { worker, item in
        tally.items.wrappingAdd(1, ordering: .relaxed)
        tally.sum.wrappingAdd(item, ordering: .relaxed)
        if worker < 0 || worker >= threads { tally.worst.store(1, ordering: .relaxed) }
      }
      #expect(tally.items.load(ordering: .relaxed) == count)
      #expect(tally.sum.load(ordering: .relaxed) == count * (count - 1) / 2)
      #expect(tally.worst.load(ordering: .relaxed) == 0)
    }
  }

  /// Plain memory written by workers is there when `run` returns.
  @Test func resultsAreVisible() {
    let pool = WorkerPool(threads: 4)
    defer { pool.close() }
    final class Memory: @unchecked Sendable {
      let values = UnsafeMutablePointer<Int>.allocate(capacity: 64)
      deinit { values.deallocate() }
    }
    let memory = Memory()
    for round in 0..<200 {
      pool.run(count: 64) { _, item in memory.values[item] = item * round }
      #expect((0..<64).allSatisfy { memory.values[$0] == $0 * round })
    }
  }

  @Test func aSignalTakesOverOnlyARunThatWaits() {
    let waiting = RunState()
    #expect(waiting.beginWaiting())
    #expect(waiting.interrupt())
    #expect(!waiting.endWaiting())
    let busy = RunState()
    #expect(!busy.interrupt())
    #expect(busy.isStopping)
    #expect(!busy.beginWaiting())
    let ended = RunState()
    ended.end()
    #expect(!ended.interrupt())
  }
}
