/// How people say that something is near, over, or goes on, and that they may harm themselves: `urgency.yaml` of every language, put
/// together, since chat mixes them.
///
///     let cues = try UrgencyCues(files: [ResponseSources.File(path: "id/urgency.yaml", text: text)])
public struct UrgencyCues: Sendable {
  /// A list of phrases in the files.
  enum List: String, CaseIterable {
    /// Own words of self-harm, whatever stands beside them.
    case selfHarm = "self_harm"
    /// Bare words of self-harm with nobody beside them: own, unless the text is about prevention.
    case selfHarmBare = "self_harm_bare"
    /// What people say of bullying, depression and prevention.
    case lessons
    /// Own words of self-harm, unless a figure of speech stands beside them.
    case selfHarmOrFigure = "self_harm_or_figure"
    /// Own words that may mean less; they count where the score says that somebody may be telling of harm.
    case selfHarmPerhaps = "self_harm_perhaps"
    /// Somebody else may harm himself.
    case selfHarmOfOthers = "self_harm_of_others"
    /// Holds such words and means something else; taken out first.
    case noSelfHarm = "no_self_harm"
    /// A question whose yes means self-harm.
    case selfHarmAsked = "self_harm_asked"
    /// Yes, at the beginning of a reply.
    case yes
    /// A whole reply that only calls for help; a sentence with such words in it is none.
    case cries
    /// A whole reply that is a word for the menu, or else a cry.
    case calls
    /// Harm that is told in plain words, also harm that the scorer, which knows chats, has never met: violence and abuse at home or at school.
    case harm
    /// The same of words that games and jokes have too: not where somebody laughs close by.
    case harmOrFigure = "harm_or_figure"
    /// Holds such words and means something else; taken out first.
    case noHarm = "no_harm"
    /// A question whose yes means harm.
    case harmAsked = "harm_asked"
    /// A question that follows up on harm that was told.
    case harmFollowed = "harm_followed"
    /// A question whether somebody is safe: a no to it tells of harm.
    case safeAsked = "safe_asked"
    /// A question who does it.
    case whoAsked = "who_asked"
    /// A whole reply that names a person by what they are to the child.
    case persons
    /// No, at the beginning of a reply.
    case no
    /// A question whether somebody is safe now.
    case safetyAsked = "safety_asked"
    /// Parts of a question that ask what somebody knows, thinks or would do; taken out before it is looked at.
    case notAsked = "not_asked"
    /// Laughter.
    case laughter
    /// Homework, games, food.
    case figures
    /// Danger that is near: somebody is at the door, a deadline.
    case near
    /// Danger that is near where the score says that somebody tells of harm: a time that runs out, a plea to hurry.
    case nearTold = "near_told"
    /// Times that are near.
    case nearTimes = "near_times"
    /// What somebody threatens or wants, or a meeting: with a near time it is danger.
    case nearActs = "near_acts"
    /// Looks like danger that is near and is none; taken out first.
    case notNear = "not_near"
    /// Said to be over.
    case over
    /// What stays when it is over: fear, memories; taken out before what goes on is looked for.
    case stays
    /// It goes on.
    case goesOn = "goes_on"
    /// Somebody presses with pictures, payment or exposure.
    case pressure
    /// Somebody who may do harm is close by, or does it now.
    case atHand = "at_hand"
    /// It happens to somebody else.
    case friend
    /// Names friends and does not tell of what happens to them; taken out first.
    case noFriend = "no_friend"
    /// The one who writes is meant as well.
    case own
    /// A whole reply that scolds the bot.
    case abuse
  }

  /// How far a near time may stand from an act, in words.
  static let reach = 7
  /// How far homework, a game or food may stand from a figure of speech, in words.
  static let figureReach = 3

  private let phrases: [List: [CuePhrase]]
  /// Evidence whose owner speaks of harming himself.
  let selfHarmEvidence: [EvidencePattern]
  /// From which probability on a reply is a disclosure, by language.
  let supportFrom: [String: Double]
  /// The same where danger is near.
  let supportFromNear: [String: Double]
  /// The same of a yes to a question of harm, and of any answer but no to one that follows up on it.
  let supportFromAsked: [String: Double]
  /// From which probability a move that presses counts as told pressure, where no cue does.
  let pressureFrom: [String: Double]
  private let spellings: [String: [String]]

  private static let keys: Set<String> = Set(
    List.allCases.map(\.rawValue) + [
      "language", "support_from", "support_from_near", "support_from_asked", "pressure_from", "spellings", "lists",
      "self_harm_evidence",
    ])

  /// The cues that are part of the program. Throws ``ResponseError`` only when the build's own resources are broken.
  public static func bundled() throws(ResponseError) -> UrgencyCues {
    func file(_ language: String, _ bytes: [UInt8]) -> ResponseSources.File {
      ResponseSources.File(path: "lexicons/\(language)/urgency.yaml", text: String(decoding: bytes, as: UTF8.self))
    }
    return try UrgencyCues(files: [
      file("id", PackageResources.urgency_id_yaml), file("en", PackageResources.urgency_en_yaml),
    ])
  }

  /// Reads the files of all languages. Throws ``ResponseError/refused(_:)`` with everything that is wrong. Cost: one pass over some 100 KB.
  public init(files: [ResponseSources.File]) throws(ResponseError) {
    let log = ResponseLog()
    let readers = files.compactMap { file in
      ResponseNode.root(file, log: log).flatMap {
        ResponseFields($0, allowed: UrgencyCues.keys, place: "the file", log: log)
      }
    }
    var spellings: [String: [String]] = [:]
    for fields in readers { UrgencyCues.read(fields["spellings"], into: &spellings, log: log) }
    var phrases: [List: [CuePhrase]] = [:]
    var evidence: [EvidencePattern] = []
    var from: [String: Double] = [:]
    var fromNear: [String: Double] = [:]
    var fromAsked: [String: Double] = [:]
    var pressed: [String: Double] = [:]
    for fields in readers {
      let reader = CueReader(fields: fields, spellings: spellings, log: log)
      for list in List.allCases { phrases[list, default: []] += reader.phrases(list.rawValue) }
      evidence += (fields.texts("self_harm_evidence") ?? []).map(EvidencePattern.init)
      guard let language = fields.text("language") else { continue }
      if from[language] != nil {
        log.add(.repeated(id: language), file: fields.file, line: fields.line)
      }
      from[language] = reader.share("support_from")
      fromNear[language] = reader.share("support_from_near")
      if fields["support_from_asked"] != nil { fromAsked[language] = reader.share("support_from_asked") }
      if fields["pressure_from"] != nil { pressed[language] = reader.share("pressure_from") }
    }
    if from.isEmpty, log.findings.isEmpty { log.add(.missingLanguage("id"), file: "") }
    if !log.findings.isEmpty { throw .refused(log.findings) }
    self.phrases = phrases
    selfHarmEvidence = evidence
    supportFrom = from
    supportFromNear = fromNear
    supportFromAsked = fromAsked
    pressureFrom = pressed
    self.spellings = spellings
  }

  /// A text as the phrases are looked for in it.
  func text(_ text: String) -> CueText { CueText(text, spellings: spellings) }

  /// The phrases of a list.
  subscript(list: List) -> [CuePhrase] { phrases[list] ?? [] }

  /// Whether a text holds a phrase of a list.
  func has(_ list: List, _ text: CueText) -> Bool { self[list].contains { $0.isIn(text) } }

  /// Where the phrases of a list stand in a text.
  func ranges(_ list: List, in text: CueText) -> [Range<Int>] { self[list].flatMap { $0.ranges(in: text) } }

  /// `{sudah: [udah, udh]}`; what stands for it may be several words.
  private static func read(_ node: ResponseNode?, into spellings: inout [String: [String]], log: ResponseLog) {
    for (word, node) in node?.pairs("spellings", log: log) ?? [] {
      guard let items = node.items?.compactMap(\.text) else {
        log.add(.wrongShape(key: word, expected: "a list of texts"), file: node.file, line: node.line)
        continue
      }
      for item in items {
        if spellings[item] != nil {
          log.add(.repeated(id: item), file: node.file, line: node.line)
        }
        spellings[item] = word.split(separator: " ").map(String.init)
      }
    }
  }
}

/// A source of evidence, with `*` for anything in one place: `rule:*.disclosure.rule.own-self-harm`.
struct EvidencePattern: Hashable, Sendable {
  private let beginning: String
  private let ending: String?

  init(_ source: String) {
    let parts = source.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
    beginning = String(parts[0])
    ending = parts.count > 1 ? String(parts[1]) : nil
  }

  /// Whether it stands for a source; an operator's overlay counts like the model's own.
  func finds(_ source: String) -> Bool {
    let source = source.replacing(":overlay/", with: ":")
    guard let ending else { return source == beginning }
    return source.utf8.count >= beginning.utf8.count + ending.utf8.count && source.hasPrefix(beginning)
      && source.hasSuffix(ending)
  }
}

/// The shapes that the files repeat.
private struct CueReader {
  let fields: ResponseFields
  let spellings: [String: [String]]
  let log: ResponseLog
  private let lists: [String: [String]]

  init(fields: ResponseFields, spellings: [String: [String]], log: ResponseLog) {
    (self.fields, self.spellings, self.log) = (fields, spellings, log)
    var lists: [String: [String]] = [:]
    for (name, node) in fields["lists"]?.pairs("lists", log: log) ?? [] {
      lists[name] = node.items?.compactMap(\.text)
    }
    self.lists = lists
  }

  func phrases(_ key: String) -> [CuePhrase] {
    guard let node = fields[key] else { return [] }
    guard let items = node.items else {
      log.add(.wrongShape(key: key, expected: "a list of texts"), file: fields.file, line: node.line)
      return []
    }
    return items.compactMap { item in
      if let phrase = item.text.flatMap({ CuePhrase($0, lists: lists, spellings: spellings) }) { return phrase }
      log.add(
        .wrongValue(key: key, value: item.text ?? "", expected: "a phrase such as '(dia|he) ~2 depan rumah*'"),
        file: fields.file, line: item.line)
      return nil
    }
  }

  func share(_ key: String) -> Double? {
    fields.value(key, expected: "a share from 0 to 1") { Double($0).flatMap { (0...1).contains($0) ? $0 : nil } }
  }
}
