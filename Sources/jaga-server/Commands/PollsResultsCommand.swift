internal import ArgumentParser
internal import Foundation
internal import JagaPollBot
internal import JagaService
internal import JagaStore

/// `jaga-server polls results`.
struct PollsResultsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "results", abstract: "Write the counts of a poll as CSV.",
    discussion: """
      One row for each count, by question and by group. Counts below 5 are hidden, and so is whatever would let them be computed. With --texts the free texts are \
      written instead: those whose contacts agreed, with numbers, names, links and handles masked, and none where there are fewer than 5. A person reads \
      them before they are published.

      Answers are counted by version of the poll: that of the file, or the one that --poll-version names.

      EXAMPLES
        jaga-server polls results online-safety --polls Examples/polls > counts.csv

      EXIT CODES
        0 done; 1 there is no such poll, or the store cannot be read; 64 usage
      """)

  @Argument(help: ArgumentHelp("The poll's id.", valueName: "id")) var id: String
  @Option(help: ArgumentHelp("The folder of polls; by default that of the configuration.", valueName: "directory"))
  var polls: String?
  @Option(help: ArgumentHelp("The poll's file, instead of a folder.", valueName: "file")) var poll: String?
  @Option(help: ArgumentHelp("The version whose answers are counted.", valueName: "number")) var pollVersion: Int?
  @Flag(help: "Write the texts that may leave, masked, instead of counts.") var texts = false
  @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions

  func validate() throws {
    if polls != nil, poll != nil { throw ValidationError("--polls and --poll exclude each other") }
    if let pollVersion, pollVersion < 1 { throw ValidationError("--poll-version takes 1 or more") }
  }

  func run() async throws {
    try await reporting {
      let options = try configuration.load(["polls.directory": polls].compactMapValues { $0 }).options
      let poll = try poll(options)
      let store = try options.openExistingStore()
      let report = try PollReport(
        poll, version: pollVersion, store: store, opening: texts ? try options.keys() : nil)
      try store.close()
      let bytes = texts ? report.results.textCSV() : report.results.csv()
      do { try FileHandle.standardOutput.write(contentsOf: Data(bytes)) } catch {
        throw Failure("standard output cannot be written; look at where it leads")
      }
      if !report.otherVersions.isEmpty {
        let versions = report.otherVersions.map(String.init).joined(separator: ", ")
        printError("answers to other versions are left out: \(versions); name one with --poll-version")
      }
      if report.hasUnknown {
        printError("answers to questions or choices that this file does not have are left out")
      }
    }
  }

  private func poll(_ options: ServerOptions) throws -> Poll {
    let all: [Poll]
    let place: String
    if let poll {
      (all, place) = ([try PollFiles.poll(poll)], poll)
    } else if !options.polls.directory.isEmpty {
      (all, place) = (try PollFiles.polls(in: options.polls.directory), options.polls.directory)
    } else {
      throw Failure("where is the poll '\(id)'? name its folder with --polls DIR, or its file with --poll FILE")
    }
    guard let found = all.first(where: { $0.id == id }) else {
      throw Failure("\(place): there is no poll '\(id)' in it; it has \(all.map(\.id).joined(separator: ", "))")
    }
    return found
  }
}
