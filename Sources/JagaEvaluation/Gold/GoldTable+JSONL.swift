internal import JagaCore
internal import JagaTranscripts

extension GoldTable {
  /// Who asks a poll's question: anybody but the author of the answer.
  static let asker = "jaga:question"

  /// Reads all files. Throws `TranscriptError` at the first record that cannot be read (PAN12 skips and counts broken conversations), and
  /// ``EvaluationError`` when there is nothing to judge.
  public init(_ sources: GoldSources) throws {
    files = sources.files.map(\.name)
    var xml: [TranscriptInput] = []
    var imported: [TranscriptInput] = []
    var lines: [TranscriptInput] = []
    for input in sources.files {
      if GoldTable.isPAN12(input) {
        xml.append(input)
      } else if TruthReader.recognises(input) {
        imported.append(input)
      } else {
        lines.append(input)
      }
    }
    let gold = try GoldReader.read(lines)
    var places: [String: Int] = [:]
    for (index, name) in files.enumerated() where places[name] == nil { places[name] = index }
    let writer = InputWriter(isOn: sources.keepsText)
    add(gold.messages, places: places, asksQuestions: sources.asksQuestions, writer: writer)
    add(gold.transcripts, places: places, writer: writer)
    if let first = xml.first, sources.authors == nil, sources.lines == nil {
      throw EvaluationError.noTruth(file: first.name)
    }
    if !xml.isEmpty || !imported.isEmpty {
      try addPAN12(xml, imported: imported, sources: sources, places: places, writer: writer)
    } else if sources.authors != nil || sources.lines != nil {
      throw EvaluationError.truthWithoutPAN12
    }
    input = writer.bytes
    guard
      rows.contains(where: { $0.labels != 0 }) || conversations.contains(where: { $0.isRisky != nil }) || truth.lines
    else {
      throw EvaluationError.noGold(files: files)
    }
    guard rows.count < Int(Int32.max) else { throw EvaluationError.tooLarge(limit: Int(Int32.max)) }
  }

  private static func isPAN12(_ input: TranscriptInput) -> Bool {
    guard case .file = input else { return false }
    // What cannot be recognised is left to the reader of gold data, whose error names the line.
    return (try? TranscriptFormat.recognise(input)) == .pan12
  }

  private mutating func add(
    _ messages: [GoldMessage], places: [String: Int], asksQuestions: Bool, writer: InputWriter
  ) {
    var known: [String: Int] = [:]
    var seen: Set<String> = []
    for gold in messages {
      let message = gold.message
      var place = conversations.count
      if !gold.isAlone {
        let isNew = seen.insert(message.conversationID + "\u{0}" + message.messageID).inserted
        guard isNew else {
          counts.repeated += 1
          continue
        }
        place = known[message.conversationID] ?? place
        known[message.conversationID] = place
      }
      if place == conversations.count {
        conversations.append(
          Conversation(
            kind: .message, id: message.conversationID, isAlone: gold.isAlone, language: message.language,
            voice: gold.voice))
      }
      if message.labels.isEmpty { counts.unlabelled += 1 }
      let question = asksQuestions ? gold.question : nil
      let key = gold.isAlone && question == nil ? nil : place
      if let question { writer.add(question, author: GoldTable.asker, conversation: key, row: nil) }
      writer.add(message.text, author: message.authorID, conversation: key, row: rows.count)
      var row = GoldTable.row(message, .message, conversation: place, file: places[gold.file] ?? 0, line: gold.line)
      row.voice = gold.voice
      rows.append(row)
    }
  }

  private mutating func add(_ transcripts: [GoldTranscript], places: [String: Int], writer: InputWriter) {
    var seen: Set<String> = []
    for gold in transcripts {
      guard seen.insert(gold.id).inserted else {
        counts.repeated += 1
        continue
      }
      let place = conversations.count
      var made = Conversation(kind: .turn, id: gold.id, label: gold.label, firstRisk: gold.firstRisk)
      made.language = gold.language
      made.voice = gold.voice
      if let label = gold.label {
        if case .track = label { made.isRisky = true } else { made.isRisky = false }
      }
      made.rows = rows.count..<rows.count + gold.messages.count
      for message in gold.messages {
        writer.add(message.text, author: message.authorID, conversation: place, row: rows.count)
        var row = GoldTable.row(message, .turn, conversation: place, file: places[gold.file] ?? 0, line: gold.line)
        row.voice = gold.voice
        rows.append(row)
      }
      conversations.append(made)
    }
  }

  private static func row(_ message: Message, _ kind: Kind, conversation: Int, file: Int, line: Int) -> Row {
    var row = Row(kind: kind, conversation: conversation, messageID: message.messageID, file: file)
    row.labels = message.labels.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
    row.main = message.labels.first
    row.language = message.language
    row.length = LengthClass(text: message.text)
    row.line = line
    return row
  }
}

/// Writes what a scorer is to read: canonical JSONL under numbers instead of ids, so that nothing of theirs can clash.
final class InputWriter {
  private(set) var bytes: [UInt8] = []
  private let isOn: Bool
  private var questions = 0

  init(isOn: Bool) { self.isOn = isOn }

  /// Adds a message; without a row, it is only context.
  func add(_ text: String, author: String, conversation: Int?, row: Int?) {
    guard isOn else { return }
    bytes.append(UInt8(ascii: "{"))
    if let conversation {
      bytes.append(contentsOf: "\"conversation_id\":\"".utf8)
      JSONWriter.append(conversation, to: &bytes)
      bytes.append(contentsOf: "\",".utf8)
    }
    bytes.append(contentsOf: "\"message_id\":\"".utf8)
    if let row {
      JSONWriter.append(row, to: &bytes)
    } else {
      questions += 1
      bytes.append(UInt8(ascii: "q"))
      JSONWriter.append(questions, to: &bytes)
    }
    bytes.append(contentsOf: "\",\"author_id\":".utf8)
    JSONWriter.append(author, to: &bytes)
    bytes.append(contentsOf: ",\"text\":".utf8)
    JSONWriter.append(text, to: &bytes)
    bytes.append(contentsOf: "}\n".utf8)
  }
}
