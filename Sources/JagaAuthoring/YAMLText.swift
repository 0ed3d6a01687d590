internal import Yams

/// Reads YAML with positions, refusing what a lexicon never needs and a hostile file could abuse.
enum YAMLText {
  /// The largest file read, in bytes.
  static let maximumSize = 4 << 20
  /// The deepest nesting of brackets or indentation.
  static let maximumNesting = 100

  /// The root of a document; nil, and reported, when there is none.
  static func root(_ text: String, file: String, log: LintLog) -> SourceNode? {
    if let fault = hazard(in: text, file: file) {
      log.add(fault.fault, at: fault.position)
      return nil
    }
    do {
      guard let node = try Parser(yaml: text).singleRoot() else {
        log.add(.unknownFile, at: SourcePosition(file: file))
        return nil
      }
      return SourceNode(node: node, file: file)
    } catch let error as YamlError {
      let (problem, mark) = describe(error)
      log.add(
        .syntax(problem: problem), at: SourcePosition(file: file, line: mark?.line ?? 0, column: mark?.column ?? 0))
    } catch {
      log.add(.syntax(problem: "unknown error"), at: SourcePosition(file: file))
    }
    return nil
  }

  private static func describe(_ error: YamlError) -> (String, Mark?) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return (problem, mark)
    case .reader(let problem, _, _, _): return (problem, nil)
    case .duplicatedKeysInMapping(let duplicates, let context):
      return ("key '\(duplicates.joined(separator: "', '"))' stands twice in one mapping", context.mark)
    default: return ("unreadable", nil)
    }
  }

  /// Anchors (an alias can blow a small file up) and deep nesting (the reader recurses), found before the reader starts.
  private static func hazard(in text: String, file: String) -> LintFinding? {
    var line = 1
    var column = 0
    var depth = 0
    var indentation = 0
    var isIndenting = true
    var previous: UInt8 = 0x0A
    var bytes = Array(text.utf8)
    bytes.append(0)
    for index in 0..<(bytes.count - 1) {
      let byte = bytes[index]
      if byte & 0xC0 != 0x80 { column += 1 }
      switch byte {
      case 0x5B, 0x7B: depth += 1
      case 0x5D, 0x7D: depth = max(0, depth - 1)
      case 0x26 where opensToken(after: previous) && isNameByte(bytes[index + 1]):
        return LintFinding(.anchor, at: SourcePosition(file: file, line: line, column: column))
      default: break
      }
      if isIndenting, byte == 0x20 || byte == 0x2D || byte == 0x3F || byte == 0x3A {
        indentation += 1
      } else {
        isIndenting = false
      }
      if depth > maximumNesting || indentation > 2 * maximumNesting {
        return LintFinding(.nesting, at: SourcePosition(file: file, line: line, column: column))
      }
      if byte == 0x0A {
        line += 1
        column = 0
        indentation = 0
        isIndenting = true
      }
      previous = byte
    }
    return nil
  }

  private static func opensToken(after byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 || byte == 0x5B || byte == 0x7B || byte == 0x2C
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
      || byte == 0x2D
  }
}
