/// A part of the page that somebody else contributes: a heading, sentences, and tables that sort and filter.
///
/// The lexicon laboratory adds its entries in this way; each table also becomes a CSV file of its own and a part of `plots.json`:
///
///     let section = ReportSection(id: "lexicon", title: "Entries of the lexicon", notes: [], tables: [entries])
///     ReportPage(report, plots: plots, sections: [section])
public struct ReportSection: Hashable, Sendable {
  /// Letters, digits and hyphens; the section's address on the page.
  public let id: String
  /// Its heading.
  public let title: String
  /// Paragraphs before the tables.
  public let notes: [String]
  /// Its tables.
  public let tables: [ReportTable]

  /// Creates a section. The id goes through the same filter as those of tables.
  public init(id: String, title: String, notes: [String] = [], tables: [ReportTable]) {
    self.id = ReportTable(id: id, caption: "", columns: []).id
    self.title = title
    self.notes = notes
    self.tables = tables
  }
}
