import JagaBayes
import JagaCore

/// Counts of words and word pairs in real chat that nobody labelled: figures only, never text.
///
/// A file holds comment lines (`# …`, provenance and licence), `@messages N`, then `word<TAB>count` or `first second<TAB>count`,
/// where words are canonical forms and pairs are of roots. `jaga corpus count` writes it.
public struct CountTable: Sendable {
  /// The number of messages counted.
  public var messages = 0
  /// How many messages hold a canonical form.
  public var words: [(form: String, count: Int)] = []
  /// How many messages hold two roots side by side in one clause.
  public var pairs: [(first: String, second: String, count: Int)] = []

  /// An empty table.
  public init() {}

  /// Reads a file's content; `path` is for errors.
  public init(contents: String, path: String) throws(CorpusError) {
    for (index, line) in contents.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("@messages ") {
        guard let number = Int(line.dropFirst(10)), number >= 0 else {
          throw .badCount(file: path, line: index + 1)
        }
        messages = number
        continue
      }
      let parts = line.split(separator: "\t")
      guard parts.count == 2, let count = Int(parts[1]), count > 0 else {
        throw .badCount(file: path, line: index + 1)
      }
      let forms = parts[0].split(separator: " ")
      switch forms.count {
      case 1: words.append((String(forms[0]), count))
      case 2: pairs.append((String(forms[0]), String(forms[1]), count))
      default: throw .badCount(file: path, line: index + 1)
      }
    }
  }

  /// The file's content: words by falling count, then pairs, ties in byte order; `provenance` lines become comments.
  public func encode(provenance: [String]) -> String {
    var lines = provenance.map { "# " + $0 }
    lines.append("@messages \(messages)")
    lines += words.sorted { ($1.count, $0.form) < ($0.count, $1.form) }.map { "\($0.form)\t\($0.count)" }
    lines += pairs.sorted { ($1.count, $0.first, $0.second) < ($0.count, $1.first, $1.second) }
      .map { "\($0.first) \($0.second)\t\($0.count)" }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// Why a corpus cannot be used.
public enum CorpusError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A line of a count table is not `form<TAB>count`.
  case badCount(file: String, line: Int)
  /// A file or folder cannot be read.
  case unreadable(path: String)
  /// Nothing to learn from.
  case empty(path: String)
  /// A gold file has records that cannot be read; `line` is the first.
  case badRecord(file: String, line: Int, reason: String)
  /// The split names a voice that has no folder, or a folder has no place in the split.
  case badSplit(path: String, voice: String)
  /// Files to learn from have no labels.
  case unlabelled(files: [String])
  /// A cross-validation needs two parts that share nothing.
  case tooFewParts(files: [String], unit: String, found: Int)

  /// One sentence, with a remedy.
  public var description: String {
    switch self {
    case .badCount(let file, let line):
      "\(file):\(line): is not 'form<TAB>count'; write the table with 'jaga corpus count'"
    case .unreadable(let path):
      "\(path): cannot be read; check the path and the permissions"
    case .empty(let path):
      "\(path): holds no labelled messages; give a folder with voices/*/messages.jsonl"
    case .badRecord(let file, let line, let reason):
      "\(file):\(line): \(reason); mend the record, training skips nothing"
    case .badSplit(let path, let voice):
      "\(path): voice '\(voice)' stands in exactly one of split and folder; add it to the other"
    case .unlabelled(let files):
      "\(files.joined(separator: ", ")): no message has labels; give gold with a \"labels\" array"
    case .tooFewParts(let files, let unit, let found):
      "\(files.joined(separator: ", ")): has \(found) part\(found == 1 ? "" : "s") that no \(unit) links to another, and folds need two; give more data or another --by"
    }
  }
}
