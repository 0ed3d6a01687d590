internal import JagaTranscripts

/// Reads flows that RapidPro or TextIt exported (13.x, 14.x) and makes polls of them: messages, waits for a reply, tests of it.
///
/// What a poll does not have is told as a ``FlowFinding``, by node, and never dropped in silence.
public enum FlowReader {
  /// The largest file, in bytes.
  public static let limit = 8 << 20
  /// RapidPro's names of the languages.
  static let languages = ["ind": "id", "eng": "en"]
  static let defaultTimeout: Int64 = 24 * 3_600_000

  /// Reads an export. `language` is taken for flows that name none (`und`, `base`). Throws ``FlowError``.
  public static func read(_ bytes: [UInt8], file: String, language: String = "id") throws(FlowError) -> FlowImport {
    guard bytes.count <= limit else { throw FlowError(file: file, fault: .tooLarge(limit: limit)) }
    guard let root = try? JSONValue.parse(bytes, depthLimit: 64, valueLimit: 500_000) else {
      throw FlowError(file: file, fault: .notJSON)
    }
    let flows = root.list("flows")
    guard !flows.isEmpty else { throw FlowError(file: file, fault: .noFlows) }
    var result = FlowImport()
    for (index, flow) in flows.enumerated() {
      var id = FlowReader.id(flow["name"]?.string ?? "", else: "flow-\(index + 1)")
      if result.polls.contains(where: { $0.id == id }) { id = FlowReader.id("\(id.prefix(34))-\(index + 1)", else: id) }
      var conversion = FlowConversion(flow, id: id, file: file, language: language)
      if let poll = conversion.poll(startWords: startWords(of: flow, in: root)) { result.polls.append(poll) }
      result.findings += conversion.findings
    }
    return result
  }

  /// Words that start the flow, from the export's triggers.
  private static func startWords(of flow: JSONValue, in root: JSONValue) -> [String] {
    var words: [String] = []
    for trigger in root.list("triggers") where trigger["flow"]?["uuid"] == flow["uuid"] {
      let keywords = trigger.list("keywords").compactMap(\.string) + [trigger["keyword"]?.string].compactMap { $0 }
      words += keywords.filter { !$0.isEmpty && !words.contains($0) }
    }
    return Array(words.prefix(PollLimits.words))
  }

  /// A name as an id: small letters, digits, hyphens.
  static func id(_ name: String, else fallback: String) -> String {
    var id = ""
    for byte in name.lowercased().utf8 {
      if (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) {
        id.unicodeScalars.append(Unicode.Scalar(byte))
      } else if !id.isEmpty, id.last != "-" {
        id.append("-")
      }
      if id.utf8.count == PollLimits.id { break }
    }
    while id.last == "-" { id.removeLast() }
    return id.isEmpty ? fallback : id
  }
}

/// The polls of an export, and what they lack.
public struct FlowImport: Hashable, Sendable {
  /// One for each flow that can be one.
  public var polls: [Poll] = []
  /// By flow and node.
  public var findings: [FlowFinding] = []
}

extension JSONValue {
  /// The elements under a key; none for anything else.
  func list(_ key: String) -> [JSONValue] {
    guard case .array(let elements)? = self[key] else { return [] }
    return elements
  }

  /// The keys and values under a key; none for anything else.
  func members(_ key: String) -> [String: JSONValue] {
    guard case .object(let members)? = self[key] else { return [:] }
    return members
  }

  /// The text under a key; empty for anything else.
  func text(_ key: String) -> String { self[key]?.string ?? "" }

  /// The whole number under a key.
  func number(_ key: String) -> Int? {
    switch self[key] {
    case .number(let number): Int(exactly: number)
    case .string(let text): Int(text)
    default: nil
    }
  }
}
