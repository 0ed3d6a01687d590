internal import Yams

/// Reads a poll from YAML. Every key is known or an error, by line; see `Examples/polls/online-safety.yaml` for all of them.
///
///     id: my-poll
///     version: 1
///     title: {id: Aman, en: Safe}
///     languages: [id, en]
///     steps:
///       - id: fun
///         ask: {id: Suka main game?, en: Do you like games?}
///         choices:
///           - {id: yes, label: {id: Ya, en: Yes}}
///           - {id: no, label: {id: Tidak, en: No}, goto: end}
public enum PollReader {
  static let keys = [
    "id", "version", "title", "languages", "start_words", "stop_words", "opt_in", "timeout_hours", "reminder_hours",
    "consent", "about", "steps",
  ]
  /// The languages a poll may speak.
  public static let languages = ["id", "en"]
  /// Without `timeout_hours`.
  static let defaultHours = 24

  /// Reads a file's bytes. Throws ``PollError`` with all findings that are errors; ``PollCheck`` finds what is doubtful.
  /// Cost: one pass; files are limited to ``PollLimits/bytes``.
  public static func read(_ bytes: [UInt8], file: String) throws(PollError) -> Poll {
    let root = try PollDocument.root(bytes, file: file)
    let log = PollLog(file: file)
    let poll = poll(root, log: log)
    guard let poll, !log.hasErrors else { throw PollError(findings: log.findings.sorted { $0.line < $1.line }) }
    return poll
  }

  private static func poll(_ root: Node, log: PollLog) -> Poll? {
    guard let fields = PollFields(root, allowed: keys, place: "the poll", log: log) else { return nil }
    let languages = spoken(fields)
    let timeout = fields.number("timeout_hours", in: PollLimits.hours) ?? defaultHours
    let reminder = fields.number("reminder_hours", in: PollLimits.hours)
    let id = fields.id("id")
    if let reminder, reminder >= timeout {
      log.add(.conflict(id: id, problem: .reminderAfterTimeout), at: fields["reminder_hours"]?.line ?? 0)
    }
    _ = fields.needs("version")
    _ = fields.needs("title")
    var poll = Poll(
      id: id, version: fields.number("version", in: 1...1_000_000) ?? 1,
      title: fields.text("title", languages: languages, limit: PollLimits.label) ?? LocalText([:]),
      languages: languages, optIn: nil, startWords: fields.words("start_words", languages: languages),
      stopWords: fields.words("stop_words", languages: languages), timeout: Int64(timeout) * 3_600_000,
      reminder: reminder.map { Int64($0) * 3_600_000 }, consent: fields.text("consent", languages: languages),
      steps: [])
    poll.about = fields.text("about", languages: languages)
    poll.startLanguages = fields.languages(ofWords: "start_words", languages: languages)
    if let node = fields["opt_in"],
      let optIn = PollFields(node, allowed: ["text", "agree", "decline"], place: "'opt_in'", log: log)
    {
      _ = optIn.needs("text")
      poll.optIn = Poll.OptIn(
        text: optIn.text("text", languages: languages) ?? LocalText([:]),
        agree: optIn.words("agree", languages: languages), decline: optIn.words("decline", languages: languages))
    }
    readSteps(fields, into: &poll)
    return poll
  }

  private static func spoken(_ fields: PollFields) -> [String] {
    guard let node = fields.needs("languages") else { return languages }
    guard case .sequence(let items) = node, !items.isEmpty else {
      fields.log.add(.wrongShape(key: "languages", expected: "a list such as [id, en]"), at: node.line)
      return languages
    }
    var found: [String] = []
    for item in items {
      let name = item.written ?? ""
      if !languages.contains(name) {
        fields.log.add(.unknownValue(key: "languages", value: name, allowed: languages), at: item.line)
      } else if found.contains(name) {
        fields.log.add(.duplicate(id: name), at: item.line)
      } else {
        found.append(name)
      }
    }
    return found.isEmpty ? languages : found
  }
}
