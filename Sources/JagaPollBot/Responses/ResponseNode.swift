internal import Yams

/// What the readers find wrong, in the order in which they find it.
final class ResponseLog {
  private(set) var findings: [ResponseFinding] = []

  func add(_ fault: ResponseFault, file: String, line: Int = 0, id: String = "") {
    findings.append(ResponseFinding(file: file, line: line, id: id, fault: fault))
  }
}

/// A YAML node that knows its file.
struct ResponseNode {
  let node: Node
  let file: String

  /// Brackets or indentation nested deeper than any of our files needs; the YAML reader recurses.
  private static let maximumNesting = 50

  /// The root of a file; nil, and reported, when there is none.
  static func root(_ file: ResponseSources.File, log: ResponseLog) -> ResponseNode? {
    guard nesting(file.text) <= maximumNesting else {
      log.add(.syntax(problem: "nested too deep"), file: file.path)
      return nil
    }
    do {
      if let node = try Parser(yaml: file.text).singleRoot() { return ResponseNode(node: node, file: file.path) }
      log.add(.syntax(problem: "the file is empty"), file: file.path)
    } catch let error as YamlError {
      let (problem, line) = describe(error)
      log.add(.syntax(problem: problem), file: file.path, line: line)
    } catch {
      log.add(.syntax(problem: "unknown error"), file: file.path)
    }
    return nil
  }

  private static func describe(_ error: YamlError) -> (String, Int) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      (problem, mark.line)
    case .duplicatedKeysInMapping(let duplicates, let context):
      ("key '\(duplicates.joined(separator: "', '"))' stands twice in one mapping", context.mark.line)
    default: ("unreadable", 0)
    }
  }

  /// The deepest nesting that the text can have: of brackets, or of blocks begun on one line or by indentation.
  private static func nesting(_ text: String) -> Int {
    var depth = 0
    var deepest = 0
    var indentation = 0
    var isIndenting = true
    for byte in text.utf8 {
      switch byte {
      case 0x5B, 0x7B: depth += 1
      case 0x5D, 0x7D: depth = max(0, depth - 1)
      default: break
      }
      if isIndenting, byte == 0x20 || byte == 0x2D || byte == 0x3F || byte == 0x3A {
        indentation += 1
      } else {
        isIndenting = byte == 0x0A
        indentation = 0
      }
      deepest = max(deepest, depth, indentation / 2)
    }
    return deepest
  }

  /// Where it begins, from 1.
  var line: Int { node.mark?.line ?? 0 }

  /// The text of a scalar as written, whatever YAML would make of it (`no` stays `no`).
  var text: String? {
    guard case .scalar(let scalar) = node else { return nil }
    return scalar.string
  }

  /// The text under a key of a mapping.
  func text(under key: String) -> String? { node[key]?.scalar?.string }

  /// The items of a list.
  var items: [ResponseNode]? {
    guard case .sequence(let sequence) = node else { return nil }
    return sequence.map { ResponseNode(node: $0, file: file) }
  }

  /// The pairs of a mapping, in order; nil, and reported, when the node is no mapping.
  func pairs(_ key: String, id: String = "", log: ResponseLog) -> [(key: String, value: ResponseNode)]? {
    guard case .mapping(let mapping) = node else {
      log.add(.wrongShape(key: key, expected: "a mapping"), file: file, line: line, id: id)
      return nil
    }
    return mapping.map { ($0.key.scalar?.string ?? "", ResponseNode(node: $0.value, file: file)) }
  }
}

/// A mapping whose keys have been checked.
struct ResponseFields {
  let file: String
  let line: Int
  let place: String
  let id: String
  private var values: [String: ResponseNode] = [:]
  private let log: ResponseLog

  /// Reads a mapping, reporting keys that are not allowed; nil, and reported, when the node is no mapping.
  init?(_ node: ResponseNode, allowed: Set<String>, place: String, id: String = "", log: ResponseLog) {
    guard let pairs = node.pairs(place, id: id, log: log) else { return nil }
    (file, line) = (node.file, node.line)
    (self.place, self.id, self.log) = (place, id, log)
    for (key, value) in pairs {
      if allowed.contains(key) {
        values[key] = value
      } else {
        log.add(.unknownKey(key: key, place: place), file: file, line: value.line, id: id)
      }
    }
  }

  subscript(key: String) -> ResponseNode? { values[key] }

  /// The node under a key; reports its absence.
  func required(_ key: String) -> ResponseNode? {
    if let node = values[key] { return node }
    log.add(.missingKey(key: key, place: place), file: file, line: line, id: id)
    return nil
  }

  /// The text under a key, not empty; reports its absence and other shapes.
  func text(_ key: String) -> String? {
    guard let node = required(key) else { return nil }
    if let text = node.text, !text.isEmpty { return text }
    log.add(.wrongShape(key: key, expected: "text"), file: file, line: node.line, id: id)
    return nil
  }

  /// The texts under a key; nil where it is left out, unless it is required.
  func texts(_ key: String, isRequired: Bool = false) -> [String]? {
    guard let node = isRequired ? required(key) : values[key] else { return nil }
    if let items = node.items, case let texts = items.compactMap(\.text), texts.count == items.count { return texts }
    log.add(.wrongShape(key: key, expected: "a list of texts"), file: file, line: node.line, id: id)
    return nil
  }

  /// A value that `make` takes from the text under a key; reports others.
  func value<Value>(_ key: String, expected: String, _ make: (String) -> Value?) -> Value? {
    guard let text = text(key) else { return nil }
    if let value = make(text) { return value }
    let line = values[key]?.line ?? line
    log.add(.wrongValue(key: key, value: text, expected: expected), file: file, line: line, id: id)
    return nil
  }
}
