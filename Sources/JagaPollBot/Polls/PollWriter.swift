/// Writes a poll as YAML that ``PollReader`` reads as the same poll.
///
///     let yaml = PollWriter.yaml(poll)
///     let again = try PollReader.read(Array(yaml.utf8), file: "poll.yaml")
///
/// Lines of the file aside, only what the format does not have is not the same: hours are whole, and a text that the default language lacks is
/// empty. Limits are the reader's to check. Cost: one pass over the texts.
public enum PollWriter {
  /// The file's text.
  public static func yaml(_ poll: Poll) -> String {
    var lines = [
      "id: \(poll.id)", "version: \(poll.version)", "title: \(text(poll.title, poll))",
      "languages: [\(poll.languages.joined(separator: ", "))]",
    ]
    func addWords(_ key: String, _ words: [String], indent: String = "") {
      if !words.isEmpty { lines.append("\(indent)\(key): \(list(words))") }
    }
    if poll.startLanguages.isEmpty {
      addWords("start_words", poll.startWords)
    } else {
      // A word that is listed for no single language is one of each.
      let lists = poll.languages.map { language in
        "\(language): \(list(poll.startWords.filter { poll.startLanguages[$0] ?? language == language }))"
      }
      lines.append("start_words: {\(lists.joined(separator: ", "))}")
    }
    addWords("stop_words", poll.stopWords)
    lines.append("timeout_hours: \(hours(poll.timeout))")
    if let reminder = poll.reminder { lines.append("reminder_hours: \(hours(reminder))") }
    if let optIn = poll.optIn {
      lines += ["opt_in:", "  text: \(text(optIn.text, poll))"]
      addWords("agree", optIn.agree, indent: "  ")
      addWords("decline", optIn.decline, indent: "  ")
    }
    if let consent = poll.consent { lines.append("consent: \(text(consent, poll))") }
    if let about = poll.about { lines.append("about: \(text(about, poll))") }
    lines.append("steps:")
    for step in poll.steps { lines += PollWriter.lines(of: step, poll) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(of step: PollStep, _ poll: Poll) -> [String] {
    var lines = ["  - id: \(quoted(step.id))"]
    switch step.kind {
    case .say(let text): lines.append("    say: \(self.text(text, poll))")
    case .end(let text): lines.append("    end: \(text.map { self.text($0, poll) } ?? "true")")
    case .ask(let question):
      lines.append("    ask: \(text(question.text, poll))")
      if !question.choices.isEmpty {
        if !question.listsChoices { lines.append("    list: false") }
        lines.append("    choices:")
        for choice in question.choices { lines.append("      - \(item(choice, poll))") }
      }
      if question.takesText { lines.append("    text: true") }
      if question.keepsText { lines.append("    keep: consent") }
      if question.isGroup { lines.append("    group: true") }
    }
    if let next = step.next { lines.append("    goto: \(quoted(next))") }
    return lines
  }

  private static func item(_ choice: PollChoice, _ poll: Poll) -> String {
    var fields = ["id: \(quoted(choice.id))", "label: \(text(choice.label, poll))"]
    if !choice.words.isEmpty { fields.append("words: \(list(choice.words))") }
    if let urgency = choice.tells {
      fields.append("tells: \(urgency.rawValue)")
    } else if choice.isPlain {
      fields.append("tells: none")
    }
    if let next = choice.next { fields.append("goto: \(quoted(next))") }
    return "{" + fields.joined(separator: ", ") + "}"
  }

  private static func text(_ text: LocalText, _ poll: Poll) -> String {
    let fields = poll.languages.enumerated().compactMap { place, language -> String? in
      guard let words = text.texts[language] ?? (place == 0 ? "" : nil) else { return nil }
      return "\(language): \(quoted(words))"
    }
    return "{" + fields.joined(separator: ", ") + "}"
  }

  private static func list(_ words: [String]) -> String {
    "[" + words.filter { !$0.isEmpty }.map(quoted).joined(separator: ", ") + "]"
  }

  private static func hours(_ milliseconds: Int64) -> Int64 { max(1, (milliseconds + 3_599_999) / 3_600_000) }

  /// In double quotes, on one line. What the reader takes for an anchor or for nesting before it looks at quotes is escaped too.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "&", "*", "[", "]", "{", "}": result += escaped(scalar)
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: result += escaped(scalar)
        default: result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    let width = scalar.value < 0x100 ? 2 : scalar.value < 0x10000 ? 4 : 8
    let mark = width == 2 ? "x" : width == 4 ? "u" : "U"
    return "\\" + mark + String(repeating: "0", count: width - digits.count) + digits
  }
}
