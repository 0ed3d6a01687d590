internal import Glibc
internal import JagaBatch
internal import JagaScoring
internal import JagaTranscripts

/// What `jaga score` is to do, with every default decided and every file opened that must be.
struct ScoreSettings {
  let inputs: [TranscriptInput]
  /// Nil recognises the format of each input.
  let format: TranscriptFormat?
  let reader: ReaderOptions
  let batch: BatchSettings
  let scorer: Scorer
  let printsSummary: Bool
  let summaryPath: String?
  /// Nil is standard output.
  let outputPath: String?
  let resume: ResumeSettings?
  let showsProgress: Bool
  /// Bytes of all inputs together; nil when one of them is no regular file.
  let totalBytes: Int?

  /// Decides. Throws a ``Failure`` or another error with a sentence.
  init(_ command: ScoreCommand) throws {
    inputs = (command.files.isEmpty ? ["-"] : command.files).map(TranscriptInput.init(argument:))
    format = TranscriptFormat(name: command.format)
    printsSummary = command.summary
    summaryPath = command.summaryJson

    var reader = ReaderOptions()
    reader.strict = command.strict
    reader.order = command.order
    reader.recordLimit = command.recordLimit
    reader.chunkSize = command.chunkSize
    reader.duplicateWindow = command.duplicateWindow
    reader.utcOffsetMinutes = command.utcOffset
    if let path = command.hashIds { reader.transform = try KeyedHash(keyFile: path) }
    self.reader = reader

    let showsOutput = Terminal.hasOutput && command.out == nil
    let form = command.output ?? (showsOutput ? .table : .jsonl)
    var batch = BatchSettings()
    batch.threads = command.threads == 0 ? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) : command.threads
    batch.level = command.level
    batch.form =
      switch form {
      case .jsonl: .jsonl
      case .csv: .csv
      case .table: .table(Terminal.style(command.color))
      case .none: .none
      }
    batch.minimumBand = command.minBand.band
    batch.explains = command.explain
    batch.includesText = command.withText
    batch.conversationCapacity = command.maxConversations
    batch.forgetAfter = command.forgetAfter.map { Int64($0) * 86_400_000 }
    self.batch = batch

    let sizes = command.files.map { Files.size($0) }
    totalBytes = sizes.isEmpty || sizes.contains(nil) ? nil : sizes.reduce(0) { $0 + ($1 ?? 0) }
    showsProgress = !command.noProgress && Terminal.hasErrors && !(showsOutput && form != .none)

    let model = try ModelLocator().open(command.modelOption.path)
    let overlay = try OverlayLoader.load(command.lexicon, over: model)
    scorer = Scorer(model: model, overlay: overlay, options: Scorer.Options(baseRate: command.baseRate))
    outputPath = command.out
    if let output = command.out {
      if let input = command.files.first(where: { Files.isSame($0, output) }) {
        throw Failure("\(input): it is read and cannot be written at the same time; give --out another name")
      }
    }
    if command.resume, let output = command.out {
      resume = try ResumeSettings(command, output: output, scorer: scorer, transform: reader.transform)
    } else {
      resume = nil
    }
  }
}
