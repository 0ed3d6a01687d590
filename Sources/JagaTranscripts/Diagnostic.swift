/// One thing that a reader noticed: where, what and how bad; never the text.
public struct Diagnostic: Hashable, Sendable {
  /// How bad it is.
  public enum Severity: String, Sendable {
    /// The record was skipped.
    case malformed
    /// The record was read, with something repaired or left out.
    case warning
    /// Worth knowing; nothing is wrong.
    case notice
  }

  /// The file, or `standard input`.
  public var file: String
  /// The line, from 1; 0 when it is not known.
  public var line: Int
  /// What was found.
  public var cause: Cause

  /// Creates a diagnostic.
  public init(file: String, line: Int, cause: Cause) {
    self.file = file
    self.line = line
    self.cause = cause
  }

  /// How bad it is, by its cause.
  public var severity: Severity { cause.severity }

  /// What a reader found. Associated values are names of fields and numbers, never text of a message.
  public enum Cause: Hashable, Sendable {
    case invalidJSON
    case notAnObject
    case missingField(String)
    /// An id's key is spelt another way, as `conversationId`, and would be lost.
    case otherSpelling(of: String)
    case wrongType(String)
    case nestedTooDeep(limit: Int)
    case recordTooLong(limit: Int)
    case fieldTooLong(text: Int, id: Int)
    case outOfMemory
    case invalidXML
    case outsideConversation
    case unterminatedQuote
    case strayQuote
    case fieldCount(expected: Int, found: Int)
    case noHeader
    case loneSurrogate
    case invalidUTF8
    case invalidTimestamp
    /// A label outside the taxonomy; its name is not kept, since anything may stand there.
    case unknownLabel
    case ambiguousDate
    case conflictingDates
  }

  /// `FILE:LINE: cause; remedy`.
  public var rendered: String { "\(place): \(cause.sentence)" }

  var place: String { line > 0 ? "\(file):\(line)" : file }
}

extension Diagnostic.Cause {
  /// How bad it is.
  public var severity: Diagnostic.Severity {
    switch self {
    case .loneSurrogate, .invalidUTF8, .invalidTimestamp, .unknownLabel, .conflictingDates: .warning
    case .ambiguousDate: .notice
    default: .malformed
    }
  }

  /// The cause and its remedy in one sentence.
  public var sentence: String { sentence(stopping: false) }

  /// The same; `stopping`: the reader stops here instead of skipping.
  func sentence(stopping: Bool) -> String {
    let record = stopping ? "stopped" : "record skipped"
    let line = stopping ? "stopped" : "line skipped"
    let conversation = stopping ? "stopped" : "conversation skipped"
    return switch self {
    case .invalidJSON: "not well-formed JSON; \(record), write one JSON object a line"
    case .notAnObject: "JSON, but not an object; \(record), write one JSON object a line"
    case .missingField(let key): "no \"\(key)\"; \(record), every message needs it"
    case .otherSpelling(let key): "a key that is \"\(key)\" but for its spelling; \(record), name it \"\(key)\""
    case .wrongType(let key): "\"\(key)\" has a value of the wrong type; \(record), see the format's reference"
    case .nestedTooDeep(let limit): "nested more than \(limit) levels deep; \(record), flatten it"
    case .recordTooLong(let limit): "longer than \(limit) bytes; \(record), split it or raise the record limit"
    case .fieldTooLong(let text, let id):
      "a text of more than \(text) bytes or an id of more than \(id); \(record), shorten it"
    case .outOfMemory: "not enough memory for this record; \(record)"
    case .invalidXML: "not well-formed XML; \(conversation), check its tags and entities"
    case .outsideConversation: "text outside any <conversation>; \(conversation), check the tags before it"
    case .unterminatedQuote: "a quoted field never ends; \(line), close it or double the quotes inside it"
    case .strayQuote: "text after a closing quote; \(record), double the quotes inside quoted fields"
    case .fieldCount(let expected, let found):
      "\(found) field\(found == 1 ? "" : "s") where the header has \(expected); \(record), "
        + "quote fields that hold a separator"
    case .noHeader: "before the first dated line; \(line), export the chat again or cut what precedes it"
    case .loneSurrogate: "half of a surrogate pair in an escape; read as U+FFFD, write characters as UTF-8"
    case .invalidUTF8: "bytes that are not UTF-8; read as U+FFFD, save the file as UTF-8"
    case .invalidTimestamp: "not a time; read as unknown, write RFC 3339 or seconds or milliseconds since 1970"
    case .unknownLabel: "a label that does not exist; left out, write track.stage, disclosure or benign"
    case .ambiguousDate: "dates fit both day/month and month/day; read as day/month"
    case .conflictingDates:
      "dates fit neither day/month nor month/day throughout; read as day/month, the rest as unknown"
    }
  }
}
