internal import JagaCore
internal import JagaTranscripts

/// One part whose files were checked: its conversations, message by message, each with its truth.
struct PartSource {
  /// What was read, and what was left out.
  struct Tally: Sendable {
    /// Conversations that are not well-formed.
    var malformed = 0
    /// Messages with repaired characters.
    var warnings = 0
    /// Messages of a conversation and line that came before.
    var repeated = 0
    /// Conversations that a derived corpus leaves out.
    var notSelected = 0
    /// Ids of the selection that are in no file.
    var absentSelected = 0
    /// Authors that the truth names and that write nothing.
    var absentAuthors = 0
    /// Lines that the truth names and that are not there.
    var absentLines = 0
  }

  typealias Body = (MessageBatch, Int, _ conversation: String, _ author: String, GoldTruth) throws -> Void

  let part: KnownCorpus.Part
  let files: [CheckedFile]
  private let authors: Set<String>?
  private let lines: Set<PAN12Truth.Line>?
  private let selection: Set<String>?

  /// Reads the truth files. Throws `TranscriptError`.
  init(part: KnownCorpus.Part, files: [CheckedFile]) throws {
    self.part = part
    self.files = files
    func input(_ role: KnownFile.Role) -> TranscriptInput? {
      files.first { $0.role == role }.map { .file($0.path) }
    }
    authors = try input(.authors).map { try PAN12Truth.authors($0) }
    lines = try input(.lines).map { try PAN12Truth.suspiciousLines($0) }
    selection = try input(.selection).map { try PAN12Truth.authors($0) }
  }

  /// Hands out every message that belongs to the part. The messages of a conversation come together.
  func read(language: String = "", report: @escaping (Diagnostic) -> Void, _ body: Body) throws -> Tally {
    var tally = Tally()
    var restAuthors = authors ?? []
    var restLines = lines ?? []
    var restSelection = selection ?? []
    var skipped: String?
    let inputs = files.filter { $0.role == .conversations }.map { TranscriptInput.file($0.path) }
    let reader = TranscriptReader(inputs: inputs, format: .pan12) { diagnostic in
      if diagnostic.severity == .warning { tally.warnings += 1 }
      report(diagnostic)
    }
    var batch = MessageBatch()
    while try reader.read(into: &batch) {
      let stated = batch.append(language)
      for row in batch.rows.indices {
        let conversation = batch.string(batch.rows[row].conversationID)
        if let selection {
          guard selection.contains(conversation) else {
            if skipped != conversation { tally.notSelected += 1 }
            skipped = conversation
            continue
          }
          restSelection.remove(conversation)
        }
        let author = batch.string(batch.rows[row].authorID)
        var truth = GoldTruth(author: authors?.contains(author))
        if truth.author == true { restAuthors.remove(author) }
        if let lines {
          let line = PAN12Truth.Line(conversationID: conversation, messageID: batch.string(batch.rows[row].messageID))
          let isSought = lines.contains(line)
          truth.line = isSought
          if isSought { restLines.remove(line) }
        }
        batch.rows[row].language = stated
        try body(batch, row, conversation, author, truth)
      }
      batch.removeAll()
    }
    tally.malformed = reader.counters.malformed
    tally.repeated = reader.counters.duplicates
    tally.absentAuthors = restAuthors.count
    tally.absentLines = restLines.count
    tally.absentSelected = restSelection.count
    return tally
  }
}
