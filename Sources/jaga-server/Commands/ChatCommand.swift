internal import ArgumentParser
internal import Foundation
internal import JagaPollBot
internal import JagaScoring
internal import JagaService
internal import JagaStore
internal import Logging

/// `jaga-server chat`.
struct ChatCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chat", abstract: "Go through a poll in the terminal, as a contact would.",
    discussion: """
      Each line is a reply; the bot's messages are printed, each as the contact would get it. The end of the input ends the chat. Replies are read and cases opened as in \
      the service. They are kept in the store that --store names, and the review console shows them; without it in a store of this run alone, and nothing is left.

      EXAMPLES
        jaga-server chat --poll Examples/polls/online-safety.yaml
        printf 'ya\\n1\\n' | jaga-server chat --poll Examples/polls/online-safety.yaml --language id

      EXIT CODES
        0 the input ended; 1 the poll, the model or the store cannot be used; 64 usage
      """)

  @Option(help: ArgumentHelp("The poll, YAML.", valueName: "file")) var poll: String
  @Option(help: ArgumentHelp("The language to begin in: id or en.", valueName: "language")) var language = "id"
  @Option(help: ArgumentHelp("Who chats: each name is a contact of its own.", valueName: "name"))
  var contact = "terminal"
  @Option(help: ArgumentHelp("The model; by default the one beside the program.", valueName: "file")) var model: String?
  @Option(help: ArgumentHelp("The key of texts, so that a case has its words.", valueName: "file")) var textKey: String?
  @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions

  /// The name of the channel in the store.
  private static let channel = "terminal"

  func validate() throws {
    guard PollReader.languages.contains(language) else {
      throw ValidationError("--language takes \(PollReader.languages.joined(separator: " or "))")
    }
  }

  func run() async throws {
    try await reporting {
      let given = ["model": model, "text.key": textKey].compactMapValues { $0 }
      var options = try configuration.load(given).options
      let ownFolder = options.store.isEmpty ? try temporaryFolder() : nil
      defer { if let ownFolder { try? FileManager.default.removeItem(atPath: ownFolder) } }
      if let ownFolder { options.store = ownFolder + "/jaga.sqlite" }
      let poll = try PollFiles.usablePoll(poll)
      let voice = try PollFiles.voice(responses: options.polls.responses)
      let store = try options.openStore()
      defer { try? store.close() }
      guard let lock = try StoreLock(of: store.path) else {
        throw Failure("\(store.path): a service runs on it; chat with that one at its page /chat")
      }
      defer { withExtendedLifetime(lock) {} }
      let scorer = Scorer(model: try ModelLocator().open(options.model.isEmpty ? nil : options.model))
      let parts = ServiceParts(
        scorer: scorer, store: store, keys: try options.keys(), settings: options.service,
        logger: Logger(label: "jaga-server") { _ in SwiftLogNoOpLogHandler() }, now: systemTime)
      try await chat(with: PollDesk(parts: parts, polls: [poll], voice: voice))
      try await parts.engine.flush()
    }
  }

  private func chat(with desk: PollDesk) async throws {
    // Whoever is in the middle of the poll goes on there.
    try await say(language == "en" ? "start" : "mulai", to: desk)
    while let line = readLine(strippingNewline: true) {
      try await say(line, to: desk)
    }
  }

  private func say(_ text: String, to desk: PollDesk) async throws {
    _ = try await desk.receive(
      InboundReply(channel: ChatCommand.channel, address: contact, text: text, language: language))
    for message in try await desk.fetch(channel: ChatCommand.channel, address: contact) {
      print("bot> \(message.text.replacing("\n", with: "\n     "))")
    }
    fflush(nil)
  }

  private func temporaryFolder() throws -> String {
    let path = NSTemporaryDirectory() + "jaga-chat-" + UUID().uuidString
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch { throw Failure("\(path): the folder for this chat cannot be made; set TMPDIR to one that can be written") }
    return path
  }
}
