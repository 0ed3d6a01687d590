public import ArgumentParser
public import JagaBatch
internal import JagaCore
public import JagaTranscripts

/// `jaga score`: the options as they were typed. ``ScoreSettings`` is what they come to.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Score the messages or conversations of files or of standard input.",
    discussion: """
      Reads every format of 'jaga formats', gzip and zstd by file ending, and writes one record a message, or one a conversation, in \
      the order of the input. From a pipe, records come out as their messages come in; WhatsApp, Telegram and Discord exports are read \
      to their end first. Memory does not grow with the input. The same input gives the same bytes for any number of \
      threads, in one file or several, from a file or a pipe.

      A message is read in the light of the messages before it in its conversation, so keep the messages of a conversation in order. \
      A message that comes twice (same conversation_id and message_id) counts once.

      A record holds: score, the probability that the message is a move in any track; band, how soon a person should look \
      (none, watch, review, high); track and stage, the most likely move; labels, the moves of at least 0.05; disclosure, the \
      probability that somebody tells of it or asks for help; conversation, the state after the message; evidence, the spans that \
      speak for it, as UTF-8 byte offsets; model, the id of what decided. Text is not in it unless --with-text is given.

      A malformed record is counted, reported on standard error with file, line and cause, and skipped.

      EXAMPLES
        jaga score chat.txt
            A WhatsApp export as a table.
        jaga score chats.jsonl.zst --min-band review --explain > flagged.jsonl
            What a moderator should look at, with every term of every sum.
        tail -F log.jsonl | jaga score - --threads 1
            A stream; records come out as soon as their line is in.
        jaga score year.jsonl --out scores.jsonl --resume
            A long run; the same command again goes on where it was interrupted.
        jaga score *.json --level conversation --output csv --hash-ids key.txt
            One row a conversation, with names replaced by keyed hashes.

      EXIT CODES
        0 all read; 1 cannot run, or an input could not be read to its end; 2 some records skipped; 3 stopped by --strict; \
      64 usage; 130 interrupted (with --resume: give the same command again)

      ENVIRONMENT
        JAGA_MODEL  the model when --model is not given; NO_COLOR  no colours; COLUMNS  the width of tables
      """)

  @Argument(help: ArgumentHelp("Files to read, in this order; '-' is standard input.", valueName: "file"))
  var files: [String] = []

  @Option(help: ArgumentHelp("How the input is written: auto, or a name that 'jaga formats' lists.", valueName: "name"))
  var format = "auto"

  @Option(help: "One record a message, or one a conversation (message, conversation).")
  var level = BatchSettings.Level.message

  @Option(
    help: """
      jsonl, csv, table (for people; layout may change) or none (counts only). Without it: table on a terminal, else and \
      with --out jsonl.
      """)
  var output: OutputForm?

  @Option(help: ArgumentHelp("Write the records into this file instead of standard output.", valueName: "file"))
  var out: String?

  @Flag(
    help: """
      Save where the run is beside the --out file, in FILE.checkpoint, every ten seconds or so, and go on from there when the same \
      command was interrupted, by a signal or by a loss of power. The file then holds, byte for byte, what one run would have written. \
      For files only; the threads may change. The checkpoint holds ids and numbers, no text, and goes away at the end.
      """)
  var resume = false

  @Option(help: ArgumentHelp("Seconds between two checkpoints.", visibility: .hidden))
  var checkpointInterval = 10.0

  @Option(
    help: ArgumentHelp(
      "Leave out records below this band: none, watch, review or high. Disclosures are never left out.",
      valueName: "band"))
  var minBand = BandArgument(band: .none)

  @Flag(help: "Add every term of every sum, as 'contributions'; they add up to each head's logit.")
  var explain = false

  @Flag(help: "Put the text into the records. Output then holds what people wrote: keep it accordingly.")
  var withText = false

  @Flag(help: "Print counts per band, label and language, and of records skipped, on standard error at the end.")
  var summary = false

  @Option(help: ArgumentHelp("Write these counts as JSON into a file.", valueName: "file"))
  var summaryJson: String?

  @Option(
    help: ArgumentHelp(
      "The share of moves among the messages where you run it, between 0 and 1. Probabilities follow it; bands do not.",
      valueName: "share"))
  var baseRate: Double?

  @Option(
    help: ArgumentHelp(
      """
      Replace conversation, message and author ids, @mentions and names of an export by HMAC-SHA-256 under the key in this \
      file (at least 16 bytes), before anything else sees them. Evidence offsets then count in the text so changed.
      """, valueName: "keyfile"))
  var hashIds: String?

  @Option(
    help: ArgumentHelp(
      "Add private word lists and rules: a folder of sources, or a file of 'jaga lexicon compile'. Folders may be repeated.",
      valueName: "path"))
  var lexicon: [String] = []

  @OptionGroup var modelOption: ModelOption

  @Option(help: ArgumentHelp("Threads that score; 0 is one for each processor.", valueName: "count"))
  var threads = 0

  @Flag(help: "Stop at the first malformed record, with exit code 3. What came before it is written.")
  var strict = false

  @Option(help: "The order inside a conversation: input, or timestamp for formats that are read whole.")
  var order = MessageOrder.input

  @Option(
    help: ArgumentHelp(
      "For times without a zone: their offset from UTC in minutes, east positive.", valueName: "minutes"))
  var utcOffset = 0

  @Option(
    help: ArgumentHelp(
      """
      Conversations kept in memory (about 1 KB each). Beyond that the one longest without a message is given up: its record says \
      "partial":true, and it is counted. If it goes on later, it begins anew, in a record that says "partial":true as well.
      """, valueName: "count"))
  var maxConversations = 65_536

  @Option(
    help: ArgumentHelp(
      """
      Give up a conversation when its last message is this many days older than the newest of its shard, by the messages' own \
      times. Only right for input in the order of time; without it, nothing is given up for its age.
      """, valueName: "days"))
  var forgetAfter: Int?

  @Option(
    help: ArgumentHelp(
      "How many messages may lie between a message and its repetition for it to be recognised; 0 turns this off.",
      valueName: "count"))
  var duplicateWindow = 1_048_576

  @Option(help: ArgumentHelp("The longest record in bytes; a longer one is skipped as malformed.", valueName: "bytes"))
  var recordLimit = 67_108_864

  @Option(
    help: ArgumentHelp("Bytes of input worked on together; results do not depend on it.", visibility: .hidden))
  var chunkSize = 65_536

  @Option(help: "Colours in tables: auto, always or never.")
  var color = ColourChoice.auto

  @Flag(help: "No progress bar, even on a terminal.")
  var noProgress = false

  func validate() throws {
    if format != "auto", TranscriptFormat(name: format) == nil {
      let names = TranscriptFormat.allCases.map(\.name)
      let hint = suggestion(for: format, among: names)
      throw ValidationError("unknown format '\(format)'\(hint); known are auto, \(names.joined(separator: ", "))")
    }
    if let baseRate, !(baseRate > 0 && baseRate < 1) {
      throw ValidationError("--base-rate must lie between 0 and 1, without them")
    }
    if threads < 0 || threads > 1024 { throw ValidationError("--threads must be 0 to 1024") }
    if !(1...1_000_000_000).contains(maxConversations) {
      throw ValidationError("--max-conversations must be 1 to 1000000000")
    }
    if let forgetAfter, forgetAfter < 1 || forgetAfter > 100_000 {
      throw ValidationError("--forget-after must be 1 to 100000 days")
    }
    if level == .conversation, explain || withText {
      throw ValidationError("--explain and --with-text are about messages; leave them out, or use --level message")
    }
    if resume {
      if out == nil { throw ValidationError("--resume needs --out: a pipe cannot be cut back to where a run was") }
      if output == .table || output == OutputForm.none {
        throw ValidationError("--resume goes with --output jsonl or csv")
      }
      if files.isEmpty { throw ValidationError("--resume needs files; standard input cannot be read again") }
    }
    if out != nil, output == OutputForm.none { throw ValidationError("--out has nothing to hold with --output none") }
    if !(0...86_400).contains(checkpointInterval) { throw ValidationError("--checkpoint-interval must be 0 to 86400") }
    if duplicateWindow < 0 { throw ValidationError("--duplicate-window cannot be negative") }
    let sizes = 1...ReaderOptions.mostBytes
    if !sizes.contains(recordLimit) { throw ValidationError("--record-limit must be 1 to \(sizes.upperBound)") }
    if !sizes.contains(chunkSize) { throw ValidationError("--chunk-size must be 1 to \(sizes.upperBound)") }
    if !(-1440...1440).contains(utcOffset) { throw ValidationError("--utc-offset is in minutes, from -1440 to 1440") }
    if files.isEmpty, Terminal.hasInput {
      throw ValidationError("no input; name files, or '-' for standard input")
    }
    if files.filter({ $0 == "-" }).count > 1 { throw ValidationError("standard input ('-') can be read only once") }
  }

  func run() throws {
    try reporting { try ScoreRunner(ScoreSettings(self)).run() }
  }
}

/// `--model`, shared by the commands that score.
struct ModelOption: ParsableArguments {
  @Option(
    name: .customLong("model"),
    help: ArgumentHelp(
      "The model to use. Without it: JAGA_MODEL, else the default model beside the program or in its checkout.",
      valueName: "file"))
  var path: String?
}

/// The form of the output, as an option.
enum OutputForm: String, CaseIterable, ExpressibleByArgument {
  case jsonl, csv, table, none
}

/// A band, as an option.
struct BandArgument: ExpressibleByArgument {
  let band: Band

  init(band: Band) { self.band = band }

  init?(argument: String) {
    guard let band = Band(name: argument) else { return nil }
    self.band = band
  }

  var defaultValueDescription: String { band.name }
  static var allValueStrings: [String] { Band.allCases.map(\.name) }
}

extension BatchSettings.Level: ExpressibleByArgument {}
extension MessageOrder: ExpressibleByArgument {}
