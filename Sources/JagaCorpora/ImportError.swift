/// Why a corpus cannot be imported. Facts only: files, hashes, counts; never text of a message.
public enum ImportError: Error, Hashable, Sendable {
  /// What was found instead of a file that is not there.
  public enum Clue: Hashable, Sendable {
    case nothing
    /// An archive that has not been unpacked.
    case archive(String)
    /// A file with another name and the same content.
    case renamed(String)
    /// A file with the name of another release.
    case otherRelease(String)
  }

  /// The folder does not exist.
  case noFolder(String)
  /// A file is not in the folder; the parts whose files are all there could be imported alone.
  case missing(file: String, folder: String, clue: Clue, complete: [String])
  /// A name stands twice, with different content.
  case ambiguous(file: String, first: String, second: String)
  /// The content is not the published one.
  case altered(file: String, expected: String, found: String)
  /// The XML ends before its last tag.
  case cutOff(file: String, bytes: Int)
  /// The file has no content.
  case empty(file: String)
  /// Another number of lines than is known.
  case lineCount(file: String, expected: Int, found: Int)
  /// The system's reason.
  case cannotRead(file: String, reason: String)
  /// The system's reason.
  case cannotWrite(file: String, reason: String)
  /// No such part.
  case noPart(String, corpus: String, known: [String])
}

extension ImportError: CustomStringConvertible {
  /// The sentence shown to people.
  public var description: String {
    switch self {
    case .noFolder(let path): "\(path): there is no such folder; give the one in which the corpus was unpacked"
    case .missing(let file, let folder, let clue, let complete):
      "\(folder): \(file) is not there; " + remedy(clue, file: file) + alone(complete)
    case .ambiguous(let file, let first, let second):
      "\(file) stands twice, with different content: \(first) and \(second); keep one of them below the folder"
    case .altered(let file, let expected, let found):
      "\(file): not the file that is known (SHA-256 \(found.prefix(12))…, known is \(expected.prefix(12))…), so altered or of another release; "
        + "fetch and unpack it again, or take it as it is with --unverified"
    case .cutOff(let file, let bytes):
      "\(file): ends after \(bytes) bytes without its last tag, so the download or the unpacking was cut off; fetch and unpack it again"
    case .empty(let file): "\(file): is empty; fetch and unpack it again"
    case .lineCount(let file, let expected, let found):
      "\(file): \(found) lines where \(expected) are known, so truncated, altered or of another release; fetch and unpack it again, or "
        + "take it as it is with --unverified"
    case .cannotRead(let file, let reason): "\(file): cannot be read (\(reason)); check the path and its permissions"
    case .cannotWrite(let file, let reason):
      "\(file): cannot be written (\(reason)); check the folder, its permissions and the space left"
    case .noPart(let part, let corpus, let known):
      "\(corpus) has no part \"\(part)\"; its parts are \(known.joined(separator: " and "))"
    }
  }

  private func remedy(_ clue: Clue, file: String) -> String {
    switch clue {
    case .nothing: "unpack the whole corpus there, and keep the names of its files"
    case .archive(let path): "unpack \(path)"
    case .renamed(let path): "\(path) has its content: give it that name again"
    case .otherRelease(let path): "\(path) is of an earlier release: ask for the current one"
    }
  }

  private func alone(_ parts: [String]) -> String {
    parts.isEmpty ? "" : ", or import what is there with " + parts.map { "--part \($0)" }.joined(separator: " or ")
  }
}
