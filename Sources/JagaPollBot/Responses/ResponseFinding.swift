/// Something about the bot's texts that should be put right.
public struct ResponseFinding: Hashable, Sendable, CustomStringConvertible {
  /// How bad it is.
  public enum Severity: String, Sendable {
    /// The texts must not be sent like this.
    case error
    /// Somebody should look.
    case warning
  }

  /// The file.
  public let file: String
  /// The line, from 1; 0 where it is about the file as a whole.
  public let line: Int
  /// What it is about: `id.disclosure`, `sapa129`; empty where it is about the file.
  public let id: String
  /// What is wrong.
  public let fault: ResponseFault

  /// A finding.
  public init(file: String, line: Int = 0, id: String = "", fault: ResponseFault) {
    self.file = file
    self.line = line
    self.id = id
    self.fault = fault
  }

  /// How bad it is.
  public var severity: Severity { fault.severity }

  /// `lexicons/id/responses.yaml:8: error: id.disclosure: part 1 is …; …`
  public var description: String {
    let place = line > 0 ? "\(file):\(line)" : file
    let about = id.isEmpty ? "" : "\(id): "
    return "\(place): \(severity.rawValue): \(about)\(fault.sentence)"
  }
}

/// What can be wrong with the bot's texts. Cases hold facts; ``sentence`` makes the message.
public enum ResponseFault: Hashable, Sendable {
  // Reading.
  /// The YAML reader gave up.
  case syntax(problem: String)
  /// A value has another shape than its key needs.
  case wrongShape(key: String, expected: String)
  /// A key that the format does not know.
  case unknownKey(key: String, place: String)
  /// A key that must be there.
  case missingKey(key: String, place: String)
  /// A value that its key does not take.
  case wrongValue(key: String, value: String, expected: String)
  /// The declared language is not the folder's.
  case languageMismatch(declared: String, folder: String)
  /// An id that stands twice.
  case repeated(id: String)
  /// A brace that is not `{helpline:ID}`.
  case brace(part: Int)
  /// A helpline that does not exist.
  case unknownHelpline(id: String)
  /// A helpline that is not to be given any more.
  case withdrawnHelpline(id: String, on: String)
  /// A helpline that a text of this language cannot put in.
  case unsaidHelpline(id: String, language: String)
  /// No text for an occasion.
  case missingOccasion(name: String)

  // Checks.
  /// No texts in a language that must be there.
  case missingLanguage(String)
  /// No rules to hold the texts to.
  case noChecks(language: String)
  /// More messages than an occasion should take.
  case tooManyParts(found: Int, limit: Int)
  /// A part that one SMS does not hold.
  case partTooLong(part: Int, units: Int, limit: Int, encoding: SMSParts.Encoding)
  /// A sentence with too many words.
  case longSentence(part: Int, words: Int, limit: Int)
  /// Too many words that are not common; shares in tenths of a percent.
  case uncommonWords(share: Int, least: Int, words: [String])
  /// A word of a forbidden list.
  case forbidden(list: String, phrase: String, part: Int)
  /// An idea that the occasion must hold and does not.
  case missingIdea(String)
  /// No helpline where there must be one.
  case noHelpline
  /// A helpline whose name gives away what happened.
  case indiscreetHelpline(id: String)
  /// How a text puts a helpline leaves out how it is reached.
  case contactNotSaid(language: String)
  /// A verification that is too old.
  case staleHelpline(verifiedOn: String, days: Int, limit: Int)
  /// A verification that has not happened yet.
  case futureVerification(verifiedOn: String)
}
