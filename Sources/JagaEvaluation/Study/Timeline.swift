public import JagaCore
internal import JagaTranscripts

/// One conversation, message by message, gold beside what each system said.
public struct Timeline: Hashable, Sendable {
  /// How it ended under the first system.
  public enum Outcome: String, CaseIterable, Sendable {
    /// Risky, and no alarm.
    case missed
    /// Harmless, and an alarm.
    case falseAlarm = "false alarm"
    /// Risky, and an alarm.
    case alarmed
  }

  /// What one system said about one message.
  public struct Said: Hashable, Sendable {
    /// Probability of a move.
    public var score: Double
    /// The most likely move; nil when the system does not say.
    public var top: Label?
    /// The message's band; nil when the system has none.
    public var band: Band?
    /// The conversation's band after the message; nil when the system has none.
    public var conversationBand: Band?
  }

  /// One message.
  public struct Step: Hashable, Sendable {
    /// Gold labels, the main one first; none where nobody labelled it.
    public var gold: [Label]
    /// PAN12: true for a suspicious line.
    public var isSuspicious: Bool
    /// One a system.
    public var said: [Said]
    /// Its text, only where that was asked for.
    public var text: String?
  }

  /// The conversation's id.
  public let id: String
  /// Gold label of the transcript; nil for PAN12.
  public let label: String?
  /// The language stated; nil when none is.
  public let language: String?
  /// The voice stated; nil when none is.
  public let voice: String?
  /// How it ended under the first system.
  public let outcome: Outcome
  /// Index, from 0, of the first message at which a careful moderator would want to be told; nil when not stated.
  public let firstRisk: Int?
  /// By system: index, from 0, of the message that raised the alarm; nil for none.
  public let alarms: [Int?]
  /// The messages, ``most`` at most.
  public internal(set) var steps: [Step]
  /// All messages of the conversation.
  public let messages: Int

  /// A page shows the first messages of a conversation up to so many.
  public static let most = 400
}

extension Timeline {
  /// Timelines of at most `count` conversations: missed ones, false alarms and alarmed ones by turns, each by id.
  ///
  /// Cost: one pass over all judged conversations, then their messages.
  static func choose(
    _ count: Int, gold: GoldTable, predictions: [PredictionTable], options: EvaluationOptions
  ) -> [(timeline: Timeline, rows: Range<Int>)] {
    guard let first = predictions.first, count > 0 else { return [] }
    var byOutcome: [Outcome: [(id: String, place: Int)]] = [:]
    for (place, conversation) in gold.conversations.enumerated() where conversation.isRisky != nil {
      let found = TranscriptPlan.outcome(conversation, gold, first, options)
      guard found.isRisky || found.alarm != nil else { continue }
      let outcome: Outcome = found.alarm == nil ? .missed : found.isRisky ? .alarmed : .falseAlarm
      byOutcome[outcome, default: []].append((conversation.id, place))
    }
    for outcome in Outcome.allCases { byOutcome[outcome]?.sort { $0 < $1 } }
    var chosen: [(Outcome, Int)] = []
    var turn = 0
    while chosen.count < count, byOutcome.values.contains(where: { $0.count > turn }) {
      for outcome in Outcome.allCases where chosen.count < count {
        if let list = byOutcome[outcome], list.count > turn { chosen.append((outcome, list[turn].place)) }
      }
      turn += 1
    }
    return Outcome.allCases.flatMap { outcome in
      chosen.filter { $0.0 == outcome }.map { _, place in
        let rows = gold.conversations[place].rows
        return (
          make(gold.conversations[place], outcome, gold, predictions, options), rows.prefix(most)
        )
      }
    }
  }

  private static func make(
    _ conversation: GoldTable.Conversation, _ outcome: Outcome, _ gold: GoldTable, _ predictions: [PredictionTable],
    _ options: EvaluationOptions
  ) -> Timeline {
    let alarms = predictions.map { TranscriptPlan.outcome(conversation, gold, $0, options).alarm.map { $0 - 1 } }
    let steps = conversation.rows.prefix(most).map { row in
      let item = gold.rows[row]
      let labels = Label.allCases.filter { item.labels & (1 << UInt32($0.rawValue)) != 0 }
      let main = item.main.map { [$0] } ?? []
      return Step(
        gold: main + labels.filter { $0 != item.main }, isSuspicious: item.isSuspicious,
        said: predictions.map { table in
          Said(
            score: table.scores[row], top: table.tops[row], band: table.bands[row],
            conversationBand: table.conversationBands[row])
        })
    }
    return Timeline(
      id: conversation.id, label: conversation.label?.name, language: conversation.language, voice: conversation.voice,
      outcome: outcome, firstRisk: conversation.firstRisk, alarms: alarms, steps: steps,
      messages: conversation.rows.count)
  }
}
