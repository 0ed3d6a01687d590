internal import ArgumentParser
internal import JagaService
internal import JagaStore

/// `jaga-server backup`.
struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copy the store while the service goes on.",
    discussion: """
      The copy is a store of its own. The secret beside the store is not in it: back it up apart, since without it conversations cannot be found in the \
      audit any more.

      EXAMPLES
        jaga-server backup /var/backups/jaga-2026-11-28.sqlite

      EXIT CODES
        0 done; 1 it cannot be written, or the file is there already; 64 usage
      """)

  @Argument(help: ArgumentHelp("The copy; it must not be there yet.", valueName: "file"))
  var file: String

  @OptionGroup(title: "Configuration") var options: ConfigurationOptions

  func run() async throws {
    try await reporting {
      let store = try options.load().options.openExistingStore()
      let head = try store.backup(to: file, now: systemTime(), actor: commandLineActor)
      try store.close()
      print("\(file): copied; its audit stands at \(head.sequence) \(Hexadecimal.text(head.hash))")
    }
  }
}

/// `jaga-server purge`.
struct PurgeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "purge", abstract: "Remove now what has been kept long enough.",
    discussion: """
      The service does it by itself every few hours, by the keys 'retention.…' of the configuration; the audit keeps a row with the counts. --dry-run \
      prints the policy and how many rows would go now, and removes nothing.
      """)

  @Flag(help: "Print the policy and what would go, remove nothing.")
  var dryRun = false

  @OptionGroup(title: "Configuration") var options: ConfigurationOptions

  func run() async throws {
    try await reporting {
      let configuration = try options.load().options
      let rules = configuration.retention
      if dryRun {
        print("conversations silent for \(rules.conversationDays) days, without flags that are kept")
        print("items closed for \(rules.closedDays) days, with flags and decisions")
        print("alerts delivered \(rules.alertDays) days ago; those given up, \(rules.closedDays) days ago")
        print("sealed texts past their end")
        let store = try configuration.openExistingStore()
        print("would be removed now: \(PurgeCommand.list(try store.purgeable(rules.policy, now: systemTime())))")
        try store.close()
        return
      }
      let store = try configuration.openExistingStore()
      let counts = try store.purge(rules.policy, now: systemTime(), actor: commandLineActor)
      print("removed: \(PurgeCommand.list(counts))")
      try store.close()
    }
  }

  private static func list(_ counts: PurgeCounts) -> String {
    "\(counts.conversations) conversations, \(counts.items) items, \(counts.flags) flags, "
      + "\(counts.decisions) decisions, \(counts.appeals) appeals, \(counts.texts) texts, \(counts.alerts) alerts, "
      + "\(counts.cases) cases, \(counts.sessions) poll sessions, \(counts.answers) poll answers, "
      + "\(counts.outgoing) messages to contacts, \(counts.receipts) receipts"
  }
}
