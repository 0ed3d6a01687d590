/// Why a flow cannot be read at all. Facts only, never text of a message.
public struct FlowError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, as it was named.
  public var file: String
  /// What is wrong.
  public var fault: Fault

  /// What is wrong with the file.
  public enum Fault: Hashable, Sendable {
    /// Larger than the limit, in bytes.
    case tooLarge(limit: Int)
    /// Not JSON, or nested too deeply.
    case notJSON
    /// No `flows` in it.
    case noFlows
  }

  /// The file, what is wrong, what to do.
  public var description: String {
    switch fault {
    case .tooLarge(let limit): "\(file): larger than \(limit) bytes; export fewer flows"
    case .notJSON: "\(file): not JSON; export the flows of RapidPro again"
    case .noFlows: "\(file): no flows in it; export them with 'Export' in RapidPro's list of flows"
    }
  }
}

/// Something of a flow that a poll does not have. Nothing is left out without one.
public struct FlowFinding: Hashable, Sendable {
  /// The file, as it was named.
  public var file: String
  /// The poll that the flow became, or would have.
  public var pollID: String
  /// The node's uuid; empty where it is about the whole flow.
  public var node: String
  /// What was left out or changed.
  public var fault: FlowFault
}

/// What was left out or changed.
public enum FlowFault: Hashable, Sendable {
  // The flow is left out.
  /// A version of the format other than 13 and 14.
  case version(found: String)
  /// A flow for calls or the background.
  case kind(found: String)
  /// No question or message is reached in it.
  case nothing
  /// More steps or choices than a poll may have.
  case tooMany(what: String, count: Int, limit: Int)

  // Part of it is.
  /// A language the bot does not speak.
  case language(code: String)
  /// An action that only RapidPro can do.
  case action(type: String)
  /// Pictures and sounds of a message.
  case attachments
  /// Parts of a text that RapidPro fills in.
  case expressions(count: Int)
  /// A test of a reply that the bot does not have.
  case test(type: String, category: String)
  /// A test the bot does less exactly: the words are heard together, or any text is an answer.
  case looseTest(type: String, category: String)
  /// A category that no test leads to.
  case category(name: String)
  /// A split that is not on the reply: the way that is followed instead.
  case split(on: String, followed: String)
  /// What happens when no reply comes in time: the bot reminds and ends.
  case timeout
  /// The way of replies that fit nothing goes back to the question: the bot asks again by itself, then goes on.
  case otherReturns
  /// The way of replies that fit nothing is taken after the third of them.
  case otherLeads
  /// A question without a text before it.
  case noQuestion
  /// Several nodes ask the same question: the first one's text is the question, the others say theirs before it.
  case severalQuestions
  /// A way to a node that is not in the file: the poll ends there.
  case missingNode

  /// Whether the whole flow is left out.
  public var isError: Bool {
    switch self {
    case .version, .kind, .nothing, .tooMany: true
    default: false
    }
  }
}

extension FlowFinding: CustomStringConvertible {
  /// `file: poll, node: what; remedy`.
  public var description: String {
    let place = node.isEmpty ? "flow '\(pollID)'" : "flow '\(pollID)', node \(node)"
    return "\(file): \(place): \(fault)"
  }
}

extension FlowFault: CustomStringConvertible {
  /// What was left out, and what can be done.
  public var description: String {
    switch self {
    case .version(let found): "format \(found) is not read; open the flow in RapidPro and export it again (14.x)"
    case .kind(let found): "flows of the kind '\(found)' are not read; only 'messaging' is"
    case .nothing: "no question or message is reached; nothing to import"
    case .tooMany(let what, let count, let limit): "\(count) \(what), the limit is \(limit); divide the flow"
    case .language(let code): "texts in '\(code)' are left out; polls speak Indonesian (ind) and English (eng)"
    case .action(let type): "'\(type)' is left out; RapidPro alone can do it"
    case .attachments: "attachments are left out; put what matters into the text"
    case .expressions(let count): "\(count) expression(s) are taken out of a text; read the text again"
    case .test(let type, let category): "'\(type)' of '\(category)' is left out; add words to the choice"
    case .looseTest(let type, let category): "'\(type)' of '\(category)' is heard less exactly; check the choice"
    case .category(let name): "'\(name)' is left out: no test leads to it"
    case .split(let on, let followed): "the split on \(on) is left out, the way of '\(followed)' is followed"
    case .timeout: "the way after a time-out is left out; set 'reminder_hours' and 'timeout_hours'"
    case .otherReturns: "the way of other replies goes back; the bot asks twice again by itself, then goes on"
    case .otherLeads: "the way of other replies is taken after the third one; before, the bot asks again"
    case .noQuestion: "waits for a reply without a text before it; write the question"
    case .severalQuestions: "is asked by several nodes; the first one's text is the question"
    case .missingNode: "goes on to a node that is not in the file; the poll ends there"
    }
  }
}
