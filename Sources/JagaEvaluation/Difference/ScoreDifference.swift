public import JagaBatch
import JagaCore
public import JagaScoring
public import JagaTranscripts

/// Compares what two scorers say of the same inputs, message by message and conversation by conversation.
///
///     let difference = ScoreDifference(first: old, second: new, observer: printer) { change in print(change.messageID) }
///     let summary = try difference.run([.file("archive.jsonl")], settings: settings)
///     difference.counts.messages.newlyAtReview
///
/// A message is *changed* when its band differs, or its stage while one band is at least `watch`, or whether it is a disclosure. Both sides see what
/// `jaga score` would see, and conclude the same bits. Reasons are the terms of the sums that pull the way in which the verdict went; a change that lies in earlier
/// messages alone has none.
///
/// Cost: scoring twice, and explaining the changed messages. Memory is bounded: changed messages are handed on, and of causes there are at most as many as
/// entries, rules and pairs of concepts.
public final class ScoreDifference: PairObserver {
  /// What may be chosen.
  public struct Options: Sendable {
    /// Reasons kept of each changed message.
    public var reasonLimit = 3
    /// Hand on the texts.
    public var withText = false

    /// The defaults.
    public init() {}
  }

  /// What was counted so far.
  public private(set) var counts = DifferenceCounts()
  private let first: Scorer
  private let second: Scorer
  private let workspaces: (first: ScoringWorkspace, second: ScoringWorkspace)
  private let options: Options
  private let observer: any BatchObserver
  private let handOn: (ChangedMessage) throws -> Void

  /// Prepares a comparison. `handOn` gets every changed message in input order; `observer` what reading notices.
  public init(
    first: Scorer, second: Scorer, options: Options = Options(), observer: any BatchObserver,
    handOn: @escaping (ChangedMessage) throws -> Void
  ) {
    self.first = first
    self.second = second
    workspaces = (ScoringWorkspace(first), ScoringWorkspace(second))
    self.options = options
    self.observer = observer
    self.handOn = handOn
  }

  /// Reads all inputs. Throws what `handOn` throws, and when there is no memory for a parser.
  public func run(
    _ inputs: [TranscriptInput], format: TranscriptFormat? = nil, settings: BatchSettings,
    reading: ReaderOptions = ReaderOptions()
  ) throws -> BatchSummary {
    try PairRun(first: first, second: second, settings: settings, observer: self)
      .process(inputs, format: format, options: reading)
  }

  /// Counts a message, and hands it on when it changed.
  public func compared(_ message: PairedMessage) throws {
    counts.messages[message.first.band, message.second.band] += 1
    let disclosed = (isDecision(message.first.disclosureLogit), isDecision(message.second.disclosureLogit))
    let isRenamed = message.first.top != message.second.top && max(message.first.band, message.second.band) >= .watch
    guard message.first.band != message.second.band || isRenamed || disclosed.0 != disclosed.1 else { return }
    var left = first.messageScore(message.first)
    var right = second.messageScore(message.second)
    workspaces.first.explain(message.text, conclusion: message.first, contributions: true, into: &left)
    workspaces.second.explain(message.text, conclusion: message.second, contributions: true, into: &right)
    let reasons = DifferenceReason.reasons(left, right)
    left.contributions = []
    right.contributions = []
    let change = ChangedMessage(
      conversationID: message.string(message.row.conversationID), messageID: message.string(message.row.messageID),
      first: left, second: right, reasons: Array(reasons.prefix(max(options.reasonLimit, 1))),
      text: options.withText ? message.string(message.row.text) : nil)
    counts.changed += 1
    if left.band == right.band, isRenamed { counts.otherStage += 1 }
    if disclosed == (false, true) { counts.disclosures.gained += 1 }
    if disclosed == (true, false) { counts.disclosures.lost += 1 }
    counts.stages[change.stage, default: ChangeTally()].add(change)
    counts.causes[change.cause, default: ChangeTally()].add(change)
    try handOn(change)
  }

  /// Counts a conversation.
  public func compared(_ first: ConversationRecord, _ second: ConversationRecord) throws {
    counts.conversations[first.summary.band, second.summary.band] += 1
    if !first.summary.supportNeeded, second.summary.supportNeeded { counts.support.gained += 1 }
    if first.summary.supportNeeded, !second.summary.supportNeeded { counts.support.lost += 1 }
  }

  /// Passes it on.
  public func noticed(_ diagnostic: Diagnostic) { observer.noticed(diagnostic) }
  /// Passes it on.
  public func failed(_ error: TranscriptError) { observer.failed(error) }
  /// Passes it on.
  public func progressed(_ progress: BatchProgress) { observer.progressed(progress) }
}
