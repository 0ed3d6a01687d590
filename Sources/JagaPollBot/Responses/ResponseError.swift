/// Why the bot's texts cannot be used.
public enum ResponseError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No folder, or not readable.
  case notADirectory(path: String)
  /// No folder of it holds a `responses.yaml`.
  case noTexts(path: String)
  /// A file that must be there is not.
  case missingFile(path: String)
  /// A file cannot be read.
  case unreadable(path: String, reason: String)
  /// The files are there, and something in them is wrong.
  case refused([ResponseFinding])

  /// One sentence with a remedy; a line each for what is wrong in files.
  public var description: String {
    switch self {
    case .notADirectory(let path):
      "'\(path)' is not a directory that can be read; give the folder that holds helplines.yaml and a folder for each language"
    case .noTexts(let path): "'\(path)' holds no texts; they lie in files such as '\(path)/id/responses.yaml'"
    case .missingFile(let path): "'\(path)' is missing; copy the one of this program's sources and change it"
    case .unreadable(let path, let reason): "'\(path)' cannot be used: \(reason)"
    case .refused(let findings): findings.map(\.description).joined(separator: "\n")
    }
  }
}
