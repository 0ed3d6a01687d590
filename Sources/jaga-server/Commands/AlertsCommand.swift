internal import ArgumentParser
internal import JagaService
internal import JagaStore

/// `jaga-server alerts`.
struct AlertsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts", abstract: "See and replay alerts that were given up.",
    subcommands: [AlertsListCommand.self, AlertsReplayCommand.self])
}

/// `jaga-server alerts list`.
struct AlertsListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List alerts that were given up: number, target, tries, reason.")

  @OptionGroup(title: "Configuration") var options: ConfigurationOptions

  func run() async throws {
    try await reporting {
      let store = try options.load().options.openExistingStore()
      for alert in try store.deadAlerts(limit: 10_000) {
        print(
          "\(alert.number)\t\(alert.target)\t\(alert.attempts) tries\t\(shown(alert.createdAt))\t\(alert.reason ?? "")")
      }
      let sizes = try store.sizes()
      printError("\(sizes.alertsPending) to be sent, \(sizes.alertsDead) given up")
      try store.close()
    }
  }
}

/// `jaga-server alerts replay`.
struct AlertsReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Put alerts back into the outbox; a running service sends them.",
    discussion: "Their event ids stay the same.")

  @Argument(help: "Numbers of alerts; all that were given up without any.")
  var numbers: [Int] = []

  @OptionGroup(title: "Configuration") var options: ConfigurationOptions

  func run() async throws {
    try await reporting {
      let store = try options.load().options.openExistingStore()
      let count = try store.replayAlerts(numbers.isEmpty ? nil : numbers, now: systemTime(), actor: commandLineActor)
      print("\(count) alerts put back")
      try store.close()
      if count < numbers.count {
        throw Failure("\(numbers.count - count) of these numbers are of no alert that was given up")
      }
    }
  }
}
