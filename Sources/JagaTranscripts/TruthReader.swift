internal import CSIMDJSON
public import JagaCore

/// What the truth files of a corpus such as PAN12 say of one message: `"truth":{"author":true,"line":false}` in canonical JSONL.
public struct GoldTruth: Hashable, Sendable {
  /// Whether the author is one of those that are sought (problem 1 of PAN12); nil without such truth.
  public var author: Bool?
  /// Whether the message is one of those that are sought (problem 2); nil without such truth.
  public var line: Bool?

  /// Creates a truth; nothing is said by default.
  public init(author: Bool? = nil, line: Bool? = nil) {
    self.author = author
    self.line = line
  }

  /// True when nothing is said.
  public var isSilent: Bool { author == nil && line == nil }

  func append(to output: inout [UInt8]) {
    var opening = UInt8(ascii: "{")
    for (name, value) in [("author", author), ("line", line)] {
      guard let value else { continue }
      output.append(opening)
      opening = UInt8(ascii: ",")
      output.append(contentsOf: "\"\(name)\":\(value)".utf8)
    }
    output.append(0x7D)
  }
}

/// Reads the canonical JSONL that `jaga import` writes, message by message, each with its truth.
///
///     if TruthReader.recognises(input) {
///       try TruthReader.read(input) { message, truth in … }
///     }
///
/// As strict as ``GoldReader``. Memory: one chunk.
public enum TruthReader {
  /// True for a file whose first record is a message with `truth`. What cannot be read is left to the reader proper.
  public static func recognises(_ input: TranscriptInput) -> Bool {
    guard case .file = input else { return false }
    var found = false
    do {
      try GoldReader.forEachRecord([input]) { root, _ in
        found = root["truth"]?.kind == .object && root["text"] != nil
        return false
      }
    } catch {
      return false
    }
    return found
  }

  /// Reads a file to its end. Throws ``TranscriptError`` at the first record that is malformed or lacks `truth`, and what `body` throws.
  public static func read(_ input: TranscriptInput, _ body: (Message, GoldTruth) throws -> Void) throws {
    try GoldReader.forEachRecord([input]) { root, place in
      guard root.kind == .object else {
        throw TranscriptError.malformed(Diagnostic(file: place.file, line: place.line, cause: .notAnObject))
      }
      guard let stated = root["truth"], stated.kind == .object else {
        throw TranscriptError.malformed(Diagnostic(file: place.file, line: place.line, cause: .missingField("truth")))
      }
      let truth = GoldTruth(
        author: try flag(stated["author"], "truth.author", place), line: try flag(stated["line"], "truth.line", place))
      guard !truth.isSilent else {
        throw TranscriptError.invalidGold(file: place.file, line: place.line, field: "truth")
      }
      try body(try GoldReader.goldMessage(root, place).message, truth)
      return true
    }
  }

  private static func flag(_ node: JSONNode?, _ name: String, _ place: RecordPlace) throws(TranscriptError) -> Bool? {
    guard let node else { return nil }
    guard node.kind == .boolean else { throw .invalidGold(file: place.file, line: place.line, field: name) }
    return node.isTrue
  }
}
