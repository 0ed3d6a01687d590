import Dispatch
import Foundation
import GRDB
import JagaCore
import Synchronization
import Testing

@testable import JagaStore

/// Several programs at one file: each connection here stands for one.
@Suite struct ConcurrencyTests {
  /// A file is made by whoever comes first, and everybody's run is in it.
  @Test func manyMakeAndFillOneStore() throws {
    let folder = try Folder()
    let path = folder.file("runs.sqlite")
    let failures = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 8) { number in
      do {
        let store = try Store(writing: path)
        try store.keep([SampleRuns.result(SampleRuns.run("run \(number)"))], gold: SampleRuns.gold())
        try store.close()
      } catch {
        failures.withLock { $0.append("\(error)") }
      }
    }
    #expect(failures.withLock { $0 } == [])
    let store = try Store(reading: path)
    #expect(Set(try store.runs().map(\.name)) == Set((0..<8).map { "run \($0)" }))
    #expect(try store.query("SELECT count(*) FROM gold").rows == [[.integer(1)]])
  }

  /// Readers are not stopped by a writer in the middle of its work, and do not see half of it.
  @Test func readersSeeWholeRunsWhileOneIsWritten() throws {
    let folder = try Folder()
    let path = folder.file("runs.sqlite")
    let store = try Store(writing: path)
    try store.keep([SampleRuns.result(SampleRuns.run("a"))], gold: SampleRuns.gold())
    try store.writing { db in
      try db.execute(sql: "DELETE FROM score; UPDATE run SET name = 'half'")
      let reader = try Store(reading: path)
      let run = try reader.run("a")
      var count = 0
      try reader.readScores(of: run) { _ in count += 1 }
      #expect(count == 3)
    }
    #expect(try Store(reading: path).runs().map(\.name) == ["half"])
  }
}
