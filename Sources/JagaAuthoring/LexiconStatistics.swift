internal import JagaCore
internal import JagaLexicon

/// What lexicon sources hold, counted by language and label.
public struct LexiconStatistics: Hashable, Sendable {
  /// One line of the table.
  public struct Row: Hashable, Sendable {
    /// `id`, `en` or `any`.
    public var language: String
    /// The label, or `-` for entries without one; rules are counted under `rule`.
    public var label: String
    /// Entries, or rules.
    public var entries: Int
    /// Phrases written.
    public var phrases: Int
    /// Entries marked as coded.
    public var coded: Int
  }

  /// By language, then label; rules last in each language.
  public let rows: [Row]
  /// Entries in all.
  public let entries: Int
  /// Phrases in all.
  public let phrases: Int
  /// Rules in all.
  public let rules: Int
  /// Chat forms in all.
  public let slangForms: Int
  /// Known words and roots in all.
  public let words: Int
  /// Transitions that the phrases expand to, before prefixes are shared.
  public let transitions: Int

  init(_ tracks: [TrackSource], words tables: WordTables, transitions: Int) {
    var counts: [[String]: Row] = [:]
    func add(_ language: String, _ label: String, phrases: Int, coded: Bool) {
      let row = counts[[language, label]] ?? Row(language: language, label: label, entries: 0, phrases: 0, coded: 0)
      counts[[language, label]] = Row(
        language: language, label: label, entries: row.entries + 1, phrases: row.phrases + phrases,
        coded: row.coded + (coded ? 1 : 0))
    }
    for track in tracks {
      for entry in track.entries {
        add(
          track.language.name, entry.label?.name ?? "-", phrases: entry.phrases.count,
          coded: entry.sensitivity == .coded)
      }
      for _ in track.rules { add(track.language.name, "rule", phrases: 0, coded: false) }
    }
    let order = ["-"] + SourceKeys.labels + ["rule"]
    rows = counts.values.sorted { left, right in
      if left.language != right.language {
        return SourceKeys.languages.firstIndex(of: left.language) ?? 0 < SourceKeys.languages.firstIndex(
          of: right.language) ?? 0
      }
      return order.firstIndex(of: left.label) ?? 0 < order.firstIndex(of: right.label) ?? 0
    }
    entries = tracks.reduce(0) { $0 + $1.entries.count }
    phrases = tracks.flatMap(\.entries).reduce(0) { $0 + $1.phrases.count }
    rules = tracks.reduce(0) { $0 + $1.rules.count }
    slangForms = tables.formCount.values.reduce(0, +)
    words = tables.wordCount.values.reduce(0, +)
    self.transitions = transitions
  }
}
