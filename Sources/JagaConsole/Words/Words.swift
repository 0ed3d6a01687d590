internal import JagaCore
internal import Mustache

/// The console's sentences in one language.
///
/// The source is a text of lines `key = text`; a text may hold names in braces, which ``filled(_:_:)`` replaces. Keys that belong together
/// (`band-none`, `band-watch` …) are a family and are reached by ``of(_:_:)``.
struct Words: Sendable, MustacheParent {
  /// The language.
  let language: ConsoleLanguage
  private(set) var entries: [String: String] = [:]

  /// Reads the lines. Throws for a line of another form and for a key that stands twice.
  init(_ language: ConsoleLanguage, _ bytes: [UInt8]) throws(ConsoleError) {
    self.language = language
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty && line.first != "#" {
      let parts = line.split(separator: " = ", maxSplits: 1)
      guard parts.count == 2, !parts[1].isEmpty else {
        throw .words(language: language.rawValue, line: index + 1)
      }
      let key = String(parts[0])
      guard entries.updateValue(String(parts[1]), forKey: key) == nil else {
        throw .twice(language: language.rawValue, key: key)
      }
    }
  }

  /// The text of a key. A missing one is shown as its key, which a test looks for.
  subscript(key: String) -> String { entries[key] ?? "⟦\(key)⟧" }

  /// The text of a member of a family.
  func of(_ family: Family, _ member: String) -> String { self[family.rawValue + "-" + member] }

  /// The text of a key with `{name}` replaced by values.
  func filled(_ key: String, _ values: [String: String]) -> String {
    var result = ""
    var rest = self[key][...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      let name = String(rest[rest.index(after: open)..<close])
      result += values[name] ?? "⟦\(name)⟧"
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  /// The text for a count: `KEY-one` for 1 and `KEY-many` for all others, with `{n}` replaced.
  func count(_ key: String, _ number: Int) -> String {
    filled(key + (number == 1 ? "-one" : "-many"), ["n": integer(number)])
  }

  /// For templates: `t.KEY`.
  func child(named name: String) -> Any? { self[name] }
}

extension Words {
  /// Keys that differ in their last part alone.
  enum Family: String, CaseIterable {
    case band, kind, round, verdict, urgency, language, strength
    case verdictNote = "verdict-note", group, groupNote = "group-note", habit, filter
    case track, label, labelNote = "label-note"
    case source, notice, problem, problemNote = "problem-note", action, appeal, theme, fault
    case danger, occasion, delivery, wish
    case caseNote = "case-note", caseTexts = "case-texts", caseFault = "case-fault", caseWay = "case-way"

    /// The members there must be.
    var members: [String] {
      switch self {
      case .band: Band.allCases.map(\.name)
      case .habit: ["language", "theme", "veil", "shortcuts"]
      case .filter: ["kind", "round", "language", "track"]
      case .strength: ["against", "little", "clear", "strong"]
      case .verdictNote:
        ItemKind.allCases.flatMap { kind in ItemVerdict.allCases.map { kind.rawValue + "-" + $0.rawValue } }
      case .kind, .group, .groupNote, .caseNote: ItemKind.allCases.map(\.rawValue)
      case .round: ItemRound.allCases.map(\.rawValue)
      case .verdict: ItemVerdict.allCases.map(\.rawValue)
      case .urgency: ["0", "1", "2", "3"]
      case .language: Language.allCases.map(\.name)
      case .track: Track.allCases.map(\.name)
      case .label, .labelNote: Label.allCases.map(\.key)
      case .source: EvidenceSource.names
      case .notice: PageNotice.Kind.allCases.map(\.rawValue)
      case .problem, .problemNote: ProblemView.Kind.allCases.map(\.rawValue)
      case .action: AuditWords.names
      case .appeal: AppealReasonCode.allCases.map(\.rawValue)
      case .theme: ConsoleTheme.allCases.map(\.rawValue)
      case .fault: AuditView.Fault.allCases.map(\.rawValue)
      case .danger: CaseDanger.allCases.map(\.rawValue)
      case .occasion: CaseView.occasions
      case .delivery: CaseView.Saying.Delivery.allCases.map(\.rawValue)
      case .wish: ["yes", "no", "unsaid"]
      case .caseTexts: CaseView.Texts.allCases.filter { $0 != .kept }.map(\.rawValue)
      case .caseFault: CaseView.Fault.allCases.map(\.rawValue)
      case .caseWay: CaseView.Way.allCases.map(\.rawValue)
      }
    }
  }

  /// The name of a stage, without its track.
  func stage(_ label: Label) -> String { of(.label, label.key) }

  /// The name of a label with its track before it.
  func name(of label: Label) -> String {
    guard let track = label.track else { return stage(label) }
    return of(.track, track.name) + " · " + stage(label)
  }

  /// What messages with a label do.
  func note(of label: Label) -> String { of(.labelNote, label.key) }
}

extension Label {
  /// The label's part of a key: `topup-condition`.
  var key: String { track.map { $0.name + "-" + stage } ?? name }
}
