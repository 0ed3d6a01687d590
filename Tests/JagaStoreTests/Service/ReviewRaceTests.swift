import Dispatch
import Foundation
import JagaCore
import Synchronization
import Testing

@testable import JagaStore

/// Several reviewers, threads and programs at one store.
@Suite struct ReviewRaceTests {
  /// Many decide the same item at once, half of them through another connection: one of them does.
  @Test func oneDecisionWins() throws {
    let open = try OpenStore()
    let stores = [open.store, try Store(serving: open.path)]
    for round in 0..<20 {
      let item = try open.store.open("c\(round)")
      let errors = Mutex<[ReviewError]>([])
      let others = Mutex<[String]>([])
      DispatchQueue.concurrentPerform(iterations: 6) { worker in
        do {
          try stores[worker % 2].decide(
            SampleService.draft(item, "reviewer \(worker)", worker % 3 == 0 ? .wrong : .confirm),
            policy: SampleService.always)
        } catch let error as ReviewError {
          errors.withLock { $0.append(error) }
        } catch {
          others.withLock { $0.append("\(error)") }
        }
      }
      #expect(others.withLock { $0 } == [])
      #expect(errors.withLock { $0 } == Array(repeating: .decidedMeanwhile(item: item.number), count: 5))
      #expect(try open.store.decisions(item: item.number).count == 1)
      #expect(try open.store.item(item.number)?.version == 2)
    }
    #expect(try open.store.actions().filter { $0 == "item.decided" }.count == 20)
    #expect(try open.store.verifyAudit().isWhole)
  }

  /// Many write flags of the same conversations: one item each, every flag once, and the audit is one chain.
  @Test func theQueueHasNoDuplicates() throws {
    let open = try OpenStore()
    let stores = [open.store, try Store(serving: open.path), try Store(serving: open.path)]
    let failures = Mutex<[String]>([])
    let opened = Mutex<[Int]>([])
    let writers = 6
    DispatchQueue.concurrentPerform(iterations: writers) { worker in
      do {
        for message in 0..<30 {
          // Every conversation gets every flag from two writers.
          let result = try stores[worker % 3].take(
            SampleService.flag(
              "c\(message % 10)", message * 3 + worker / 2, kind: message % 2 == 0 ? .risk : .disclosure),
            SampleService.flag("all", message, band: message > 20 ? .high : .review))
          opened.withLock { $0 += result.opened.map(\.number) }
        }
      } catch {
        failures.withLock { $0.append("\(error)") }
      }
    }
    #expect(failures.withLock { $0 } == [])
    let items = try open.store.queue(QueueQuery(limit: 500)).items
    #expect(items.count == 11 && Set(items.map(\.conversationID)).count == 11)
    #expect(Set(items.map(\.number)).count == 11)
    #expect(opened.withLock { $0.sorted() } == items.map(\.number).sorted())
    #expect(items.map(\.flags).reduce(0, +) == 120)
    for item in items {
      let flags = try open.store.flags(item: item.number)
      #expect(flags.count == item.flags && Set(flags.map(\.messageID)).count == item.flags)
    }
    #expect(try open.store.items(conversation: "all")[0].band == .high)
    let verdict = try open.store.verifyAudit()
    #expect(verdict.isWhole && verdict.rows == 12)
  }

  /// Readers see whole commits only, while a writer writes.
  @Test func readersSeeWholeCommits() throws {
    let open = try OpenStore()
    let store = open.store
    let isDone = Atomic(false)
    let failures = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 3) { worker in
      do {
        if worker == 0 {
          defer { isDone.store(true, ordering: .relaxed) }
          for number in 1...200 {
            try store.commit(
              ServiceChanges(
                conversations: [SampleService.conversation("c", messages: number)],
                flags: [SampleService.flag("c", number)]))
          }
        } else {
          var last = 0
          while !isDone.load(ordering: .relaxed) {
            let export = try store.export(conversation: "c", now: 0)
            guard let messages = export.conversation?.messages else { continue }
            if export.flags.count != messages || export.items.first?.flags != messages || messages < last {
              failures.withLock { $0.append("\(messages) messages, \(export.flags.count) flags") }
              return
            }
            last = try store.conversation("c")?.messages ?? 0
          }
        }
      } catch {
        failures.withLock { $0.append("\(error)") }
      }
    }
    #expect(failures.withLock { $0 } == [])
    #expect(try store.conversation("c")?.messages == 200)
  }
}
