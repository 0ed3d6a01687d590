/// Why a configuration cannot be used. Names and sources, never a value that may be a secret.
public enum ConfigurationError: Error, Equatable, Sendable {
  /// The file cannot be read.
  case unreadable(file: String, reason: String)
  /// The file is no JSON; the reason says where.
  case malformed(file: String, reason: String)
  /// The file is JSON, but no object.
  case notAnObject(file: String)
  /// A group of keys has a value instead of keys.
  case notAGroup(source: String, key: String)
  /// No key has this name.
  case unknownKey(source: String, key: String, near: String?)
  /// The value is of another kind.
  case wrongKind(source: String, key: String, expected: String)
  /// `--set` without `=`.
  case noValue(setting: String)
  /// Values that do not go together, and what to do.
  case unfit(String)
}

extension ConfigurationError {
  /// True when what cannot be used was typed as an option of a command.
  public var isOfCommandLine: Bool {
    switch self {
    case .unknownKey(let source, _, _), .wrongKind(let source, _, _): source.hasPrefix("--")
    case .noValue: true
    case .unreadable, .malformed, .notAnObject, .notAGroup, .unfit: false
    }
  }
}

extension ConfigurationError: CustomStringConvertible {
  /// The sentence shown to people.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "\(file): cannot be read (\(reason)); check the path and its permissions"
    case .malformed(let file, let reason): "\(file): not well-formed JSON (\(reason)); mend it there"
    case .notAGroup(let source, let key):
      "\(source): '\(key)' is a group of keys, and takes an object; 'jaga-server config' lists its keys"
    case .notAnObject(let file): "\(file): not a JSON object; write {\"port\": 8787} for example"
    case .unknownKey(let source, let key, let near):
      "\(source): there is no key '\(key)'\(near.map { "; did you mean '\($0)'?" } ?? "; 'jaga-server config' lists them")"
    case .wrongKind(let source, let key, let expected): "\(source): '\(key)' takes \(expected)"
    case .noValue(let setting): "--set \(setting): takes KEY=VALUE, such as --set limits.messages=1000"
    case .unfit(let sentence): sentence
    }
  }
}

/// The known name nearest to one that is not; nil when none is within two letters, or a third of it.
///
/// Cost: the product of the lengths, for each known name.
func nearestName(_ name: String, among known: [String]) -> String? {
  let best = known.map { ($0, editDistance(Array(name), Array($0))) }.min { $0.1 < $1.1 }
  guard let best, best.1 <= max(2, name.count / 3) else { return nil }
  return best.0
}

/// Levenshtein's distance over characters.
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
  var row = Array(0...right.count)
  for (index, letter) in left.enumerated() {
    var diagonal = row[0]
    row[0] = index + 1
    for column in right.indices {
      let above = row[column + 1]
      row[column + 1] = min(above + 1, row[column] + 1, diagonal + (letter == right[column] ? 0 : 1))
      diagonal = above
    }
  }
  return row[right.count]
}
