internal import ArgumentParser
internal import Foundation
internal import JagaPollBot

/// `jaga-server polls import`.
struct PollsImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Make polls of flows that RapidPro or TextIt exported.",
    discussion: """
      Messages, waits for a reply and their tests become a poll. Whatever a poll does not have is told on standard error, by flow and node; then \
      nothing is written, unless --force says that you have read it. Without --output the poll goes to standard output.

      An imported poll has no opt-in, no stop words and no consent, and its choices do not say what they tell of: see 'jaga-server polls check'.

      EXAMPLES
        jaga-server polls import flows.json --output polls --force

      EXIT CODES
        0 written; 1 something could not be carried over, or a file cannot be read or written; 64 usage
      """)

  @Argument(help: ArgumentHelp("The export, JSON.", valueName: "file")) var flow: String
  @Option(help: ArgumentHelp("Where each poll goes as ID.yaml; made where it is not there.", valueName: "directory"))
  var output: String?
  @Option(help: ArgumentHelp("The language of flows that name none: id or en.", valueName: "language"))
  var language = "id"
  @Flag(help: "Write what can be carried over.") var force = false

  func validate() throws {
    guard PollReader.languages.contains(language) else {
      throw ValidationError("--language takes \(PollReader.languages.joined(separator: " or "))")
    }
  }

  func run() async throws {
    try await reporting {
      guard let data = FileManager.default.contents(atPath: flow) else {
        throw Failure("\(flow): the flow cannot be read; look at its name and permissions")
      }
      let found = try FlowReader.read(Array(data), file: flow, language: language)
      var sentences = found.findings.map(\.description)
      let files = found.polls.map { (name: "\($0.id).yaml", text: PollWriter.yaml($0)) }
      for file in files {
        do throws(PollError) { _ = try PollReader.read(Array(file.text.utf8), file: file.name) } catch {
          sentences += error.findings.map(\.description)
        }
      }
      for sentence in sentences { printError(sentence) }
      guard !files.isEmpty else { throw Failure("\(flow): no flow of it can be a poll") }
      guard sentences.isEmpty || force else {
        throw Failure("nothing is written: \(sentences.count) findings; where they do not matter, add --force")
      }
      try write(files)
    }
  }

  private func write(_ files: [(name: String, text: String)]) throws {
    guard let output else {
      guard files.count == 1 else {
        throw Failure("\(flow): \(files.count) flows; name a folder for their polls with --output DIR")
      }
      return print(files[0].text, terminator: "")
    }
    let paths = files.map { output + "/" + $0.name }
    if let taken = paths.first(where: FileManager.default.fileExists) {
      throw Failure("\(taken): is there already; move it away, or name another folder")
    }
    for (file, path) in zip(files, paths) {
      do {
        try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        try file.text.write(toFile: path, atomically: true, encoding: .utf8)
      } catch { throw Failure("\(path): cannot be written; check the folder and its permissions") }
      print(path)
    }
  }
}
