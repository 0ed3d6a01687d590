/// Why there is nothing to evaluate. Facts only: files, lines, numbers; never text of a message.
public enum EvaluationError: Error, Hashable, Sendable {
  /// None of the files has a label.
  case noGold(files: [String])
  /// PAN12 files without their truth.
  case noTruth(file: String)
  /// Truth files without a PAN12 file.
  case truthWithoutPAN12
  /// A second prediction for a message.
  case predictedTwice(file: String, line: Int, before: Int)
  /// Messages without a prediction; the place is that of the first.
  case notPredicted(file: String, missing: Int, total: Int, goldFile: String, goldLine: Int)
  /// The model gave another number of records than it was given messages.
  case recordsLost(expected: Int, found: Int)
  /// More conversations, or more messages in one population, than can be numbered.
  case tooLarge(limit: Int)
}

extension EvaluationError: CustomStringConvertible {
  /// The sentence shown to people.
  public var description: String {
    switch self {
    case .noGold(let files):
      "no gold in \(files.joined(separator: ", ")); give messages with \"labels\", transcripts with \"label\" and \"first_risk\", "
        + "or a file (no pipe) of 'jaga import'"
    case .noTruth(let file):
      "\(file): PAN12 XML has no labels; give its truth with --pan12-authors, --pan12-lines or both"
    case .truthWithoutPAN12: "--pan12-authors and --pan12-lines are the truth of PAN12 XML; give that file too"
    case .predictedTwice(let file, let line, let before):
      "\(file):\(line): the message of line \(before) again; keep one prediction a message"
    case .notPredicted(let file, let missing, let total, let goldFile, let goldLine):
      "\(file): no prediction for \(missing) of \(total) messages, the first of them at \(goldFile):\(goldLine); "
        + "predict them all, or count them as score 0 with --missing zero"
    case .recordsLost(let expected, let found):
      "\(found) records for \(expected) messages; report this with the command that you ran"
    case .tooLarge(let limit): "more than \(limit) messages; evaluate in parts"
    }
  }
}
