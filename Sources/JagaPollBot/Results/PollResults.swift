/// What may be told of a poll's answers: counts from 5 up, and masked texts.
public struct PollResults: Hashable, Sendable {
  /// The poll.
  public var pollID: String
  /// Its version.
  public var pollVersion: Int
  /// In the poll's order.
  public var questions: [Question]

  /// Smaller counts are hidden.
  public static let smallest = SmallCells.threshold
  /// The id under which free text is counted; no choice can have it.
  public static let freeText = "(text)"
  /// The id under which all answers to a question are counted.
  public static let all = "(all)"

  /// The answers to one question.
  public struct Question: Hashable, Sendable {
    /// The step's id.
    public var id: String
    /// How many answered; nil where that is hidden.
    public var answered: Int?
    /// In the question's order, free text last.
    public var choices: [Choice]
    /// The same by the choices of each group question.
    public var groups: [Group] = []
    /// Texts that may leave, masked, in the order of their letters.
    public var texts: [String] = []
  }

  /// How often a choice was made.
  public struct Choice: Hashable, Sendable {
    /// The choice, or ``PollResults/freeText``.
    public var id: String
    /// Its label in the poll's default language.
    public var label: String
    /// Nil where it is hidden.
    public var count: Int?
  }

  /// A question by a group question.
  public struct Group: Hashable, Sendable {
    /// The group question.
    public var questionID: String
    /// By the group's choices, then the question's.
    public var cells: [Cell]
  }

  /// How often a choice was made in one group.
  public struct Cell: Hashable, Sendable {
    /// The choice of the group question.
    public var value: String
    /// The choice of the question.
    public var choiceID: String
    /// Nil where it is hidden.
    public var count: Int?
  }
}

extension PollResults {
  /// The counts as CSV (RFC 4180): one row for each count, in the poll's order. A hidden count is empty, with `yes` in the last column.
  public func csv() -> [UInt8] {
    var table = CSVTable(["poll", "version", "question", "choice", "label", "group", "value", "count", "hidden"])
    func add(_ question: String, _ choice: String, _ label: String, _ group: String, _ value: String, _ count: Int?) {
      table.add([
        pollID, String(pollVersion), question, choice, label, group, value, count.map(String.init) ?? "",
        count == nil ? "yes" : "",
      ])
    }
    for question in questions {
      add(question.id, PollResults.all, "", "", "", question.answered)
      for choice in question.choices { add(question.id, choice.id, choice.label, "", "", choice.count) }
      for group in question.groups {
        for cell in group.cells {
          let label = question.choices.first { $0.id == cell.choiceID }?.label ?? ""
          add(question.id, cell.choiceID, label, group.questionID, cell.value, cell.count)
        }
      }
    }
    return table.bytes
  }

  /// The texts that may leave as CSV: without group, order or session.
  public func textCSV() -> [UInt8] {
    var table = CSVTable(["poll", "version", "question", "text"])
    for question in questions {
      for text in question.texts { table.add([pollID, String(pollVersion), question.id, text]) }
    }
    return table.bytes
  }
}

/// Writes CSV that a spreadsheet shows and does not run.
struct CSVTable {
  private(set) var bytes: [UInt8] = []

  init(_ header: [String]) { add(header) }

  mutating func add(_ fields: [String]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(field)
    }
    bytes.append(contentsOf: "\r\n".utf8)
  }

  private mutating func append(_ field: String) {
    var text = field
    // What begins so is a formula to a spreadsheet, also after spaces.
    if let first = text.unicodeScalars.first(where: { $0 != " " }),
      "=+-@\t\r\n\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains(first)
    {
      text = "'" + text
    }
    guard text.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
