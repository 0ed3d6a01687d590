public import JagaCore
import JagaLexicon
public import JagaScoring

/// A run of words that labelled messages hold and no entry of their label covers.
public struct PhraseSuggestion: Sendable {
  /// Canonical words, joined by blanks: a phrase as entries write it.
  public var phrase: String
  /// What it speaks for.
  public var label: Label
  /// The language of the messages: `id` or `en`.
  public var language: String
  /// Messages with the label that hold it outside what entries of the label found.
  public var count: Int
  /// Messages with the label, in that language.
  public var labelled: Int
  /// Messages without the label that hold it.
  public var otherCount: Int
  /// Messages without the label, in that language.
  public var others: Int
  /// Those of ``count`` in which no entry of the label was found at all: what it would newly reach.
  public var unreached: Int
  /// How much more often it stands in messages with the label.
  public var logOdds: LogOdds
}

/// Looks for phrases that a lexicon lacks.
///
///     let gold = try LabelledMessages(reading: [.file("gold.jsonl")])
///     PhraseSuggestions(gold, scorer: scorer).suggestions.first?.phrase
///
/// Candidates are runs of one to four words of one clause, in canonical form. An occurrence does not count where it lies inside what an entry of the label found, or
/// holds such a find, and where an entry without a label (a concept or a list) already is exactly this phrase. Numbers, links, mentions, emoji and
/// the classes that stand for names, origins and faiths break a run. They are ranked by the z-score of ``LogOdds`` over messages of the same
/// language; a longer phrase is kept only when it speaks more clearly than every part of it.
///
/// What fewer than `minimum` messages hold is never shown: a single occurrence can identify a person. Cost: two passes over the texts; memory in proportion
/// to the distinct runs.
public struct PhraseSuggestions: Sendable {
  /// What may be chosen.
  public struct Options: Sendable {
    /// Messages with the label that a phrase must stand in, at least 2.
    public var minimum = 3
    /// The most words of a phrase, 1 to 4.
    public var longest = 4
    /// The least z-score.
    public var leastZ = 1.96
    /// At most this many for each label and language; 0 is all.
    public var limit = 10
    /// The strength of the prior of ``LogOdds``, in messages.
    public var prior = 500.0

    /// The defaults.
    public init() {}
  }

  /// By label, then language, the clearest first.
  public let suggestions: [PhraseSuggestion]

  /// Looks for phrases. A message stated to be of neither language, or of both, counts for both.
  public init(
    _ gold: LabelledMessages, scorer: Scorer, options: Options = Options(),
    where isChosen: (Label) -> Bool = { _ in true }
  ) {
    var options = options
    options.minimum = max(options.minimum, 2)
    options.longest = min(max(options.longest, 1), WordRun.longest)
    let census = PhraseCensus(gold, scorer: scorer, options: options)
    var found: [PhraseSuggestion] = []
    for label in Label.allCases where isChosen(label) {
      for language in [SourceLanguage.id, .en] {
        let ranked = PhraseSuggestions.ranked(census, label: label, language: language, options: options)
        found += options.limit > 0 ? Array(ranked.prefix(options.limit)) : ranked
      }
    }
    suggestions = found
  }

  private static func ranked(
    _ census: PhraseCensus, label: Label, language: SourceLanguage, options: Options
  ) -> [PhraseSuggestion] {
    let labelled = census.messages(label, language)
    let others = census.messages(in: language) - labelled
    var z: [WordRun: Double] = [:]
    var candidates: [(run: WordRun, suggestion: PhraseSuggestion)] = []
    for (run, counts) in census.counts(label, language) {
      let otherCount = census.total(run, language) - counts.all
      let odds = LogOdds(
        count: counts.uncovered, of: labelled, against: otherCount, of: others, prior: options.prior)
      z[run] = odds.z
      guard counts.uncovered >= options.minimum, odds.z >= options.leastZ else { continue }
      candidates.append(
        (
          run,
          PhraseSuggestion(
            phrase: census.phrase(run), label: label, language: language.name, count: counts.uncovered,
            labelled: labelled, otherCount: otherCount, others: others, unreached: counts.unreached, logOdds: odds)
        ))
    }
    return candidates.filter { candidate in
      candidate.run.parts.allSatisfy { (z[$0] ?? -.infinity) < candidate.suggestion.logOdds.z }
    }.map(\.suggestion).sorted { left, right in
      left.logOdds.z != right.logOdds.z ? left.logOdds.z > right.logOdds.z : left.phrase < right.phrase
    }
  }
}
