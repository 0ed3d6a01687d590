internal import JagaCore
internal import JagaLexicon

/// A text of a source with its place.
struct Placed<Value> {
  var value: Value
  var position: SourcePosition
  /// The node, for places inside it.
  var node: SourceNode?
}

/// A list as written.
struct ListSource {
  var name: String
  var position: SourcePosition
  var items: [Placed<String>]
}

/// An entry as written.
struct EntrySource {
  var id: String
  var position: SourcePosition
  var label: Label?
  var weight: Double
  var sensitivity: Sensitivity
  var source: String
  var note: String
  var phrases: [Placed<String>]
}

/// A rule as written.
struct RuleSource {
  var id: String
  var position: SourcePosition
  var condition: ConditionSource?
  var earlier: [HistorySource]
  var unlessEarlier: [HistorySource]
  var votes: VoteRow
  var source: String
  var note: String
}

/// A track file as written.
struct TrackSource {
  var file: String
  var language: SourceLanguage
  var track: String
  var lists: [ListSource] = []
  var entries: [EntrySource] = []
  var rules: [RuleSource] = []
}

extension TrackSource {
  /// Reads a file; reports what does not fit and keeps the rest.
  init?(_ root: SourceNode, file: LexiconSourceFile, log: LintLog) {
    guard let fields = SourceFields(root, allowed: SourceKeys.trackFile, place: "a track file", log: log) else {
      return nil
    }
    self.file = file.path
    guard let language = FileHeader.language(fields, file: file, log: log) else { return nil }
    guard
      let track = fields.choice(
        "track", allowed: SourceKeys.tracks, log: log, { SourceKeys.tracks.contains($0) ? $0 : nil })
    else { return nil }
    self.language = language
    self.track = track
    if SourceKeys.tracks.contains(file.stem), file.stem != track, let node = fields["track"] {
      log.add(.trackMismatch(declared: track, file: file.stem), at: node.position)
    }
    if let node = fields["lists"] { lists = ListSource.read(node, log: log) }
    for node in fields.items("entries", log: log) ?? [] {
      if let entry = EntrySource(node, language: language, track: track, log: log) { entries.append(entry) }
    }
    for node in fields.items("rules", log: log) ?? [] {
      if let rule = RuleSource(node, language: language, track: track, log: log) { rules.append(rule) }
    }
  }
}

/// What every file begins with.
enum FileHeader {
  /// The language of a file, compared with its folder.
  static func language(_ fields: SourceFields, file: LexiconSourceFile, log: LintLog) -> SourceLanguage? {
    guard fields["language"] != nil else {
      log.add(.missingKey(key: "language", place: "the file"), at: fields.position)
      return nil
    }
    let language = fields.choice("language", allowed: SourceKeys.languages, log: log) { SourceLanguage(name: $0) }
    if let language, let folder = file.folder, SourceKeys.languages.contains(folder), folder != language.name,
      let node = fields["language"]
    {
      log.add(.languageMismatch(declared: language.name, folder: folder), at: node.position)
    }
    return language
  }
}

extension ListSource {
  static func read(_ node: SourceNode, log: LintLog) -> [ListSource] {
    guard let fields = node.fields else {
      log.add(.wrongShape(key: "lists", expected: "a mapping from names to lists"), at: node.position)
      return []
    }
    return fields.map { key, value in
      let name = key.text ?? ""
      let items = (value.items ?? []).compactMap { item -> Placed<String>? in
        guard let text = item.text else {
          log.add(.wrongShape(key: name, expected: "a list of words"), at: item.position)
          return nil
        }
        return Placed(value: text, position: item.position, node: item)
      }
      if value.items == nil, !value.isAbsent {
        log.add(.wrongShape(key: name, expected: "a list of words"), at: value.position)
      } else if value.items?.isEmpty ?? true {
        log.add(.empty(what: "list", name: name), at: key.position)
      }
      return ListSource(name: name, position: key.position, items: items)
    }
  }
}

extension EntrySource {
  init?(_ node: SourceNode, language: SourceLanguage, track: String, log: LintLog) {
    guard let fields = SourceFields(node, allowed: SourceKeys.entry, place: "an entry", log: log) else { return nil }
    guard let id = SourceID.read(fields, language: language, track: track, isRule: false, log: log) else { return nil }
    self.id = id
    position = fields["id"]?.position ?? node.position
    if let text = fields.text("label", log: log), let place = fields["label"]?.position {
      label = Label(name: text)
      if label == nil {
        log.add(.unknownLabel(label: text, hint: NearWord.nearest(to: text, among: SourceKeys.labels)), at: place)
      } else if track != "context", let known = label?.track?.name ?? label?.name, known != track,
        label != .benign, label != .disclosure
      {
        log.add(.foreignLabel(label: text, track: track), at: place)
      }
    } else {
      label = nil
    }
    weight = label == nil ? 0 : 1
    if let text = fields.text("weight", log: log), let place = fields["weight"]?.position {
      if let number = Double(text), abs(number) <= 6 {
        weight = number
      } else {
        log.add(.weight(value: text), at: place)
      }
      if fields["label"] == nil, weight != 0 {
        log.add(.weightWithoutLabel(id: id), at: place)
        weight = 0
      }
    }
    sensitivity =
      fields.choice("sensitivity", allowed: SourceKeys.sensitivities, log: log) { Sensitivity(name: $0) } ?? .public
    source = fields.text("source", log: log) ?? ""
    note = fields.text("note", log: log) ?? ""
    if source.isEmpty, note.isEmpty { log.add(.missingReason(id: id), at: position) }
    phrases = (fields.items("phrases", log: log) ?? []).compactMap { item in
      guard let text = item.text else {
        log.add(
          .wrongShape(key: "phrases", expected: "a list of phrases; quote those with ':', '{' or '|'"),
          at: item.position)
        return nil
      }
      return Placed(value: text, position: item.position, node: item)
    }
    if fields["phrases"] == nil || fields["phrases"]?.items?.isEmpty == true {
      log.add(.empty(what: "entry", name: id), at: position)
    }
  }
}

/// Ids: `language.track.group.name`, rules with `rule` as their group.
enum SourceID {
  static func read(
    _ fields: SourceFields, language: SourceLanguage, track: String, isRule: Bool, log: LintLog
  ) -> String? {
    guard let id = fields.text("id", log: log), let place = fields["id"]?.position else {
      log.add(.missingKey(key: "id", place: isRule ? "a rule" : "an entry"), at: fields.position)
      return nil
    }
    let parts = id.split(separator: ".", omittingEmptySubsequences: false)
    let fits =
      parts.count >= 3 && parts[0] == language.name && parts[1] == track && (parts[2] == "rule") == isRule
      && (!isRule || parts.count >= 4) && parts.allSatisfy { isComponent($0) }
    if !fits {
      let expected = "\(language.name).\(track).\(isRule ? "rule" : "stage").name"
      log.add(.malformedID(id: id, expected: expected), at: place)
    }
    return id
  }

  private static func isComponent(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
  }
}
