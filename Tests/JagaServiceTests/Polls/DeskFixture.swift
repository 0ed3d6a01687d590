import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JagaPollBot
import JagaScoring
import JagaStore
import JagaTranscripts
import Logging
import NIOCore
import Synchronization

@testable import JagaService

/// A service with a poll bot, a gateway that keeps what it is given, and a log that can be read.
final class DeskFixture: Sendable {
  let folder: URL
  let clock: TestClock
  let parts: ServiceParts
  let desk: PollDesk
  let voice: BotVoice
  let gateway = RecordingGateway()
  let dispatcher: ChannelDispatcher
  let log: RecordingLog
  private let count = Mutex(0)

  static let channelID = "saluran-0123456789abcdef"
  static let textKey = [UInt8](repeating: 9, count: 32)

  var store: Store { parts.store }

  /// Makes one; `folder` of another fixture goes on with its store.
  init(
    folder: URL? = nil, clock: TestClock = TestClock(), polls: [Poll]? = nil, textKey: [UInt8]? = DeskFixture.textKey,
    _ change: (inout ServiceSettings) -> Void = { _ in }
  ) throws {
    let place = folder ?? FileManager.default.temporaryDirectory.appending(path: "jaga-desk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    self.folder = place
    self.clock = clock
    let log = RecordingLog()
    self.log = log
    var settings = ServiceSettings()
    change(&settings)
    let logger = log.logger(clock)
    var parts = ServiceParts(
      scorer: Scorer(model: try ServiceFixture.model.get()),
      store: try Store(serving: place.appending(path: "jaga.sqlite").path),
      keys: ServiceKeys(secret: [UInt8](repeating: 7, count: 32), textKey: textKey), settings: settings, logger: logger,
      now: { clock.now })
    voice = BotVoice(responses: try .bundled(), reader: try .bundled())
    parts.voice = voice
    desk = PollDesk(parts: parts, polls: try polls ?? [DeskFixture.onlineSafety()], voice: voice)
    parts.desk = desk
    let channel = GatewayChannel(
      id: DeskFixture.channelID, from: "1771", scheme: "tel",
      template: try CourierTemplate(
        url: "http://127.0.0.1:9/send", body: #"{"id":{{id}},"text":{{text}},"to":{{to}},"from":{{from}}}"#,
        content: .json), authorization: "Token rahasia")
    parts.gateway = channel
    self.parts = parts
    dispatcher = ChannelDispatcher(
      store: parts.store, keys: parts.keys, channel: channel, retry: AlertRetry(baseSeconds: 1, tries: 3),
      transport: gateway, logger: logger, seed: 1, now: { clock.now })
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// Lets go of the store; the folder stays for the next fixture.
  func stop() async throws {
    try await parts.engine.flush()
    try parts.store.close()
  }

  static func onlineSafety(_ change: (String) -> String = { $0 }) throws -> Poll {
    let path = URL(filePath: #filePath).appending(path: "../../../../Examples/polls/online-safety.yaml").standardized
      .path
    return try PollReader.read(Array(change(try String(contentsOfFile: path, encoding: .utf8)).utf8), file: path)
  }

  /// Sends what is due to the gateway, and gives the texts that it got for a contact since the last time.
  func delivered(to contact: String) async -> [String] {
    while await dispatcher.round() > 0 {}
    return gateway.taken(to: contact).map(\.text)
  }

  /// A contact's message, ten seconds after the last one; what comes back.
  @discardableResult func say(_ text: String, from contact: String = "+62000001", id: String? = nil) async throws
    -> [String]
  {
    clock.advance(by: 10_000)
    try await receive(text, from: contact, id: id)
    return await delivered(to: contact)
  }

  @discardableResult func receive(_ text: String, from contact: String = "+62000001", id: String? = nil) async throws
    -> PollDesk.Outcome
  {
    let own = count.withLock { count in
      count += 1
      return "m\(count)"
    }
    return try await desk.receive(
      InboundReply(channel: GatewayChannel.name, address: contact, text: text, identity: Array((id ?? own).utf8)))
  }

  /// The messages of a response.
  func response(_ occasion: Occasion, _ language: String = "id") -> [String] {
    voice.responses.response(occasion, language: language, now: clock.now).parts
  }

  /// The numbers of the first columns of a query.
  func rows(_ sql: String) throws -> [[QueryAnswer.Value]] { try store.query(sql).rows }

  /// How many rows each table has.
  func rowCounts() throws -> [String: Int] {
    var counts: [String: Int] = [:]
    for row in try rows("SELECT name FROM sqlite_schema WHERE type = 'table'") {
      guard case .text(let name)? = row.first,
        case .integer(let count)? = try rows("SELECT count(*) FROM \"\(name)\"").first?.first
      else { continue }
      counts[name] = Int(count)
    }
    return counts
  }

  /// Every byte of the store's files.
  func storeBytes() throws -> [UInt8] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).sorted {
      $0.path < $1.path
    }
    .flatMap { [UInt8](try Data(contentsOf: $0)) }
  }

  /// Sends one request through the router, with exactly these header fields.
  func send(
    _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8]? = nil, headers: [String: String] = [:]
  ) async throws -> Answer {
    var fields = HTTPFields()
    for (name, value) in headers { if let name = HTTPField.Name(name) { fields[name] = value } }
    let known = fields
    return try await Application(router: parts.router()).test(.router) { client in
      try await client.execute(uri: path, method: method, headers: known, body: body.map { ByteBuffer(bytes: $0) }) {
        Answer(status: $0.status, headers: $0.headers, text: String(buffer: $0.body))
      }
    }
  }
}

/// A gateway that answers what it is told to, 200 by default, and keeps what it took.
final class RecordingGateway: AlertTransport {
  struct Message: Equatable {
    var id: String
    var text: String
    var to: String
    var from: String
  }

  let answers = Mutex<[AlertAnswer]>([])
  let requests = Mutex<[AlertRequest]>([])
  private let messages = Mutex<[Message]>([])
  /// Contacts for whom it answers no sooner than the gate is opened.
  let slow = Mutex<Set<String>>([])
  let gate = AsyncStream<Void>.makeStream()

  func send(_ request: AlertRequest) async -> AlertAnswer {
    let answer = answers.withLock { $0.isEmpty ? AlertAnswer(status: 200) : $0.removeFirst() }
    requests.withLock { $0.append(request) }
    let to = (try? JSONValue.parse(request.body))?["to"]?.string ?? ""
    if slow.withLock({ $0.contains(to) }) { for await _ in gate.stream {} }
    if answer.isDelivered, let body = try? JSONValue.parse(request.body) {
      func text(_ key: String) -> String { body[key]?.string ?? "" }
      messages.withLock {
        $0.append(Message(id: text("id"), text: text("text"), to: text("to"), from: text("from")))
      }
    }
    return answer
  }

  func close() async {}

  /// What it took for a contact since the last time.
  func taken(to contact: String) -> [Message] {
    messages.withLock { messages in
      let own = messages.filter { $0.to == contact }
      messages.removeAll { $0.to == contact }
      return own
    }
  }
}

/// A log in memory.
final class RecordingLog: Sendable {
  private let bytes = Mutex<[UInt8]>([])
  var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

  func logger(_ clock: TestClock) -> Logger {
    Logger(label: "test") { _ in
      ServiceLogHandler(form: .json, level: .trace, now: { clock.now }) { line in
        self.bytes.withLock { $0.append(contentsOf: line) }
      }
    }
  }
}
