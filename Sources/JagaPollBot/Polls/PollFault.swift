/// What is wrong with a poll's file. Facts only: keys, ids, numbers, never the text of a question.
public enum PollFault: Hashable, Sendable {
  // The file.
  /// Larger than the limit, in bytes.
  case tooLarge(limit: Int)
  /// Not UTF-8.
  case notUTF8
  /// Not YAML.
  case syntax(problem: String)
  /// An anchor or alias: a small file could grow without bound.
  case anchor
  /// Nested too deeply.
  case nesting
  /// Nothing in it.
  case empty

  // Its keys.
  /// A key that nobody reads.
  case unknownKey(key: String, place: String, hint: String?)
  /// A key that is needed.
  case missingKey(key: String, place: String)
  /// A value of another shape.
  case wrongShape(key: String, expected: String)
  /// A value outside a closed set.
  case unknownValue(key: String, value: String, allowed: [String])
  /// A number outside its range.
  case outOfRange(key: String, range: ClosedRange<Int>)
  /// Too many of something.
  case tooMany(what: String, count: Int, limit: Int)
  /// Too many characters.
  case tooLong(key: String, count: Int, limit: Int)
  /// An id with letters that it cannot have.
  case badID(id: String)
  /// An id that stands twice.
  case duplicate(id: String)

  // What it says.
  /// A step to go to that is not there.
  case unknownStep(id: String, hint: String?)
  /// A question that nobody can answer.
  case noAnswer(id: String)
  /// Keys that exclude each other, or need each other.
  case conflict(id: String, problem: Conflict)

  // What is doubtful.
  /// A step that is never reached.
  case unreachable(id: String)
  /// Steps that follow each other in a circle without a question.
  case loop(id: String)
  /// A question from which no answer leads to the end.
  case endless(id: String)
  /// A word that starts the poll and is heard as STOP, or as another word of the bot's.
  case startWord(word: String, command: String)
  /// A text that promises what nobody can keep; the phrase is that of the checks.
  case promise(place: String, phrase: String, language: String)
  /// A question that asks for details: for names, places, what happened.
  case details(place: String, phrase: String, language: String)
  /// A question about harm, or one of whose choices tells of it, with choices that do not say.
  case silentRisk(id: String, choices: [String])
  /// A text that a language lacks.
  case untranslated(place: String, language: String)
  /// A text that needs more than one message.
  case severalParts(id: String, language: String)
  /// Two choices that the same answer could mean.
  case collision(id: String, first: String, second: String, language: String)
  /// A choice whose answer is a word of the bot's, such as STOP.
  case commandWord(id: String, choice: String, command: String)
  /// A question of yes or no whose choices do not say whether they tell of harm.
  case silentChoices(id: String, choices: [String])
  /// No question whether somebody takes part.
  case noOptIn
  /// No stop word of the poll's own in a language.
  case noStopWord
  /// No word that starts it.
  case noStartWord

  /// Keys that do not go together.
  public enum Conflict: Hashable, Sendable {
    /// A step does exactly one thing.
    case severalKinds
    /// Groups are counted by choice.
    case groupWithoutChoices
    /// `keep: consent` without `consent:`.
    case consentMissing
    /// `keep` on a question without free text.
    case keepWithoutText
    /// A reminder after the end.
    case reminderAfterTimeout
  }

  /// Whether the poll cannot be used.
  public var isError: Bool {
    switch self {
    case .unreachable, .untranslated, .severalParts, .collision, .commandWord, .silentChoices, .silentRisk, .details,
      .noOptIn, .noStopWord, .noStartWord:
      false
    default: true
    }
  }
}

/// Something that was found in a poll's file.
public struct PollFinding: Hashable, Sendable {
  /// The file, as it was named.
  public var file: String
  /// From 1; 0 where it is about the whole.
  public var line: Int
  /// What was found.
  public var fault: PollFault

  /// A finding.
  public init(file: String, line: Int, fault: PollFault) {
    self.file = file
    self.line = line
    self.fault = fault
  }
}

/// A poll that cannot be used: everything that is wrong, by line.
public struct PollError: Error, Hashable, Sendable {
  /// At least one.
  public var findings: [PollFinding]

  /// An error of these findings.
  public init(findings: [PollFinding]) { self.findings = findings }
}
