/// What stops the reading of an input. ``TranscriptReader`` goes on with the next input when asked again.
public enum TranscriptError: Error, Hashable, Sendable {
  /// The file cannot be opened; `reason` is the system's.
  case cannotOpen(file: String, reason: String)
  /// Reading failed at a byte of the (compressed) file.
  case cannotRead(file: String, offset: Int, reason: String)
  /// Compressed data that is wrong at a byte of the file.
  case corrupt(file: String, offset: Int)
  /// Compressed data that ends too early, at a byte of the file.
  case truncated(file: String, offset: Int)
  /// No format fits.
  case unknownFormat(file: String)
  /// UTF-16 or UTF-32.
  case notUTF8(file: String)
  /// A format that is read whole, and a file over the limit in bytes.
  case tooLarge(file: String, limit: Int)
  /// A table whose header has no such column.
  case missingColumn(file: String, column: String)
  /// Order by time asked of a format that is not read whole.
  case orderNeedsWholeFile(file: String, format: TranscriptFormat)
  /// `strict`: the first malformed record.
  case malformed(Diagnostic)
  /// Gold data with a label outside the taxonomy.
  case unknownLabel(file: String, line: Int, label: String)
  /// Gold data that cannot be right.
  case invalidGold(file: String, line: Int, field: String)
  /// A prediction that cannot be right.
  case invalidPrediction(file: String, line: Int, field: String)
  /// There is no memory for a parser.
  case outOfMemory
}

extension TranscriptError: CustomStringConvertible {
  /// The sentence shown to people.
  public var description: String {
    switch self {
    case .cannotOpen(let file, let reason): "\(file): cannot be opened (\(reason)); check the path and its permissions"
    case .cannotRead(let file, let offset, let reason):
      "\(file): reading failed at byte \(offset) (\(reason)); check the disk or the pipe"
    case .corrupt(let file, let offset):
      "\(file): compressed data is damaged at byte \(offset); fetch the file again, or rename it if it is not compressed"
    case .truncated(let file, let offset): "\(file): compressed data ends early at byte \(offset); fetch the file again"
    case .unknownFormat(let file):
      "\(file): format not recognised; name it with --format ("
        + TranscriptFormat.allCases.map(\.name).joined(separator: ", ") + ")"
    case .notUTF8(let file): "\(file): UTF-16 or UTF-32 text; convert it to UTF-8, for example with iconv"
    case .tooLarge(let file, let limit):
      "\(file): larger than \(limit) bytes, and this format is read whole; split it or raise the limit"
    case .missingColumn(let file, let column):
      "\(file):1: the header has no column \"\(column)\"; add it, or name the column so"
    case .orderNeedsWholeFile(let file, let format):
      "\(file): --order timestamp is for formats that are read whole (telegram, discord), not for \(format.name); "
        + "sort the file first"
    case .malformed(let diagnostic):
      "\(diagnostic.place): \(diagnostic.cause.sentence(stopping: true))"
    case .unknownLabel(let file, let line, let label):
      "\(file):\(line): unknown label \"\(label)\"; use track.stage, disclosure or benign"
    case .invalidGold(let file, let line, let field):
      "\(file):\(line): \"\(field)\" is missing or out of range; see the shape of gold data"
    case .invalidPrediction(let file, let line, let field):
      "\(file):\(line): \"\(field)\" is missing or out of range; predictions have the keys of 'jaga score', probabilities lie in 0 to 1"
    case .outOfMemory: "not enough memory for a parser; close other programs"
    }
  }
}
