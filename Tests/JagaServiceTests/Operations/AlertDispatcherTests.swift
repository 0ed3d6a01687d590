import Foundation
import JagaStore
import Logging
import Synchronization
import Testing

@testable import JagaService

struct AlertDispatcherTests {
  /// Answers what it is told to and keeps what was sent.
  private final class Receiver: AlertTransport {
    let answers: Mutex<[AlertAnswer]>
    let sent = Mutex<[AlertRequest]>([])

    init(_ answers: [AlertAnswer]) { self.answers = Mutex(answers) }

    func send(_ request: AlertRequest) async -> AlertAnswer {
      sent.withLock { $0.append(request) }
      return answers.withLock { $0.isEmpty ? AlertAnswer(status: 200) : $0.removeFirst() }
    }

    func close() async {}
  }

  private static let payload = #"{"event":"band_crossed","conversation_id":"chat satu/1"}"#

  /// An outbox that keeps no outcomes, or cannot be read, as long as it is told so.
  private final class Outbox: AlertOutbox {
    let store: StoreOutbox
    let refuses = Mutex(true)
    let isClosed = Mutex(false)
    let settled = Mutex<[Int]>([])
    struct Refusal: Error {}

    init(_ store: Store) { self.store = StoreOutbox(store: store) }

    func due(target: String?, except others: [String], now: Int64, limit: Int) throws -> [KeptAlert] {
      if isClosed.withLock({ $0 }) { throw Refusal() }
      return try store.due(target: target, except: others, now: now, limit: limit)
    }

    func settle(_ number: Int, _ outcome: AlertOutcome, now: Int64) throws {
      settled.withLock { $0.append(number) }
      if refuses.withLock({ $0 }) { throw Refusal() }
      try store.settle(number, outcome, now: now)
    }
  }

  /// Hangs for one target until it is let go, and answers for the others.
  private final class HangingReceiver: AlertTransport {
    let sent = Mutex<[String]>([])
    let gate = AsyncStream<Void>.makeStream()

    func send(_ request: AlertRequest) async -> AlertAnswer {
      sent.withLock { $0.append(request.url) }
      if request.url.hasSuffix("/hook") { for await _ in gate.stream {} }
      return AlertAnswer(status: 200)
    }

    func close() async {}
  }

  /// The lanes of a dispatcher, one round at a time.
  private struct Rounds {
    let lanes: [AlertLane]

    @discardableResult func round() async -> Int {
      var count = 0
      for lane in lanes { count += await lane.round() }
      return count
    }
  }

  private func dispatcher(
    _ fixture: ServiceFixture, _ receiver: some AlertTransport, tries: Int = 3, outbox: (any AlertOutbox)? = nil
  ) -> Rounds {
    Rounds(lanes: service(fixture, receiver, tries: tries, outbox: outbox).lanes())
  }

  private func service(
    _ fixture: ServiceFixture, _ receiver: some AlertTransport, tries: Int = 3, outbox: (any AlertOutbox)? = nil,
    coop: Bool = false
  ) -> AlertDispatcher {
    let more: [AlertReceiver] = coop ? [.coop(url: "http://127.0.0.1:9/coop", key: "k", typeID: "t")] : []
    return AlertDispatcher(
      outbox: outbox ?? StoreOutbox(store: fixture.parts.store),
      receivers: more + [
        .webhook(url: "http://127.0.0.1:9/hook", signature: AlertSignature(secret: Array("0123456789abcdef".utf8)))
      ], retry: AlertRetry(baseSeconds: 5, tries: tries), transport: receiver, metrics: fixture.parts.metrics,
      publicURL: "https://jaga.example.org/", logger: fixture.parts.logger, seed: 1, now: { fixture.clock.now })
  }

  private func keep(_ fixture: ServiceFixture, target: String = "webhook") throws {
    try fixture.parts.store.commit(
      ServiceChanges(alerts: [
        AlertDraft(
          target: target, conversationID: "chat satu/1", payload: Array(AlertDispatcherTests.payload.utf8),
          createdAt: fixture.clock.now)
      ]))
  }

  @Test func aDeliveredAlertIsGone() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    try keep(fixture)
    let receiver = Receiver([])
    let dispatcher = dispatcher(fixture, receiver)
    #expect(await dispatcher.round() == 1)
    #expect(await dispatcher.round() == 0)
    let sent = try #require(receiver.sent.withLock { $0.first })
    #expect(sent.url == "http://127.0.0.1:9/hook")
    #expect(
      String(decoding: sent.body, as: UTF8.self)
        == #"{"event":"band_crossed","conversation_id":"chat satu/1","event_id":"1790000000000-1","#
        + #""link":"https://jaga.example.org/find?conversation=chat%20satu%2F1"}"#)
    #expect(sent.headers.map(\.name) == ["Jaga-Event-Id", "Jaga-Signature"])
    #expect(sent.headers[0].value == "1790000000000-1")
    #expect(try fixture.parts.store.sizes().alertsPending == 0)
  }

  @Test func aFailedOneIsTriedAgainAndThenPutAside() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    try keep(fixture)
    let receiver = Receiver([
      AlertAnswer(status: 500), AlertAnswer(status: nil, failure: "connectTimeout"), AlertAnswer(status: 302),
    ])
    let dispatcher = dispatcher(fixture, receiver)
    #expect(await dispatcher.round() == 1)
    fixture.clock.advance(by: 5_001)
    #expect(await dispatcher.round() == 1)
    fixture.clock.advance(by: 10_001)
    #expect(await dispatcher.round() == 1)
    fixture.clock.advance(by: AlertRetry.longest)
    #expect(await dispatcher.round() == 0)
    let dead = try #require(try fixture.parts.store.deadAlerts(limit: 10).first)
    #expect(dead.attempts == 3)
    #expect(dead.reason == "status 302")
    // The event id is the same in every try, the signature is not.
    let headers = receiver.sent.withLock { $0.map(\.headers) }
    #expect(Set(headers.map { $0[0].value }).count == 1)
    #expect(Set(headers.map { $0[1].value }).count == 3)
    #expect(try fixture.parts.store.replayAlerts(nil, now: fixture.clock.now, actor: "test") == 1)
    #expect(await dispatcher.round() == 1)
    #expect(try fixture.parts.store.deadAlerts(limit: 10).isEmpty)
    let text = fixture.parts.metrics.registry.text
    #expect(text.contains(#"jaga_alerts_total{outcome="retried"} 2"#))
    #expect(text.contains(#"jaga_alerts_total{outcome="dead"} 1"#))
    #expect(text.contains(#"jaga_alerts_total{outcome="delivered"} 1"#))
  }

  @Test func aPauseThatIsAskedForIsKept() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    try keep(fixture)
    let receiver = Receiver([AlertAnswer(status: 429, retryAfter: 60)])
    let dispatcher = dispatcher(fixture, receiver)
    await dispatcher.round()
    fixture.clock.advance(by: 59_000)
    #expect(await dispatcher.round() == 0)
    fixture.clock.advance(by: 1_001)
    #expect(await dispatcher.round() == 1)
  }

  @Test func aTargetThatIsNotConfiguredIsPutAside() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    try keep(fixture, target: "coop")
    await dispatcher(fixture, Receiver([])).round()
    #expect(try fixture.parts.store.deadAlerts(limit: 1).first?.reason == "no receiver 'coop' is configured")
  }

  @Test func whatWasDeliveredIsNotSentAgainWhileTheStoreRefuses() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    try keep(fixture)
    let receiver = Receiver([])
    let outbox = Outbox(fixture.parts.store)
    let lane = try #require(dispatcher(fixture, receiver, outbox: outbox).lanes.first)
    #expect(await lane.round() == 1)
    // It is still due, as the store has it.
    #expect(try fixture.parts.store.dueAlerts(now: fixture.clock.now, limit: 9).count == 1)
    var pauses = [lane.pause]
    for _ in 0..<9 {
      #expect(await lane.round() == 0)
      pauses.append(lane.pause)
    }
    #expect(receiver.sent.withLock { $0.count } == 1)
    #expect(outbox.settled.withLock { $0 } == [Int](repeating: 1, count: 10))
    #expect(
      pauses.map { $0 / .milliseconds(1) } == [1_000, 2_000, 4_000, 8_000, 16_000, 32_000]
        + [Double](repeating: 60_000, count: 4))
    #expect(await !lane.finish())
    outbox.refuses.withLock { $0 = false }
    #expect(await lane.round() == 0)
    #expect(lane.pause == AlertDispatcher.pause)
    #expect(try fixture.parts.store.sizes().alertsPending == 0)
    try keep(fixture)
    #expect(await lane.round() == 1)
    #expect(receiver.sent.withLock { $0.count } == 2)
    #expect(fixture.parts.metrics.registry.text.contains(#"jaga_alerts_total{outcome="delivered"} 2"#))
  }

  @Test func anOutboxThatCannotBeReadIsAskedLessOften() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let outbox = Outbox(fixture.parts.store)
    let lane = try #require(dispatcher(fixture, Receiver([]), outbox: outbox).lanes.first)
    outbox.isClosed.withLock { $0 = true }
    for _ in 0..<3 { #expect(await lane.round() == 0) }
    #expect(lane.pause == .seconds(4))
    outbox.isClosed.withLock { $0 = false }
    await lane.round()
    #expect(lane.pause == AlertDispatcher.pause)
  }

  @Test(.timeLimit(.minutes(10))) func aTargetThatHangsHoldsUpNoOther() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let receiver = HangingReceiver()
    let dispatcher = service(fixture, receiver, coop: true)
    for _ in 0..<20 { try keep(fixture) }
    try keep(fixture, target: "coop")
    let running = Task { try await dispatcher.run() }
    func pending() throws -> [String] {
      try fixture.parts.store.dueAlerts(now: fixture.clock.now, limit: 99).map(\.target)
    }
    while try pending().contains("coop") { try await Task.sleep(for: .milliseconds(10)) }
    // The one that hangs has got one round, and answers nothing yet.
    #expect(try pending().count == 20)
    try keep(fixture, target: "coop")
    while try pending().contains("coop") { try await Task.sleep(for: .milliseconds(10)) }
    #expect(try pending().count == 20)
    #expect(receiver.sent.withLock { $0.count { $0.contains("/coop") } } == 2)
    running.cancel()
    receiver.gate.continuation.finish()
    try await running.value
  }

  /// From the message to the receiver: the alert of a conversation that crosses the band.
  @Test func aConversationThatCrossesTheBandAlertsOnce() async throws {
    let fixture = try ServiceFixture { $0.alertTargets = ["webhook"] }
    defer { fixture.remove() }
    let receiver = Receiver([])
    let dispatcher = dispatcher(fixture, receiver)
    try await AlertRoutesTests.score(SampleLines.risky("c1"), fixture)
    while await dispatcher.round() > 0 {}
    let bodies = receiver.sent.withLock { $0.map { String(decoding: $0.body, as: UTF8.self) } }
    #expect(!bodies.isEmpty)
    #expect(bodies.count { $0.contains("band_crossed") } == 1)
    for body in bodies {
      #expect(body.contains(#""conversation_id":"c1""#))
      for word in ["foto", "isiin", "sebar"] { #expect(!body.contains(word)) }
    }
    let count = bodies.count
    try await AlertRoutesTests.score(SampleLines.risky("c1"), fixture)
    while await dispatcher.round() > 0 {}
    #expect(receiver.sent.withLock { $0.count } == count)
  }

  /// A harmless message that is edited into a threat: the conversation takes its band, once, and says so to receivers.
  @Test func anEditedMessageThatCrossesTheBandAlertsOnce() async throws {
    let fixture = try ServiceFixture { $0.alertTargets = ["webhook"] }
    defer { fixture.remove() }
    func line(_ text: String) -> String {
      #"{"conversation_id":"c","message_id":"m","author_id":"a","text":"\#(text)"}"# + "\n"
    }
    try await AlertRoutesTests.score(line("besok jadi latihan jam 4 ya"), fixture)
    #expect(try fixture.parts.store.dueAlerts(now: fixture.clock.now, limit: 9).isEmpty)
    for _ in 0..<2 {
      try await AlertRoutesTests.score(line("kalo ga dikirim, fotomu aku sebar ke semua kontakmu"), fixture)
      let conversation = try #require(try fixture.parts.engine.conversation("c"))
      #expect(conversation.messages == 1)
      #expect(conversation.summary.band == .high)
      #expect(conversation.firstAlertMessageID == Array("m".utf8))
      #expect(try fixture.parts.store.flags(conversation: "c").map(\.messageID) == ["m"])
      let alerts = try fixture.parts.store.dueAlerts(now: fixture.clock.now, limit: 9)
      #expect(alerts.count == 1)
      let body = String(decoding: try #require(alerts.first).payload, as: UTF8.self)
      #expect(body.contains(#""band":"high""#) && body.contains(#""label":"sextortion."#))
    }
    // What comes after does not alert again.
    try await AlertRoutesTests.score(SampleLines.risky("c"), fixture)
    #expect(
      try fixture.parts.store.dueAlerts(now: fixture.clock.now, limit: 9)
        .count { String(decoding: $0.payload, as: UTF8.self).contains("band_crossed") } == 1)
  }
}

struct AlertRetryTests {
  @Test func pausesDoubleUpToAnHour() {
    let retry = AlertRetry(baseSeconds: 5, tries: 12)
    #expect(
      (1...12).map { retry.ceiling(after: $0) / 1_000 } == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600])
    #expect(AlertRetry(baseSeconds: 3600, tries: 100).ceiling(after: 99) == AlertRetry.longest)
  }

  @Test func pausesAreDrawnEvenlyBelow() {
    let retry = AlertRetry(baseSeconds: 5, tries: 12)
    var generator = JitterGenerator(seed: 7)
    let pauses = (0..<2_000).compactMap { _ in retry.pause(after: 3, asked: nil, using: &generator) }
    #expect(pauses.count == 2_000)
    #expect(pauses.allSatisfy { (0...20_000).contains($0) })
    let mean = pauses.reduce(0, +) / 2_000
    #expect((9_500...10_500).contains(mean))
    #expect(retry.pause(after: 12, asked: nil, using: &generator) == nil)
    #expect(retry.pause(after: 1, asked: 999_999, using: &generator) == AlertRetry.longest)
  }
}

struct AlertReceiverTests {
  /// Computed with Python's hmac.
  @Test func theSignature() {
    let signature = AlertSignature(secret: Array("0123456789abcdef".utf8))
    #expect(
      signature.header(body: Array(#"{"a":1}"#.utf8), seconds: 1_764_320_400)
        == "t=1764320400,v1=5e7b022888d4f5bb02cccf440ddbabb077af525aae3da690be9ff43a4fdfd4f3")
  }

  @Test(arguments: [
    "https://coop.example.org", "https://coop.example.org/", "https://coop.example.org/api/v1/items/async/",
  ])
  func coop(url: String) {
    let request = AlertReceiver.coop(url: url, key: "k", typeID: "t1").request(
      payload: Array(#"{"a":1}"#.utf8), event: "e1", seconds: 1)
    #expect(request.url == "https://coop.example.org/api/v1/items/async/")
    #expect(request.headers.map(\.name) == ["X-API-KEY"])
    #expect(
      String(decoding: request.body, as: UTF8.self) == #"{"items":[{"id":"e1","typeId":"t1","data":{"a":1}}]}"#)
  }
}
