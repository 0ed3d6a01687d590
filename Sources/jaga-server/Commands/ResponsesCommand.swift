internal import ArgumentParser
internal import JagaPollBot

/// `jaga-server responses`.
struct ResponsesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "responses", abstract: "Check what the poll bot says.", subcommands: [ResponsesCheckCommand.self])
}

/// `jaga-server responses check`.
struct ResponsesCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Hold the bot's texts and helplines to their rules.",
    discussion: """
      Length, simple words, no blame, nothing that gives away what happened, a helpline where one is needed, both languages, and helplines that were verified not too \
      long ago. Each finding is a line: file, line, what, remedy. The rules catch slips; whether a text is kind, a person has to judge.

      EXAMPLES
        jaga-server responses check
        jaga-server responses check --responses /etc/jaga/responses --date 2027-06-01

      EXIT CODES
        0 clean, or warnings alone; 1 texts must not be sent like this, or cannot be read; 64 usage
      """)

  @Option(help: ArgumentHelp("A folder of your own texts; the program's without it.", valueName: "directory"))
  var responses: String?
  @Option(help: ArgumentHelp("The day on which helplines must be fresh; today without it.", valueName: "YYYY-MM-DD"))
  var date: String?

  func validate() throws {
    if let date, CalendarDay(date) == nil { throw ValidationError("--date takes a day, such as 2026-11-28") }
  }

  func run() async throws {
    try await reporting {
      let now = date.flatMap(CalendarDay.init).map { Int64($0.days) * 86_400_000 } ?? systemTime()
      let sources = try responses.map { try ResponseSources(directory: $0) } ?? .bundled
      let findings = ResponseCheck.findings(sources, now: now)
      for finding in findings { print(finding) }
      let errors = findings.count { $0.severity == .error }
      printError("responses checked: \(errors) errors, \(findings.count - errors) warnings")
      if errors > 0 { throw ExitCode.failure }
    }
  }
}
