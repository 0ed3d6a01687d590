internal import ArgumentParser
internal import JagaService
internal import JagaStore

/// `jaga-server conversation`.
struct ConversationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conversation", abstract: "Export or delete all that is kept of one conversation.",
    subcommands: [ConversationExportCommand.self, ConversationDeleteCommand.self])
}

/// `jaga-server conversation export`.
struct ConversationExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print all that is kept of a conversation as one JSON object.",
    discussion:
      "Where ids are replaced by a hash, name it by the hash. What a running service has in memory comes some milliseconds later."
  )

  @Argument(help: "The conversation's id.")
  var id: String

  @OptionGroup(title: "Configuration") var options: ConfigurationOptions

  func run() async throws {
    try await reporting {
      let configuration = try options.load().options
      let store = try configuration.openExistingStore()
      let keys = try configuration.keys()
      let now = systemTime()
      let export = try store.export(conversation: id, now: now)
      guard !export.isEmpty else { throw Failure("nothing is kept of this conversation; check the id") }
      try store.commit(
        ServiceChanges(audit: [
          AuditDraft(
            at: now, actor: commandLineActor, action: "conversation.exported", subject: keys.subject(of: id),
            detail: "{\"flags\":\(export.flags.count)}")
        ]))
      print(String(decoding: export.json(conversation: id, keys: keys), as: UTF8.self))
      try store.close()
    }
  }
}

/// `jaga-server conversation delete`.
struct ConversationDeleteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete all that is kept of a conversation; the audit keeps that it was done.",
    discussion:
      "Only while no service runs on the store, since it has conversations in memory; there use DELETE /v1/conversations/ID."
  )

  @Argument(help: "The conversation's id.")
  var id: String

  @OptionGroup(title: "Configuration") var options: ConfigurationOptions

  func run() async throws {
    try await reporting {
      let configuration = try options.load().options
      let store = try configuration.openExistingStore()
      guard let lock = try StoreLock(of: configuration.storePath) else {
        throw Failure(
          "a service runs on \(configuration.storePath); delete it there: curl -X DELETE -H 'Authorization: Bearer …' http://…/v1/conversations/ID"
        )
      }
      let counts = try store.deleteConversation(
        id, actor: commandLineActor, subject: try configuration.keys().subject(of: id), now: systemTime())
      withExtendedLifetime(lock) {}
      guard counts.total > 0 else { throw Failure("nothing is kept of this conversation; check the id") }
      print(
        "deleted: \(counts.flags) flags, \(counts.items) items, \(counts.decisions) decisions, \(counts.texts) texts, \(counts.alerts) alerts"
      )
      try store.close()
    }
  }
}
