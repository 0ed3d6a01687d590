internal import Yams

/// Reads YAML with line numbers, refusing what a poll never needs and a hostile file could abuse.
enum PollDocument {
  /// The deepest nesting.
  static let maximumNesting = 30

  /// The root of a document.
  static func root(_ bytes: [UInt8], file: String) throws(PollError) -> Node {
    func fail(_ fault: PollFault, line: Int = 0) -> PollError {
      PollError(findings: [PollFinding(file: file, line: line, fault: fault)])
    }
    guard bytes.count <= PollLimits.bytes else { throw fail(.tooLarge(limit: PollLimits.bytes)) }
    // Windows' Notepad begins a file with a byte-order mark.
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    guard let text = String(validating: bytes, as: UTF8.self) else { throw fail(.notUTF8) }
    if let hazard = hazard(in: bytes) { throw fail(hazard.fault, line: hazard.line) }
    do {
      guard let node = try Parser(yaml: text).singleRoot() else { throw fail(.empty) }
      return node
    } catch let error as YamlError {
      let (problem, line) = describe(error)
      throw fail(.syntax(problem: problem), line: line)
    } catch let error as PollError {
      throw error
    } catch {
      throw fail(.syntax(problem: "unreadable"))
    }
  }

  private static func describe(_ error: YamlError) -> (String, Int) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      (problem, mark.line)
    case .reader(let problem, _, _, _): (problem, 0)
    case .duplicatedKeysInMapping(let duplicates, let context):
      ("key '\(duplicates.joined(separator: "', '"))' stands twice in one mapping", context.mark.line)
    default: ("unreadable", 0)
    }
  }

  /// Anchors and deep nesting, found before the reader starts, since it recurses.
  private static func hazard(in bytes: [UInt8]) -> (fault: PollFault, line: Int)? {
    var line = 1
    var depth = 0
    var indentation = 0
    var isIndenting = true
    var previous = UInt8(ascii: "\n")
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
      case UInt8(ascii: "&"), UInt8(ascii: "*"):
        let next = index + 1 < bytes.count ? bytes[index + 1] : 0
        if " \n\r\t[{,".utf8.contains(previous), isNameByte(next) { return (.anchor, line) }
      default: break
      }
      if isIndenting, " -?:".utf8.contains(byte) { indentation += 1 } else { isIndenting = false }
      if depth > maximumNesting || indentation > 2 * maximumNesting { return (.nesting, line) }
      if byte == UInt8(ascii: "\n") {
        line += 1
        indentation = 0
        isIndenting = true
      }
      previous = byte
    }
    return nil
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
  }
}
