internal import ArgumentParser
internal import JagaBatch
internal import JagaTranscripts

/// `jaga formats`.
struct FormatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "formats",
    abstract: "List the formats that 'jaga score' reads.",
    discussion: """
      Formats are recognised by content and file ending; name one with --format when that fails. Files that end in .gz or .zst are \
      decompressed, and so is standard input that begins like one.

      Formats marked 'whole' are read into memory as a whole (and can be put in order by time); all others stream.

      EXIT CODES
        0 done; 64 usage
      """)

  func run() throws {
    try reporting {
      ignoreBrokenPipeSignal()
      var text = ""
      for format in TranscriptFormat.allCases {
        let padding = String(repeating: " ", count: max(1, 10 - format.name.count))
        text += "\(format.name)\(padding)\(format.isStreaming ? "stream" : "whole ")  \(format.summary)\n"
      }
      try StandardOutput().write(text: text)
    }
  }
}
