import GRDB
import Testing

@testable import JagaStore

@Suite struct AlertsTests {
  @Test func alertsWaitUntilTheyAreDue() throws {
    let open = try OpenStore()
    try open.store.commit(
      ServiceChanges(alerts: [SampleService.alert("c", at: 30), SampleService.alert("d", target: "coop", at: 10)]))
    #expect(try open.store.dueAlerts(now: 9, limit: 10).isEmpty)
    #expect(try open.store.dueAlerts(now: 30, limit: 10).map(\.conversationID) == ["d", "c"])
    #expect(try open.store.dueAlerts(now: 30, limit: 1).map(\.conversationID) == ["d"])
    #expect(
      try open.store.dueAlerts(now: 10, limit: 10) == [
        KeptAlert(
          number: 2, target: "coop", conversationID: "d", payload: SampleService.alert("d").payload, createdAt: 10,
          status: .pending, attempts: 0, dueAt: 10)
      ])
  }

  @Test func alertsOfOneTargetOrOfOthers() throws {
    let open = try OpenStore()
    try open.store.commit(
      ServiceChanges(alerts: ["webhook", "coop", "old", "webhook"].map { SampleService.alert("c", target: $0) }))
    func numbers(_ target: String?, except others: [String] = [], limit: Int = 9) throws -> [Int] {
      try open.store.dueAlerts(now: 9_999, limit: limit, target: target, except: others).map(\.number)
    }
    #expect(try numbers("webhook") == [1, 4])
    #expect(try numbers("webhook", limit: 1) == [1])
    #expect(try numbers("coop") == [2])
    #expect(try numbers(nil, except: ["coop", "webhook"]) == [3])
    #expect(try numbers("coop", except: ["coop"]).isEmpty)
    #expect(try numbers("none").isEmpty)
    #expect(try numbers(nil) == [1, 2, 3, 4])
  }

  @Test func attemptsAreSettled() throws {
    let open = try OpenStore()
    try open.store.commit(
      ServiceChanges(alerts: (1...3).map { SampleService.alert("c\($0)", at: Int64($0)) }))
    try open.store.settleAlert(1, .delivered, now: 100)
    try open.store.settleAlert(2, .retry(at: 500, reason: "status 503"), now: 100)
    try open.store.settleAlert(3, .dead(reason: "status 410"), now: 100)
    #expect(try open.store.dueAlerts(now: 499, limit: 9).isEmpty)
    let again = try open.store.dueAlerts(now: 500, limit: 9)
    #expect(again.map(\.number) == [2] && again[0].attempts == 1 && again[0].reason == "status 503")
    let dead = try open.store.deadAlerts(limit: 9)
    #expect(dead.map(\.number) == [3] && dead[0].attempts == 1 && dead[0].reason == "status 410")
    #expect(dead[0].status == .dead)
    let row = try open.store.audit(from: 1, limit: 9)
    #expect(row.map(\.action) == ["alert.dead"] && row[0].subject == SampleService.subject("c3"))
    #expect(row[0].detail == "{\"alert\":3,\"target\":\"webhook\",\"attempts\":1}" && row[0].actor == "jaga")
    // What is settled stays so; what is gone is nothing to complain about.
    for number in [1, 3, 99] {
      try open.store.settleAlert(number, .dead(reason: "again"), now: 200)
      try open.store.settleAlert(number, .retry(at: 0, reason: "again"), now: 200)
    }
    #expect(try open.store.deadAlerts(limit: 9) == dead)
    #expect(try open.store.actions() == ["alert.dead"])
  }

  @Test func deadAlertsArePutBack() throws {
    let open = try OpenStore()
    try open.store.commit(ServiceChanges(alerts: (1...4).map { SampleService.alert("c\($0)") }))
    for number in 1...3 { try open.store.settleAlert(number, .dead(reason: "x"), now: Int64(number)) }
    #expect(try open.store.replayAlerts([2, 4, 99], now: 700, actor: "ani") == 1)
    #expect(try open.store.dueAlerts(now: 700, limit: 9).map(\.number) == [2])
    let back = try #require(try open.store.dueAlerts(now: 700, limit: 9).first { $0.number == 2 })
    #expect(back.status == .pending && back.attempts == 0 && back.dueAt == 700)
    #expect(try open.store.replayAlerts(nil, now: 800, actor: "ani") == 2)
    #expect(try open.store.deadAlerts(limit: 9).isEmpty)
    #expect(try open.store.replayAlerts(nil, now: 900, actor: "ani") == 0)
    let rows = try open.store.audit(from: 4, limit: 9)
    #expect(rows.map(\.action) == ["alert.replayed", "alert.replayed"])
    #expect(rows.map(\.detail) == ["{\"alerts\":1}", "{\"alerts\":2}"] && rows[0].actor == "ani")
  }
}
