internal import ArgumentParser
internal import Foundation
internal import JagaBatch
internal import JagaService
internal import JagaStore
internal import JagaTranscripts

/// `jaga-server decisions`.
struct DecisionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decisions", abstract: "Use what reviewers decided.", subcommands: [DecisionsExportCommand.self])
}

/// `jaga-server decisions export`.
struct DecisionsExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write decisions as labelled messages for 'jaga evaluate'.",
    discussion: """
      The store has no texts by default, so name the messages that were sent to the service, in any format of 'jaga score': the conversations of which \
      something was decided are written with the labels put in, and 'jaga evaluate' can let any model score them again. Where the service keeps texts, they are taken \
      from there. With neither, lines have ids and labels alone; --records writes the service's own records beside them, to be judged as predictions.

      A decision is about an item. Its leading message gets the label that was decided; where the item is plainly wrong, all its messages are benign.
      What is unsure is left out.

      EXAMPLES
        jaga-server decisions export --messages chats.jsonl > gold.jsonl; jaga evaluate gold.jsonl
        jaga-server decisions export --records records.jsonl > ids.jsonl; jaga evaluate ids.jsonl --predictions records.jsonl

      EXIT CODES
        0 done; 1 something cannot be read or written; 64 usage
      """)

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Files of the messages that were sent to the service.", valueName: "file"))
  var messages: [String] = []

  @Option(help: ArgumentHelp("Write the records of decided messages too.", valueName: "file"))
  var records: String?

  @Option(help: ArgumentHelp("Decisions of this day (UTC) and later.", valueName: "YYYY-MM-DD"))
  var since: String?

  @OptionGroup(title: "Configuration") var options: ConfigurationOptions
  @Option(help: ArgumentHelp("The key of texts, where the service keeps them.", valueName: "file")) var textKey: String?
  @Option(
    name: .customLong("hash-ids"),
    help: ArgumentHelp("The key under which the service replaces ids.", valueName: "file")) var hashIDs: String?

  func validate() throws { _ = try time() }

  private func time() throws -> Int64 {
    guard let since else { return 0 }
    guard let date = try? Date(since, strategy: .iso8601.year().month().day()) else {
      throw ValidationError("--since takes a day, such as 2026-11-28")
    }
    return Int64(date.timeIntervalSince1970) * 1_000
  }

  func run() async throws {
    try await reporting {
      let more = ["text.key": textKey, "hashIDs": hashIDs].compactMapValues { $0 }
      let configuration = try options.load(more).options
      let store = try configuration.openExistingStore()
      let decided = try DecidedMessages(store, since: try time())
      let export = DecisionExport(decided)
      if let records { try writeRecords(export, store: store, to: records) }
      let labelled = try write(export, decided: decided, configuration: configuration, store: store)
      try store.close()
      printError("\(decided.labelled) messages decided, \(labelled) of them written")
    }
  }

  private func writeRecords(_ export: DecisionExport, store: Store, to path: String) throws {
    let failure = Failure("\(path): cannot be written; check the folder and its permissions")
    guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
    else { throw failure }
    defer { try? file.close() }
    try export.writeRecords(store, to: ByteBuffer()) { buffer in
      do {
        try buffer.withBytes { try file.write(contentsOf: Data($0)) }
      } catch { throw failure }
      buffer.removeAll()
    }
  }

  private func write(
    _ export: DecisionExport, decided: DecidedMessages, configuration: ServerOptions, store: Store
  ) throws -> Int {
    let buffer = ByteBuffer()
    func drain(_ buffer: ByteBuffer) throws {
      try buffer.withBytes { try FileHandle.standardOutput.write(contentsOf: Data($0)) }
      buffer.removeAll()
    }
    if !messages.isEmpty {
      let labelled = try export.writeOwn(
        messages.map { TranscriptInput(argument: $0) }, transform: try configuration.idTransform(), to: buffer,
        drain: drain)
      if labelled < decided.labelled {
        printError("\(decided.labelled - labelled) decided messages are not in these files")
      }
      return labelled
    }
    if !configuration.textKey.isEmpty {
      return try export.writeKept(
        store, keys: try configuration.keys(), now: systemTime(), to: buffer, drain: drain)
    }
    export.writeIDs(to: buffer)
    try drain(buffer)
    printError("no texts are at hand: judge these lines with --predictions, or name the messages with --messages")
    return decided.labelled
  }
}
