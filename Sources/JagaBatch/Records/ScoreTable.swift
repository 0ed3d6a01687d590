internal import JagaCore

/// Message records as a table for people, one conversation under one heading.
///
/// Not for machines: names are shortened, probabilities rounded, and the layout may change. Rows are written in order by one thread,
/// since a row's heading depends on the row before.
final class ScoreTable {
  private let style: TableStyle
  private let includesText: Bool
  private var conversation: [UInt8]?
  private var isUnderHeading = false
  private var hasHeader = false

  init(style: TableStyle, includesText: Bool) {
    self.style = style
    self.includesText = includesText
  }

  private static let bandWidth = 7
  private static let scoreWidth = 7
  private static let stageWidth = 25
  private static let chatWidth = 8
  private static let messageWidth = 10
  private static let authorWidth = 14
  private static let lead = bandWidth + scoreWidth + stageWidth + chatWidth + messageWidth + authorWidth

  /// Appends one row, with the headings that it needs.
  func write(_ record: ScoreRecord, to buffer: ByteBuffer) {
    writeHeadings(record, to: buffer)
    let score = record.score
    let isDisclosure = score.disclosure >= ScoreRecord.decisionPoint && score.disclosure > score.score
    let ink = ScoreTable.ink(isDisclosure ? .support : nil, score.band)
    buffer.inked(ink, style) {
      buffer.append(isDisclosure ? "support" : score.band.staticName, width: ScoreTable.bandWidth)
      if isDisclosure { buffer.append(UInt8(ascii: " ")) }
    }
    if !isDisclosure { buffer.append(UInt8(ascii: " ")) }
    buffer.append(rounded: isDisclosure ? score.disclosure : score.score)
    buffer.append("  ")
    let isNamed = isDisclosure || score.score >= ScoreRecord.decisionPoint || score.band != .none
    buffer.inked(isNamed ? ink : .dim, style) {
      buffer.append(isDisclosure ? "disclosure" : isNamed ? score.top.staticName : "-", width: ScoreTable.stageWidth)
    }
    buffer.inked(ScoreTable.ink(nil, record.conversation.band), style) {
      buffer.append(record.conversation.band.staticName, width: ScoreTable.chatWidth)
    }
    buffer.append(name: record.messageID, width: ScoreTable.messageWidth - 1)
    buffer.append(UInt8(ascii: " "))
    buffer.append(name: record.authorID, width: ScoreTable.authorWidth - 1)
    buffer.append(UInt8(ascii: " "))
    writeTail(record, ink: ink, to: buffer)
    buffer.append(UInt8(ascii: "\n"))
    if record.isExplained { writeContributions(record, to: buffer) }
  }

  private func writeHeadings(_ record: ScoreRecord, to buffer: ByteBuffer) {
    if !hasHeader {
      hasHeader = true
      buffer.inked(.dim, style) {
        buffer.append("band    score  stage                    chat    message   author        ")
        buffer.append(includesText ? "text" : "why")
      }
      buffer.append(UInt8(ascii: "\n"))
    }
    let isKnown = conversation.map { $0.elementsEqual(record.conversationID) } ?? false
    guard !isKnown else { return }
    conversation = Array(record.conversationID)
    // A message without a conversation is one of its own, and needs no heading but to leave another's.
    guard !record.conversationID.elementsEqual(record.messageID) else {
      if isUnderHeading { buffer.inked(.bold, style) { buffer.append("single messages") } }
      if isUnderHeading { buffer.append(UInt8(ascii: "\n")) }
      isUnderHeading = false
      return
    }
    isUnderHeading = true
    buffer.inked(.bold, style) {
      buffer.append("conversation ")
      let width = min(record.conversationID.count, style.columns - 13)
      buffer.append(name: record.conversationID, width: max(width, 1))
    }
    buffer.append(UInt8(ascii: "\n"))
  }

  /// The text with its words set off, or, where text is not shown, what the evidence rests on.
  private func writeTail(_ record: ScoreRecord, ink: Ink, to buffer: ByteBuffer) {
    let room = style.columns - ScoreTable.lead - 1
    let narrow = room < 24
    let indent = narrow ? 8 : ScoreTable.lead + 1
    if let text = record.text {
      if narrow {
        buffer.append("\n")
        buffer.append(UInt8(ascii: " "), times: indent)
      }
      let marked = MarkedText(columns: narrow ? style.columns - indent : room, indent: indent, style: style)
      let spans = record.score.evidence.compactMap(\.range).filter { $0.count > 0 }
      marked.write(text, marks: spans.map { MarkedText.Mark(range: $0, ink: ink == .plain ? .watch : ink) }, to: buffer)
      guard !record.score.evidence.isEmpty else { return }
      buffer.append("\n")
      buffer.append(UInt8(ascii: " "), times: indent)
    }
    writeSources(record, columns: max(room, 30), indent: indent, lines: record.text == nil ? 1 : 2, to: buffer)
  }

  /// What the evidence rests on, strongest first, as much as fits into so many lines.
  private func writeSources(_ record: ScoreRecord, columns: Int, indent: Int, lines: Int, to buffer: ByteBuffer) {
    var used = 0
    var line = 1
    buffer.inked(.dim, style) {
      for (index, item) in ScoreTable.reasons(record).enumerated() {
        var name = item.name
        let nameWidth = min(max(columns - 8, 8), name.unicodeScalars.reduce(0) { $0 + displayWidth($1) })
        if index > 0, used + nameWidth + 9 > columns {
          guard line < lines else { break }
          buffer.append(",\n")
          buffer.append(UInt8(ascii: " "), times: indent)
          line += 1
          used = 0
        } else if index > 0 {
          buffer.append(", ")
        }
        name.withUTF8 { buffer.append(name: $0, width: nameWidth) }
        buffer.append(UInt8(ascii: " "))
        buffer.append(signed: item.logit)
        used += nameWidth + 8
      }
    }
  }

  /// Evidence by name, added up, strongest first. A name is the id of a list's entry or a rule, else the words, which stand in the
  /// text beside it; without the text, the kind of term.
  private static func reasons(_ record: ScoreRecord) -> [(name: String, logit: Double)] {
    var named: [(name: String, logit: Double)] = []
    for evidence in record.score.evidence {
      var name = evidence.source
      if let text = record.text, let range = evidence.range, range.begin >= 0, range.begin < range.end,
        Int(range.end) <= text.count
      {
        if !name.contains(":") { name = String(decoding: text[Int(range.begin)..<Int(range.end)], as: UTF8.self) }
      }
      for prefix in ["lexicon:", "rule:"] where name.hasPrefix(prefix) { name.removeFirst(prefix.count) }
      if let known = named.firstIndex(where: { $0.name == name }) {
        named[known].logit += evidence.logit
      } else {
        named.append((name, evidence.logit))
      }
    }
    return named.sorted { $0.logit != $1.logit ? $0.logit > $1.logit : $0.name < $1.name }
  }

  private func writeContributions(_ record: ScoreRecord, to buffer: ByteBuffer) {
    for contribution in record.score.contributions {
      buffer.append(UInt8(ascii: " "), times: 8)
      buffer.append(text: contribution.head)
      buffer.append(UInt8(ascii: " "), times: max(1, ScoreTable.stageWidth - contribution.head.utf8.count))
      buffer.append(signed: contribution.logit)
      buffer.append("  ")
      buffer.append(text: contribution.source)
      if let range = contribution.range {
        buffer.append(UInt8(ascii: " "))
        buffer.append(integer: Int(range.begin))
        buffer.append("…")
        buffer.append(integer: Int(range.end))
      }
      buffer.append(UInt8(ascii: "\n"))
    }
  }

  static func ink(_ own: Ink?, _ band: Band) -> Ink {
    if let own { return own }
    return switch band {
    case .none: .plain
    case .watch: .watch
    case .review: .review
    case .high: .high
    }
  }
}
