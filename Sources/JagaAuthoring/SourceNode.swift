internal import JagaCore
internal import Yams

/// A YAML node that knows its file.
struct SourceNode {
  let node: Node
  let file: String

  /// Where it begins.
  var position: SourcePosition {
    SourcePosition(file: file, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0)
  }

  /// Where a scalar inside it lies: `offset` scalars after the first of its text. Exact for scalars on one line without escapes.
  func position(offset: Int) -> SourcePosition {
    var place = position
    if place.line > 0 { place.column += offset + (isQuoted ? 1 : 0) }
    return place
  }

  private var isQuoted: Bool {
    guard case .scalar(let scalar) = node else { return false }
    return scalar.style == .doubleQuoted || scalar.style == .singleQuoted
  }

  /// The text of a scalar as written, whatever YAML would make of it (`no` stays `no`).
  var text: String? {
    guard case .scalar(let scalar) = node else { return nil }
    return scalar.string
  }

  /// True for a value left out (`lists:` with nothing behind it).
  var isAbsent: Bool {
    guard case .scalar(let scalar) = node else { return false }
    return scalar.string.isEmpty && scalar.style == .plain
  }

  /// The items of a sequence.
  var items: [SourceNode]? {
    guard case .sequence(let sequence) = node else { return nil }
    return sequence.map { SourceNode(node: $0, file: file) }
  }

  /// The pairs of a mapping, in order.
  var fields: [(key: SourceNode, value: SourceNode)]? {
    guard case .mapping(let mapping) = node else { return nil }
    return mapping.map { (SourceNode(node: $0.key, file: file), SourceNode(node: $0.value, file: file)) }
  }
}

/// A mapping whose keys have been checked.
struct SourceFields {
  let position: SourcePosition
  private var values: [String: SourceNode] = [:]
  private(set) var keys: [(name: String, position: SourcePosition)] = []

  /// Reads a mapping, reporting keys that are not allowed. Nil, and reported, when the node is no mapping.
  init?(_ node: SourceNode, allowed: [String], place: String, log: LintLog) {
    guard let fields = node.fields else {
      log.add(
        .wrongShape(key: place, expected: "a mapping with keys such as \(allowed.prefix(3).joined(separator: ", "))"),
        at: node.position)
      return nil
    }
    position = node.position
    for (key, value) in fields {
      let name = key.text ?? ""
      if allowed.contains(name) {
        values[name] = value
        keys.append((name, key.position))
      } else {
        log.add(
          .unknownKey(key: name, place: place, hint: NearWord.nearest(to: name, among: allowed)), at: key.position)
      }
    }
  }

  subscript(key: String) -> SourceNode? {
    guard let value = values[key], !value.isAbsent else { return nil }
    return value
  }

  /// The text under a key; reports another shape.
  func text(_ key: String, log: LintLog) -> String? {
    guard let node = self[key] else { return nil }
    guard let text = node.text else {
      log.add(.wrongShape(key: key, expected: "text"), at: node.position)
      return nil
    }
    return text
  }

  /// The items under a key; reports another shape.
  func items(_ key: String, log: LintLog) -> [SourceNode]? {
    guard let node = self[key] else { return nil }
    guard let items = node.items else {
      log.add(.wrongShape(key: key, expected: "a list"), at: node.position)
      return nil
    }
    return items
  }

  /// A value of a closed set; reports others.
  func choice<Value>(_ key: String, allowed: [String], log: LintLog, _ make: (String) -> Value?) -> Value? {
    guard let text = text(key, log: log), let node = self[key] else { return nil }
    if let value = make(text) { return value }
    let hint = NearWord.nearest(to: text, among: allowed)
    log.add(.unknownValue(key: key, value: text, hint: hint, allowed: allowed), at: node.position)
    return nil
  }
}
