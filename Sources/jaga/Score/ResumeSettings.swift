internal import Glibc
internal import JagaBatch
internal import JagaCore
internal import JagaScoring
internal import JagaTranscripts

/// What `--resume` rests on: the same command over the same files, so that the rest of the output is the one that was missing.
struct ResumeSettings {
  let path: String
  let identity: [Checkpoint.Fact]
  let start: Checkpoint?
  let interval: Double

  /// Looks for a checkpoint beside the output. Throws a sentence when there is one that does not fit.
  init(_ command: ScoreCommand, output: String, scorer: Scorer, transform: (any IDTransform)?) throws {
    path = OutputFile.checkpoint(of: output)
    interval = command.checkpointInterval
    identity =
      try ResumeSettings.facts(of: command, scorer: scorer, transform: transform)
      + ResumeSettings.facts(of: command.files)
    start = try Checkpoint.load(path)
    if let start, let change = start.difference(from: identity) {
      throw Failure(
        """
        \(path): the run that stopped here had another \(change.name) (\(change.before), now \(change.now)); give the same \
        command to go on, or remove this file to begin anew
        """)
    }
  }

  private static func facts(
    of command: ScoreCommand, scorer: Scorer, transform: (any IDTransform)?
  ) throws -> [Checkpoint.Fact] {
    // The key itself is not kept; a keyed hash of one known word tells whether it is the same.
    var pseudonym: [UInt8] = []
    if let transform {
      Array("jaga".utf8).withUnsafeBufferPointer { transform.append($0, kind: .conversation, to: &pseudonym) }
    }
    func text(_ value: (some Any)?) -> String { value.map { "\($0)" } ?? "none" }
    return [
      .init("program", VersionLine.program), .init("model", scorer.modelID), .init("--level", command.level.rawValue),
      .init("--output", text(command.output?.rawValue)), .init("--min-band", command.minBand.band.name),
      .init("--explain", text(command.explain)), .init("--with-text", text(command.withText)),
      .init("--base-rate", text(command.baseRate)), .init("--hash-ids", String(decoding: pseudonym, as: UTF8.self)),
      .init("--format", command.format), .init("--order", command.order.rawValue),
      .init("--strict", text(command.strict)), .init("--record-limit", text(command.recordLimit)),
      .init("--utc-offset", text(command.utcOffset)), .init("--max-conversations", text(command.maxConversations)),
      .init("--forget-after", text(command.forgetAfter)),
      .init("--duplicate-window", text(command.duplicateWindow)),
    ]
  }

  /// Every input by its path, its size and the time of its last change.
  private static func facts(of files: [String]) throws -> [Checkpoint.Fact] {
    var facts = [Checkpoint.Fact("number of inputs", "\(files.count)")]
    for (number, file) in files.enumerated() {
      var status = stat()
      guard file != "-", stat(file, &status) == 0 else {
        throw Failure(
          file == "-"
            ? "standard input cannot be read again after an interruption; save it to a file, or leave out --resume"
            : "\(file): cannot be opened (\(String(cString: strerror(errno)))); check the path and its permissions")
      }
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw Failure(
          "\(file): it is no regular file and cannot be read again after an interruption; save it to one, or leave out --resume"
        )
      }
      facts.append(.init("input \(number + 1)", file))
      let time = status.st_mtim
      facts.append(.init("content of \(file)", "\(status.st_size) bytes, changed at \(time.tv_sec).\(time.tv_nsec)"))
    }
    return facts
  }
}
