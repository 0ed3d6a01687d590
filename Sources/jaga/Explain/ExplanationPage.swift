internal import JagaBatch
internal import JagaCore

/// An explanation for people: the marked text, the result, and for each head the sum with its terms.
struct ExplanationPage {
  let explained: ExplainedMessage
  let style: TableStyle
  /// Terms printed of each head; 0 prints all.
  let terms: Int
  let hasBaseRate: Bool

  /// A line of a sum: equal sources on equal words are one.
  private struct Line {
    var source: String
    var range: SourceRange?
    var logit: Double
  }

  /// Appends the page.
  func write(to buffer: ByteBuffer) {
    explained.text.withUnsafeBufferPointer { bytes in
      MarkedText(columns: style.columns - 2, indent: 0, style: style).write(bytes, marks: marks(), to: buffer)
    }
    buffer.append("\n\n")
    writeResult(to: buffer)
    for head in explained.heads {
      buffer.append(UInt8(ascii: "\n"))
      writeHead(head, to: buffer)
    }
  }

  /// Each word in the colour of what all terms of the head `move` that rest on it add together; of the head `disclosure` for a disclosure.
  private func marks() -> [MarkedText.Mark] {
    let head = isDisclosure ? "disclosure" : "move"
    var sums = [Double](repeating: 0, count: explained.text.count)
    for term in explained.score.contributions where term.head == head {
      guard let range = term.range, range.begin >= 0, Int(range.end) <= sums.count else { continue }
      for byte in Int(range.begin)..<max(Int(range.begin), Int(range.end)) { sums[byte] += term.logit }
    }
    var marks: [MarkedText.Mark] = []
    for (byte, sum) in sums.enumerated() {
      let ink = ExplanationPage.ink(sum)
      if let last = marks.last, last.ink == ink, Int(last.range.end) == byte {
        marks[marks.count - 1].range.end = Int32(byte + 1)
      } else {
        marks.append(MarkedText.Mark(range: SourceRange(begin: Int32(byte), end: Int32(byte + 1)), ink: ink))
      }
    }
    return marks
  }

  private static func ink(_ sum: Double) -> Ink {
    if sum >= 1.5 { return .high }
    if sum >= 0.6 { return .review }
    if sum >= 0.2 { return .watch }
    return sum <= -0.2 ? .calm : .plain
  }

  private var isDisclosure: Bool {
    explained.score.disclosure >= ScoreRecord.decisionPoint && explained.score.disclosure > explained.score.score
  }

  private func writeResult(to buffer: ByteBuffer) {
    let score = explained.score
    let ink: Ink =
      switch score.band {
      case .none: .plain
      case .watch: .watch
      case .review: .review
      case .high: .high
      }
    buffer.append("band ")
    buffer.inked(ink, style) { buffer.append(score.band.staticName) }
    buffer.append("   score ")
    buffer.inked(.bold, style) { buffer.append(rounded: score.score) }
    buffer.append("   most likely move ")
    buffer.inked(ink, style) { buffer.append(score.top.staticName) }
    buffer.append("   disclosure ")
    buffer.inked(isDisclosure ? .support : .plain, style) { buffer.append(rounded: score.disclosure) }
    buffer.append("\nlanguage ")
    buffer.append(score.language.staticName)
    buffer.append("   conversation ")
    buffer.append(explained.conversation.band.staticName)
    buffer.append(UInt8(ascii: " "))
    buffer.append(rounded: explained.conversation.score)
    if explained.conversation.supportNeeded { buffer.append("   support needed") }
    buffer.append("   model ")
    buffer.append(text: explained.modelID)
    buffer.append(UInt8(ascii: "\n"))
  }

  private func writeHead(_ head: String, to buffer: ByteBuffer) {
    let total = explained.total(of: head)
    buffer.inked(.bold, style) { buffer.append(text: head) }
    buffer.inked(.dim, style) { buffer.append(text: caption(head)) }
    buffer.append(UInt8(ascii: "\n"))
    var lines = grouped(head)
    let fixed = lines.filter { $0.range == nil }
    lines.removeAll { $0.range == nil }
    lines.sort { left, right in
      if left.logit.magnitude != right.logit.magnitude { return left.logit.magnitude > right.logit.magnitude }
      return (left.range?.begin ?? -1, left.source) < (right.range?.begin ?? -1, right.source)
    }
    for line in fixed where line.source == "prior" { write(line, to: buffer) }
    let shown = terms == 0 ? lines.count : min(terms, lines.count)
    for line in lines[..<shown] { write(line, to: buffer) }
    if shown < lines.count {
      let rest = lines[shown...].reduce(0) { $0 + $1.logit }
      let count = lines.count - shown
      write(Line(source: "\(count) smaller term\(count == 1 ? "" : "s")", range: nil, logit: rest), to: buffer)
    }
    for line in fixed where line.source != "prior" { write(line, to: buffer) }
    buffer.append("  ")
    buffer.inked(.dim, style) { buffer.append("──────────") }
    buffer.append(UInt8(ascii: "\n"))
    writeLogit(total, to: buffer)
    writeProbability(head, to: buffer)
  }

  private func caption(_ head: String) -> String {
    switch head {
    case "move": "  is it a move?"
    case "disclosure": "  does somebody tell of it, or ask for help?"
    default: "  which move, if it is one?"
    }
  }

  /// Terms of the same source on the same words, added up; in order of first appearance.
  private func grouped(_ head: String) -> [Line] {
    var lines: [Line] = []
    var places: [Key: Int] = [:]
    for term in explained.score.contributions where term.head == head {
      let key = Key(source: term.source, range: term.range)
      if let place = places[key] {
        lines[place].logit += term.logit
      } else {
        places[key] = lines.count
        lines.append(Line(source: term.source, range: term.range, logit: term.logit))
      }
    }
    return lines
  }

  private struct Key: Hashable {
    let source: String
    let range: SourceRange?
  }

  private func write(_ line: Line, to buffer: ByteBuffer) {
    writeLogit(line.logit, to: buffer)
    buffer.append("  ")
    buffer.append(text: line.source)
    if let range = line.range {
      buffer.append(UInt8(ascii: " "), times: max(2, 34 - line.source.utf8.count))
      let marked = MarkedText(columns: 0, indent: 0, style: style)
      explained.withWords(range) { words in
        buffer.inked(ExplanationPage.ink(line.logit), style) {
          marked.writeShortened(words, columns: max(style.columns - 50, 16), to: buffer)
        }
      }
    }
    buffer.append(UInt8(ascii: "\n"))
  }

  /// A logit with sign and four decimals, right-aligned.
  private func writeLogit(_ value: Double, to buffer: ByteBuffer) {
    let units = Int((value.magnitude * 10_000).rounded())
    var digits = String(units % 10_000)
    while digits.count < 4 { digits = "0" + digits }
    let number = (value < 0 && units > 0 ? "-" : "+") + "\(units / 10_000).\(digits)"
    buffer.append(UInt8(ascii: " "), times: max(0, 12 - number.utf8.count))
    buffer.append(text: number)
  }

  private func writeProbability(_ head: String, to buffer: ByteBuffer) {
    let score = explained.score
    switch head {
    case "move":
      buffer.append("  → probability ")
      buffer.append(rounded: score.score)
    case "disclosure":
      buffer.append("  → probability ")
      buffer.append(rounded: score.disclosure)
    default:
      guard let label = Label(name: head), Int(label.rawValue) < score.labels.count, score.score > 0 else { break }
      let joint = score.labels[Int(label.rawValue)]
      buffer.append("  → ")
      buffer.append(rounded: joint / score.score)
      buffer.append(" of the move's ")
      buffer.append(rounded: score.score)
      buffer.append(" = ")
      buffer.append(rounded: joint)
    }
    buffer.append(UInt8(ascii: "\n"))
  }
}
