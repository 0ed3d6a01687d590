internal import JagaBatch
public import JagaCore
public import JagaTranscripts

/// What annotators said, as columns over messages; each row knows its conversation, which is what a resample draws.
///
///     let gold = try GoldTable(GoldSources(files: [.file("messages.jsonl"), .file("transcripts.jsonl")]))
///     gold.messages.count
///
/// Ids, labels and places only: texts stay out, except for the input of a scorer where that is asked for. Memory: about 150 bytes a
/// message and its ids.
public struct GoldTable: Sendable {
  /// Where a message comes from.
  public enum Kind: UInt8, CaseIterable, Sendable {
    /// A message of its own, or of a conversation in canonical JSONL.
    case message
    /// A turn of a gold transcript.
    case turn
    /// A line of PAN12.
    case line
  }

  /// One message.
  public struct Row: Sendable {
    /// Where it comes from.
    public var kind: Kind
    /// Its conversation's place in ``GoldTable/conversations``.
    public var conversation: Int
    /// Its id in its conversation.
    public var messageID: String
    /// Its author's place in ``GoldTable/authors``; -1 for all but PAN12.
    public var author = -1
    /// Gold labels as a bit set over ``Label/rawValue``; 0 without any.
    public var labels: UInt32 = 0
    /// The main gold label; nil without any.
    public var main: Label?
    /// The language stated; nil when none is.
    public var language: String?
    /// The voice stated; nil when none is.
    public var voice: String?
    /// How long its text is.
    public var length = LengthClass.few
    /// The place of its file in ``GoldTable/files``.
    public var file: Int
    /// Its line, from 1; 0 when it is not known.
    public var line = 0
    /// Problem 2 of PAN12: true for a suspicious line.
    public var isSuspicious = false

    /// True for a gold move.
    public var isMove: Bool { labels & ((1 << UInt32(Label.moveCount)) - 1) != 0 }
    /// True for a gold disclosure.
    public var isDisclosure: Bool { labels & (1 << UInt32(Label.disclosure.rawValue)) != 0 }
  }

  /// One conversation.
  public struct Conversation: Sendable {
    /// Where its messages come from.
    public var kind: Kind
    /// Its id.
    public var id: String
    /// True for a message without a conversation.
    public var isAlone = false
    /// Gold label of a transcript; nil without one.
    public var label: TranscriptLabel?
    /// Whether an alarm is right: a transcript of a track, or a PAN12 conversation with a predator. Nil when nobody says.
    public var isRisky: Bool?
    /// Index, from 0, of the first message at which a careful moderator would want to be told; nil when not stated.
    public var firstRisk: Int?
    /// The language stated; nil when none is.
    public var language: String?
    /// The voice stated; nil when none is.
    public var voice: String?
    /// Its messages in ``GoldTable/rows``, when they stand together (transcripts and PAN12).
    public var rows = 0..<0
  }

  /// What was read, and what was left out.
  public struct Counts: Hashable, Sendable {
    /// Messages without gold labels in canonical JSONL; they are scored, but not judged.
    public var unlabelled = 0
    /// Messages and transcripts that came twice; each counts once.
    public var repeated = 0
    /// Records of PAN12 that could not be read.
    public var malformed = 0
    /// Truth of PAN12 that names no author of the files. They count as missed, as in the task.
    public var absentAuthors = 0
    /// Truth of PAN12 that names no line of the files. They count as missed.
    public var absentLines = 0
  }

  /// All messages, conversations of transcripts and PAN12 in one piece.
  public internal(set) var rows: [Row] = []
  /// All conversations.
  public internal(set) var conversations: [Conversation] = []
  /// Names of the files.
  public internal(set) var files: [String] = []
  /// Author ids of PAN12, and whether the truth names each.
  public internal(set) var authors: [(id: String, isPredator: Bool)] = []
  /// Whether there is truth of problem 1 and of problem 2.
  public internal(set) var truth = (authors: false, lines: false)
  /// What was left out.
  public internal(set) var counts = Counts()
  /// Every message as canonical JSONL whose `message_id` is its row, questions before their answers; empty unless asked for.
  var input: [UInt8] = []

  /// Lets go of the texts, once they are scored.
  public mutating func forgetTexts() { input = [] }

  /// True for a row that some figure rests on: it has a label, or an alarm or a truth of its conversation is judged.
  public func isJudged(_ row: Int) -> Bool {
    rows[row].labels != 0 || rows[row].kind == .line || conversations[rows[row].conversation].isRisky != nil
  }

  /// Rows of a kind.
  public func count(_ kind: Kind) -> Int { rows.count { $0.kind == kind } }
}

/// Files of gold data, and what is to be read of them.
public struct GoldSources: Sendable {
  /// The files; PAN12 XML is recognised, everything else is read as JSON lines.
  public var files: [TranscriptInput]
  /// Problem 1 of PAN12: predators' ids.
  public var authors: TranscriptInput?
  /// Problem 2 of PAN12: suspicious lines.
  public var lines: TranscriptInput?
  /// Whether to keep what a scorer needs, texts included.
  public var keepsText: Bool
  /// Whether a polled message is scored after its `question`.
  public var asksQuestions: Bool
  /// Gets what the reader of PAN12 notices.
  public var report: @Sendable (Diagnostic) -> Void

  /// Creates sources.
  public init(
    files: [TranscriptInput], authors: TranscriptInput? = nil, lines: TranscriptInput? = nil, keepsText: Bool = false,
    asksQuestions: Bool = true, report: @escaping @Sendable (Diagnostic) -> Void = { _ in }
  ) {
    self.files = files
    self.authors = authors
    self.lines = lines
    self.keepsText = keepsText
    self.asksQuestions = asksQuestions
    self.report = report
  }
}
