internal import JagaCore
internal import Yams

/// Collects what is found in one file.
final class PollLog {
  let file: String
  private(set) var findings: [PollFinding] = []

  init(file: String) { self.file = file }

  func add(_ fault: PollFault, at line: Int) { findings.append(PollFinding(file: file, line: line, fault: fault)) }

  var hasErrors: Bool { findings.contains { $0.fault.isError } }
}

extension Node {
  /// From 1; 0 where the reader does not know.
  var line: Int { mark?.line ?? 0 }

  /// The text of a scalar as written, whatever YAML would make of it (`no` stays `no`).
  var written: String? {
    guard case .scalar(let scalar) = self else { return nil }
    return scalar.string
  }

  /// True for `key:` with nothing behind it.
  var isLeftOut: Bool {
    guard case .scalar(let scalar) = self else { return false }
    return scalar.string.isEmpty && scalar.style == .plain
  }
}

/// A mapping whose keys have been checked.
struct PollFields {
  let place: String
  let line: Int
  let log: PollLog
  private var values: [String: Node] = [:]

  /// Nil, and reported, when the node is no mapping.
  init?(_ node: Node, allowed: [String], place: String, log: PollLog) {
    self.place = place
    self.log = log
    line = node.line
    guard case .mapping(let mapping) = node else {
      log.add(.wrongShape(key: place, expected: "keys such as \(allowed.prefix(3).joined(separator: ", "))"), at: line)
      return nil
    }
    for (key, value) in mapping {
      let name = key.written ?? ""
      if allowed.contains(name) {
        values[name] = value
      } else {
        log.add(
          .unknownKey(key: name, place: place, hint: NearWord.nearest(to: name, among: allowed, within: 2)),
          at: key.line)
      }
    }
  }

  subscript(key: String) -> Node? {
    guard let node = values[key], !node.isLeftOut else { return nil }
    return node
  }

  func needs(_ key: String) -> Node? {
    if let node = self[key] { return node }
    log.add(.missingKey(key: key, place: place), at: line)
    return nil
  }

  /// A word, such as an id.
  func word(_ key: String) -> String? {
    guard let node = self[key] else { return nil }
    guard let text = node.written else {
      log.add(.wrongShape(key: key, expected: "a word"), at: node.line)
      return nil
    }
    return text
  }

  /// An id of small letters, digits and hyphens.
  func id(_ key: String) -> String {
    guard needs(key) != nil, let id = word(key) else { return "" }
    guard PollFields.isID(id) else {
      log.add(.badID(id: String(id.prefix(PollLimits.id))), at: self[key]?.line ?? line)
      return ""
    }
    return id
  }

  static func isID(_ id: String) -> Bool {
    !id.isEmpty && id.utf8.count <= PollLimits.id
      && id.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
  }

  func number(_ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let node = self[key] else { return nil }
    guard let text = node.written, let number = Int(text), range.contains(number) else {
      log.add(.outOfRange(key: key, range: range), at: node.line)
      return nil
    }
    return number
  }

  func flag(_ key: String) -> Bool {
    guard let node = self[key] else { return false }
    switch node.written {
    case "true": return true
    case "false": return false
    default:
      log.add(.unknownValue(key: key, value: node.written ?? "", allowed: ["true", "false"]), at: node.line)
      return false
    }
  }

  /// A list of words, or one list for each language: all of them.
  func words(_ key: String, languages: [String]) -> [String] {
    guard let node = self[key] else { return [] }
    var lists: [Node] = [node]
    if case .mapping = node {
      guard let fields = PollFields(node, allowed: languages, place: "'\(key)'", log: log) else { return [] }
      lists = languages.compactMap { fields[$0] }
    }
    var words: [String] = []
    for list in lists {
      guard case .sequence(let items) = list else {
        log.add(.wrongShape(key: key, expected: "a list of words, or one for each language"), at: list.line)
        continue
      }
      for item in items {
        guard let word = item.written, !word.isEmpty else {
          log.add(.wrongShape(key: key, expected: "words"), at: item.line)
          continue
        }
        if word.count > PollLimits.words {
          log.add(.tooLong(key: key, count: word.count, limit: PollLimits.words), at: item.line)
        }
        words.append(word)
      }
    }
    if words.count > PollLimits.words {
      log.add(.tooMany(what: "words in '\(key)'", count: words.count, limit: PollLimits.words), at: node.line)
    }
    return words
  }

  /// The language of each word that is listed for one language alone; what is wrong about the lists, ``words(_:languages:)`` has found.
  func languages(ofWords key: String, languages: [String]) -> [String: String] {
    guard let node = self[key], case .mapping = node,
      let fields = PollFields(node, allowed: languages, place: "'\(key)'", log: PollLog(file: log.file))
    else { return [:] }
    var found: [String: String] = [:]
    var shared: Set<String> = []
    for language in languages {
      guard case .sequence(let items)? = fields[language] else { continue }
      for word in items.compactMap(\.written) where found.updateValue(language, forKey: word) != nil {
        shared.insert(word)
      }
    }
    return found.filter { !shared.contains($0.key) }
  }

  /// A text for each language; a plain text is that of the default language.
  func text(_ key: String, languages: [String], limit: Int = PollLimits.text) -> LocalText? {
    guard let node = self[key] else { return nil }
    var texts: [String: String] = [:]
    if let text = node.written, let first = languages.first {
      texts[first] = text
    } else if let fields = PollFields(node, allowed: languages, place: "'\(key)'", log: log) {
      for language in languages { texts[language] = fields.word(language) }
      if let first = languages.first, texts[first] == nil {
        log.add(.missingKey(key: first, place: "'\(key)'"), at: node.line)
      }
    }
    for text in texts.values where text.count > limit {
      log.add(.tooLong(key: key, count: text.count, limit: limit), at: node.line)
    }
    return LocalText(texts)
  }
}
