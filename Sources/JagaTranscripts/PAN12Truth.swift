/// The ground truth of PAN12.
public enum PAN12Truth {
  /// One suspicious line of problem 2.
  public struct Line: Hashable, Sendable {
    /// The conversation's id.
    public var conversationID: String
    /// The `line` of the message.
    public var messageID: String

    /// Creates a line.
    public init(conversationID: String, messageID: String) {
      self.conversationID = conversationID
      self.messageID = messageID
    }
  }

  /// Problem 1: author ids, one a line; blank lines do not count. Throws when the file cannot be read.
  public static func authors(_ input: TranscriptInput) throws(TranscriptError) -> Set<String> {
    Set(try lines(input).map { String($0.text) })
  }

  /// Problem 2: conversation id, tab, line. Throws ``TranscriptError/invalidGold(file:line:field:)`` at a line of another
  /// shape.
  public static func suspiciousLines(_ input: TranscriptInput) throws(TranscriptError) -> Set<Line> {
    var found: Set<Line> = []
    for (number, text) in try lines(input) {
      let parts = text.split(whereSeparator: { $0 == "\t" || $0 == " " })
      guard parts.count == 2 else { throw .invalidGold(file: input.name, line: number, field: "conversation and line") }
      found.insert(Line(conversationID: String(parts[0]), messageID: String(parts[1])))
    }
    return found
  }

  private static func lines(_ input: TranscriptInput) throws(TranscriptError) -> [(number: Int, text: String)] {
    let bytes = try ByteStream(input).readAll(limit: 256 << 20)
    var found: [(number: Int, text: String)] = []
    bytes.withUnsafeBufferPointer { buffer in
      let skip = buffer.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      let text = buffer.part(skip..<buffer.count)
      var scanner = LineScanner()
      while let range = scanner.next(in: text) {
        let trimmed = text.part(range).trimmed
        if !trimmed.isEmpty { found.append((scanner.line + 1, String(decoding: trimmed, as: UTF8.self))) }
      }
    }
    return found
  }
}
