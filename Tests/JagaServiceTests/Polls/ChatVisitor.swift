import Foundation
import HTTPTypes
import Hummingbird
import JagaPollBot
import JagaStore
import JagaTranscripts

@testable import JagaService

/// Somebody at the chat page: keeps the cookie as a browser does, and numbers the messages.
final class ChatVisitor {
  let service: ChatService
  var cookie: String?
  var headers: [String: String] = [:]
  private var count = 0

  init(_ service: ChatService) { self.service = service }

  /// Sends a message; a given id is used as it is.
  @discardableResult
  func say(_ text: String, id: String? = nil, language: String? = nil, seen: String? = nil) async throws -> Answer {
    count += 1
    var fields = ["\"id\":\"\(id ?? "m\(count)")\"", "\"text\":\"\(text)\""]
    if let language { fields.append("\"language\":\"\(language)\"") }
    if let seen { fields.append("\"seen\":\"\(seen)\"") }
    return try await send(.post, "/chat/messages", "{\(fields.joined(separator: ","))}")
  }

  @discardableResult
  func send(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil) async throws -> Answer {
    var fields = headers
    if let cookie { fields["Cookie"] = "jaga_chat=\(cookie)" }
    let answer = try await service.fixture.send(method, path, body, headers: fields, to: service.router)
    for field in answer.headers[values: .setCookie] where field.hasPrefix("jaga_chat=") {
      let value = field.dropFirst("jaga_chat=".count).prefix { $0 != ";" }
      cookie = value.isEmpty ? nil : String(value)
    }
    return answer
  }
}

/// A service with the example poll and the chat page.
final class ChatService {
  let fixture: ServiceFixture
  let desk: PollDesk
  let router: Router<ServiceContext>

  init(_ fixture: ServiceFixture) throws {
    self.fixture = fixture
    let file = URL(filePath: #filePath).appending(path: "../../../../Examples/polls/online-safety.yaml").standardized
    let poll = try PollReader.read(Array(try Data(contentsOf: file)), file: "online-safety.yaml")
    let voice = BotVoice(responses: try .bundled(), reader: try .bundled())
    var parts = fixture.parts
    desk = PollDesk(parts: parts, polls: [poll], voice: voice)
    parts.voice = voice
    parts.desk = desk
    router = parts.router()
  }
}

extension Answer {
  /// The texts of the bot.
  var texts: [String] { json["messages"]?.elements.compactMap { $0["text"]?.string } ?? [] }
  /// The ids of its messages.
  var ids: [String] { json["messages"]?.elements.compactMap { $0["id"]?.string } ?? [] }
}
