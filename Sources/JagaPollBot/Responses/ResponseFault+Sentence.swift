extension ResponseFault {
  /// How bad it is. A helpline that is stale is a matter for its operator, and no reason to stay silent.
  var severity: ResponseFinding.Severity {
    switch self {
    case .staleHelpline, .futureVerification, .noChecks: .warning
    default: .error
    }
  }

  /// What is wrong and what to do about it.
  public var sentence: String {
    switch self {
    case .syntax, .wrongShape, .unknownKey, .missingKey, .wrongValue, .languageMismatch, .repeated: shapeSentence
    case .brace, .unknownHelpline, .withdrawnHelpline, .unsaidHelpline, .noHelpline, .indiscreetHelpline,
      .contactNotSaid, .staleHelpline, .futureVerification:
      helplineSentence
    default: textSentence
    }
  }

  private var shapeSentence: String {
    switch self {
    case .syntax(let problem): "not readable as YAML: \(problem)"
    case .wrongShape(let key, let expected): "'\(key)' must be \(expected)"
    case .unknownKey(let key, let place): "\(place) has no key '\(key)'; take it out or correct its spelling"
    case .missingKey(let key, let place): "\(place) lacks '\(key)'; add it"
    case .wrongValue(let key, let value, let expected): "'\(key)' cannot be '\(value)'; give \(expected)"
    case .languageMismatch(let declared, let folder):
      "declares the language '\(declared)' and lies in the folder '\(folder)'; make them agree"
    case .repeated(let id): "'\(id)' stands twice; give each its own id"
    default: ""
    }
  }

  private var helplineSentence: String {
    switch self {
    case .brace(let part): "part \(part) has a brace that is not '{helpline:ID}'; write it so or leave it out"
    case .unknownHelpline(let id): "no helpline '\(id)'; add it to helplines.yaml or name another"
    case .withdrawnHelpline(let id, let day): "helpline '\(id)' was withdrawn on \(day); name another"
    case .unsaidHelpline(let id, let language):
      "helpline '\(id)' does not say how a text in '\(language)' puts it; add 'say: {\(language): …}' in helplines.yaml"
    case .noHelpline: "holds no helpline, and somebody may need one here; add '{helpline:ID}'"
    case .indiscreetHelpline(let id):
      "helpline '\(id)' gives away what happened to whoever else reads this; name one with 'discreet: true'"
    case .contactNotSaid(let language):
      "'say' in '\(language)' holds none of its contacts; write the number or address into it"
    case .staleHelpline(let day, let days, let limit):
      "verified on \(day), \(days) days ago (limit \(limit)); check what it publishes and change 'verified_on'"
    case .futureVerification(let day): "verified on \(day), which has not come yet; correct the date or the clock"
    default: ""
    }
  }

  private var textSentence: String {
    switch self {
    case .missingOccasion(let name): "no text for '\(name)'; add it under 'responses'"
    case .missingLanguage(let language): "no texts in '\(language)'; add '\(language)/responses.yaml'"
    case .noChecks(let language):
      "no response-checks.yaml or common-words.txt for '\(language)', so its texts are not checked; write them"
    case .tooManyParts(let found, let limit): "takes \(found) messages, at most \(limit) are read; shorten it"
    case .partTooLong(let part, let units, let limit, let encoding):
      "part \(part) has \(units) of \(limit) characters (\(encoding.rawValue)); "
        + (encoding == .gsm7 ? "shorten it" : "shorten it, or write it with letters of the GSM alphabet")
    case .longSentence(let part, let words, let limit):
      "part \(part) has a sentence of \(words) words, at most \(limit) are easy to read; make two of it"
    case .uncommonWords(let share, let least, let words):
      "\(percent(share)) of the words are common, \(percent(least)) must be; say more simply: \(words.joined(separator: ", "))"
    case .forbidden(let list, let phrase, let part):
      "part \(part) says '\(phrase)', which is on the list '\(list)'; say it otherwise"
    case .missingIdea(let idea): "does not say '\(idea)'; see 'ideas' in response-checks.yaml"
    default: ""
    }
  }

  private func percent(_ tenths: Int) -> String { "\(tenths / 10).\(tenths % 10) %" }
}
