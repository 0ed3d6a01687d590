extension LintFault {
  /// How bad the fault is.
  public var severity: LintFinding.Severity {
    switch self {
    case .foreignLabel, .repeatedPhrase, .shadowedPhrase: .warning
    default: .error
    }
  }

  /// What is wrong and what to do about it.
  public var sentence: String {
    switch self {
    case .unreadable(let reason): "cannot read the file: \(reason)"
    case .syntax(let problem): "not valid YAML: \(problem)"
    case .anchor: "anchors and aliases ('&name', '*name') are not allowed; write a list under 'lists' and use {name}"
    case .nesting: "nested too deeply for a lexicon"
    case .unknownFile: "cannot tell what this file is; it needs 'track', 'slang', 'roots' or 'words'"
    case .wrongShape(let key, let expected): "'\(key)' must be \(expected)"
    case .unknownKey(let key, let place, let hint): "unknown key '\(key)' in \(place)" + LintFault.question(hint)
    case .missingKey(let key, let place): "\(place) needs '\(key)'"
    case .unknownValue(let key, let value, let hint, let allowed):
      "unknown \(key) '\(value)'"
        + (hint == nil ? "; use one of \(allowed.joined(separator: ", "))" : LintFault.question(hint))
    case .languageMismatch(let declared, let folder):
      "language '\(declared)' in folder '\(folder)'; move the file or say 'language: \(folder)'"
    case .trackMismatch(let declared, let file):
      "track '\(declared)' in a file named '\(file)'; rename the file or say 'track: \(file)'"
    case .malformedID(let id, let expected):
      "id '\(id)' does not fit this file; it must look like '\(expected)', in small letters, digits and hyphens"
    case .duplicateID(let id, let first): "id '\(id)' is already used at \(first)"
    case .duplicateList(let name, let first): "list '\(name)' is already declared at \(first)"
    default: entrySentence
    }
  }

  private var entrySentence: String {
    switch self {
    case .unknownLabel(let label, let hint): "unknown label '\(label)'" + LintFault.question(hint)
    case .foreignLabel(let label, let track): "label '\(label)' in a file of track '\(track)'"
    case .weight(let value): "weight '\(value)' is not a number from -6 to 6"
    case .weightWithoutLabel(let id):
      "entry '\(id)' has a weight but no label to vote for; add 'label' or drop 'weight'"
    case .missingReason(let id): "'\(id)' needs a 'source' or a 'note'"
    case .empty(let what, let name): "\(what) '\(name)' is empty"
    case .phrase(let text, let problem): "phrase '\(text)': \(problem.sentence)"
    case .tooLarge(let what, let count, let limit):
      "\(what) expands to \(count) transitions, more than \(limit); split it or shorten its lists and gaps"
    case .unknownList(let name, let hint): "unknown list '{\(name)}'" + LintFault.question(hint)
    case .listCycle(let names): "lists contain each other: \(names.joined(separator: " → "))"
    case .repeatedPhrase(let text): "phrase '\(text)' stands in this entry twice"
    case .shadowedPhrase(let text, let id, let label, let first):
      "phrase '\(text)' also stands in '\(id)' of label '\(label)' at \(first), so it votes twice; keep one"
    case .notOneWord(let text): "'\(text)' must be one word"
    case .formTaken(let form, let canonical, let first):
      "form '\(form)' already stands for '\(canonical)'" + (first.map { " at \($0)" } ?? "")
    case .canonicalIsForm(let word, let canonical):
      "canonical word '\(word)' is itself a form of '\(canonical)'; use '\(canonical)'"
    case .formOfItself(let form): "form '\(form)' stands for itself; drop it"
    default: ruleSentence
    }
  }

  private var ruleSentence: String {
    switch self {
    case .condition(let problem): problem.sentence
    case .unknownReference(let text, let hint): "unknown entry '\(text)'" + LintFault.question(hint)
    case .emptyReference(let text): "'\(text)' matches no entry"
    case .ruleAsEntry(let id): "'\(id)' is a rule; conditions of 'when' ask for entries"
    case .ruleChain(let id): "rule '\(id)' asks for earlier messages itself, so it cannot be asked for"
    case .unreachable(let id, let reason): "rule '\(id)' can never hold: \(reason)"
    case .noEffect(let id): "rule '\(id)' changes nothing: it votes for nothing and no rule asks for it"
    case .missingMarker(let modifier, let entry): "'\(modifier)' needs an entry '\(entry)', and there is none"
    case .tooManyMarks(let count, let limit):
      "rules ask earlier messages for \(count) different things, at most \(limit) can be remembered; share some"
    case .vote(let key, let value): "vote '\(value)' for '\(key)' is not a number from -6 to 6"
    case .voteSum(let head, let logits): "votes for '\(head)' add up to \(logits), more than 24"
    default: ""
    }
  }

  static func question(_ hint: String?) -> String { hint.map { "; did you mean '\($0)'?" } ?? "" }
}

extension PhraseProblem {
  /// What is wrong and what to do about it.
  public var sentence: String {
    switch self {
    case .empty: "empty"
    case .unclosed(let bracket): "'\(bracket)' without its partner"
    case .nested: "parentheses cannot stand inside parentheses"
    case .emptyAlternative: "an alternative is empty; write '(a|b)?' for an optional element"
    case .stray(let sign):
      "'\(sign)' cannot be part of a word; punctuation is skipped by itself, '<question>' is a question mark"
    case .unknownClass(let name, let hint):
      "unknown class '<\(name)>'"
        + (hint == nil ? "" : "; did you mean '<\(hint ?? "")>'?")
    case .gap(let text): "gap '\(text)' must be '~1' to '~5'"
    case .startsWithGap: "starts with a gap; put a required element before it"
    case .endsWithGap: "ends with a gap; put a required element after it"
    case .onlyOptional: "every element is optional, so it would match nothing; make one required"
    case .tooManyElements(let count): "\(count) elements, more than 12; split it"
    case .notInList(let sign):
      "'\(sign)' does not belong into a list item; items are words, '=word', '<class>' or '{list}'"
    }
  }
}

extension ConditionProblem {
  /// What is wrong and what to do about it.
  public var sentence: String {
    switch self {
    case .notAMapping: "a condition is a mapping such as 'hit: id.topup.offer.*'"
    case .noTest: "a condition needs one of \(SourceKeys.tests.joined(separator: ", "))"
    case .severalTests(let keys):
      "a condition holds one test, not \(keys.joined(separator: " and ")); put them under 'all'"
    case .strayModifier(let key, let test): "'\(key)' does not go with '\(test)'"
    case .emptyList(let key): "'\(key)' is empty"
    case .count(let key, let expected, let found): "'\(key)' needs \(expected), found \(found)"
    case .number(let key, let value, let range): "'\(key)' is '\(value)', not a whole number \(range)"
    case .noBounds(let key): "'\(key)' needs 'min' or 'max'"
    case .crossedBounds(let key): "'\(key)' has 'min' above 'max'"
    case .depth(let found, let limit): "conditions nest \(found) deep, at most \(limit) are allowed"
    }
  }
}
