import Dispatch
import Synchronization
import Testing

@testable import JagaService

struct WritableCheckTests {
  private final class Counter: Sendable {
    let count = Mutex(0)
    let fails = Mutex(false)
    let gate = DispatchSemaphore(value: 0)
    struct Refusal: Error {}

    func look() throws {
      count.withLock { $0 += 1 }
      if fails.withLock({ $0 }) { throw Refusal() }
    }
  }

  @Test func anAnswerIsGoodForASecond() async {
    let (counter, clock) = (Counter(), TestClock())
    let check = WritableCheck(now: { clock.now }, counter.look)
    for _ in 0..<50 { #expect(await check.isWritable()) }
    #expect(counter.count.withLock { $0 } == 1)
    counter.fails.withLock { $0 = true }
    clock.advance(by: 999)
    #expect(await check.isWritable())
    clock.advance(by: 1)
    #expect(await !check.isWritable())
    // Neither is a refusal good for longer, nor after a clock that went back.
    counter.fails.withLock { $0 = false }
    clock.advance(by: -1)
    #expect(await check.isWritable())
    #expect(counter.count.withLock { $0 } == 3)
  }

  @Test func whoAsksMeanwhileWaitsForTheSameAnswer() async {
    let (counter, clock) = (Counter(), TestClock())
    let check = WritableCheck(now: { clock.now }) {
      try counter.look()
      counter.gate.wait()
    }
    let answers = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<20 { group.addTask { await check.isWritable() } }
      while check.waiting < 20 { await Task.yield() }
      counter.gate.signal()
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers == [Bool](repeating: true, count: 20))
    #expect(counter.count.withLock { $0 } == 1)
  }
}
