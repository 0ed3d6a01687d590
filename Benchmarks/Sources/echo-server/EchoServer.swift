import Foundation
import Hummingbird
import Logging

// A bare JSON echo: what Hummingbird itself costs. scripts/service/load.py sends it what the service gets.

/// One message, as the service gets it; it is sent back.
struct EchoedMessage: ResponseCodable {
  var conversationID: String
  var messageID: String
  var authorID: String
  var text: String

  enum CodingKeys: String, CodingKey {
    case text
    case conversationID = "conversation_id"
    case messageID = "message_id"
    case authorID = "author_id"
  }
}

@main
struct EchoServer {
  static func main() async throws {
    let router = Router()
    router.post("/echo") { request, context in try await request.decode(as: EchoedMessage.self, context: context) }
    var logger = Logger(label: "echo")
    logger.logLevel = .error
    let application = Application(
      router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in
        // Whoever started it reads the address from the first line.
        let line = "http://127.0.0.1:\(channel.localAddress?.port ?? 0)\n"
        FileHandle.standardOutput.write(Data(line.utf8))
      }, logger: logger)
    try await application.runService()
  }
}
