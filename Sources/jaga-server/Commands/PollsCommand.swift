internal import ArgumentParser
internal import Foundation
internal import JagaPollBot

/// `jaga-server polls`.
struct PollsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "polls", abstract: "Check polls, export their results, import them from RapidPro.",
    subcommands: [PollsCheckCommand.self, PollsResultsCommand.self, PollsImportCommand.self])
}

/// `jaga-server polls check`.
struct PollsCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Find what is wrong or doubtful in polls.",
    discussion: """
      Each finding is a line: file, line, what, remedy. A poll with an error cannot be used; a warning should be looked at, such as a step that nobody reaches, \
      a text that needs more than one SMS, a missing translation, a question of yes or no, or about harm, that does not say what its answers tell of, or one that asks for details. Errors too are a poll that cannot end, a start word \
      that is heard as STOP, and a promise of secrecy.

      EXAMPLES
        jaga-server polls check Examples/polls/online-safety.yaml

      EXIT CODES
        0 clean, or warnings alone; 1 a poll cannot be used or read; 64 usage
      """)

  @Argument(help: ArgumentHelp("The polls, YAML.", valueName: "file")) var files: [String]

  func run() async throws {
    try await reporting {
      var findings: [PollFinding] = []
      for file in files { findings += try PollFiles.findings(file) }
      for finding in findings { print(finding) }
      let errors = findings.count { $0.fault.isError }
      printError("\(files.count) checked: \(errors) errors, \(findings.count - errors) warnings")
      if errors > 0 { throw ExitCode.failure }
    }
  }
}
