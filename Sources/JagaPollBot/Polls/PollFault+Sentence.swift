extension PollError: CustomStringConvertible {
  /// A line for each finding.
  public var description: String { findings.map(\.description).joined(separator: "\n") }
}

extension PollFinding: CustomStringConvertible {
  /// `file:line: what; remedy`.
  public var description: String {
    let place = line > 0 ? "\(file):\(line)" : file
    return "\(place): \(fault.isError ? "" : "warning: ")\(fault)"
  }
}

extension PollFault: CustomStringConvertible {
  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .tooLarge(let limit): "larger than \(limit) bytes; divide the poll"
    case .notUTF8: "not UTF-8; save it as UTF-8"
    case .syntax(let problem): "not YAML (\(problem)); check indentation and quotes"
    case .anchor: "anchors and aliases are not read; write the value out"
    case .nesting: "nested too deeply; a poll needs no more than six levels"
    case .empty: "nothing in it; a poll begins with 'id:'"
    case .unknownKey(let key, let place, let hint): "unknown key '\(key)' in \(place)\(Self.meant(hint))"
    case .missingKey(let key, let place): "'\(key)' is missing in \(place); add it"
    case .wrongShape(let key, let expected): "'\(key)' needs \(expected)"
    case .unknownValue(let key, let value, let allowed):
      "'\(key)' cannot be '\(value)'; use \(allowed.joined(separator: ", "))"
    case .outOfRange(let key, let range):
      "'\(key)' needs a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .tooMany(let what, let count, let limit): "\(count) \(what), the limit is \(limit)"
    case .tooLong(let key, let count, let limit): "'\(key)' has \(count) characters, the limit is \(limit); shorten it"
    case .badID(let id): "'\(id)' is no id; use small letters, digits and hyphens, at most \(PollLimits.id)"
    case .duplicate(let id): "'\(id)' stands twice; rename one"
    case .unknownStep(let id, let hint): "no step '\(id)' to go to\(Self.meant(hint))"
    case .noAnswer(let id): "nobody can answer '\(id)'; give it 'choices' or 'text: true'"
    case .conflict(let id, let problem): "'\(id)' \(problem)"
    case .unreachable(let id): "'\(id)' is never reached; remove it, or go to it"
    case .loop(let id): "from '\(id)' the poll goes round without a question; end it or ask"
    case .endless(let id): "from '\(id)' no answer leads to the end of the poll; let one go on, or to 'end'"
    case .startWord(let word, let command):
      "the start word '\(word)' is heard as \(command), so it cannot start the poll; use another"
    case .promise(let place, let phrase, let language):
      "\(place) promises in '\(language)' what nobody can keep ('\(phrase)'): people read what opens a case; take it out"
    case .details(let place, let phrase, let language):
      "\(place) asks for details in '\(language)' ('\(phrase)'); ask whether, never who or what, and leave the rest to a person"
    case .silentRisk(let id, let choices):
      "'\(id)' is about harm and leaves it to the scorer what \(choices.map { "'\($0)'" }.joined(separator: ", ")) tell of; add 'tells: none', past, ongoing or immediate"
    case .untranslated(let place, let language): "\(place) has no text in '\(language)'; the default language is used"
    case .severalParts(let id, let language): "'\(id)' needs more than one message in '\(language)'; shorten it"
    case .collision(let id, let first, let second, let language):
      "'\(id)' cannot tell '\(first)' from '\(second)' in '\(language)'; change a label or a word"
    case .silentChoices(let id, let choices):
      "'\(id)' leaves it to the scorer what \(choices.map { "'\($0)'" }.joined(separator: ", ")) tell of; add 'tells: none', past, ongoing or immediate"
    case .commandWord(let id, let choice, let command):
      "the answer '\(choice)' of '\(id)' is heard as \(command); use other words"
    case .noOptIn: "nobody is asked whether they take part; add 'opt_in'"
    case .noStopWord: "no stop words of its own; add 'stop_words', and say them in 'opt_in'"
    case .noStartWord: "no word starts it; add 'start_words', or start it from outside"
    }
  }

  private static func meant(_ hint: String?) -> String { hint.map { "; did you mean '\($0)'?" } ?? "" }
}

extension PollFault.Conflict: CustomStringConvertible {
  /// What does not go together.
  public var description: String {
    switch self {
    case .severalKinds: "needs exactly one of 'ask', 'say' and 'end'"
    case .groupWithoutChoices: "is a group without choices; results are counted by choice"
    case .consentMissing: "keeps text with consent, but the poll asks for none; add 'consent' to the poll"
    case .keepWithoutText: "keeps text but takes none; add 'text: true'"
    case .reminderAfterTimeout: "reminds after the session ran out; lower 'reminder_hours'"
    }
  }
}
