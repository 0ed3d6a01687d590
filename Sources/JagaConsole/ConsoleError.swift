/// Why the console cannot be made: a fault of its own resources, which the tests would have found.
public enum ConsoleError: Error, Hashable, Sendable {
  /// A template cannot be parsed.
  case template(name: String, line: Int)
  /// A line of a word list is neither empty, a comment nor `key = text`.
  case words(language: String, line: Int)
  /// A key stands twice in a word list.
  case twice(language: String, key: String)
}

extension ConsoleError: CustomStringConvertible {
  /// The sentence shown to people.
  public var description: String {
    switch self {
    case .template(let name, let line):
      "console: template \(name), line \(line): cannot be parsed; this build is broken"
    case .words(let language, let line):
      "console: words of '\(language)', line \(line): not 'key = text'; this build is broken"
    case .twice(let language, let key): "console: words of '\(language)': '\(key)' stands twice; this build is broken"
    }
  }
}
