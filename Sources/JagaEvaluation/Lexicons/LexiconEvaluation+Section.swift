extension LexiconEvaluation {
  /// The laboratory's table for a report's page: every entry and rule that was found somewhere, and the dead ones counted.
  public var section: ReportSection {
    var table = ReportTable(
      id: "entries", caption: "Entries and rules that were found, those with a finding first",
      columns: [
        .text("entry"), .text("finding"), .text("speaks for"), .text("language"), .number("messages"),
        .number("precision"), .number("by chance"), .number("moves"), .number("overlap"), .number("conflict"),
        .number("z"), .number("AUC gain"), .number("F1 gain"), .number("recall gain"), .number("wrong"),
      ])
    for entry in entries where entry.count > 0 {
      table.add([
        .text(entry.voter.id), .text(entry.findings.map(\.rawValue).joined(separator: ", ")),
        .text(entry.voter.sense.name), .text(entry.voter.language), .count(entry.count), .estimate(entry.precision),
        .number(entry.base), .number(entry.moves), .number(entry.overlap), .number(entry.conflict),
        .number(entry.logOdds.z), .estimate(entry.areaGain), .estimate(entry.f1Gain), .estimate(entry.recallGain),
        .count(entry.wrongCount),
      ])
    }
    let found = LexiconFinding.allCases.map { finding in
      "\(finding.rawValue) \(entries.filter { $0.findings.contains(finding) }.count)"
    }
    return ReportSection(
      id: "lexicon", title: "Lexicon and rules",
      notes: [
        "\(entries.count) entries and rules over \(messages) messages: \(found.joined(separator: ", ")). "
          + "A gain is what is lost without the entry, everything else left in place.",
        "All of it, with the wrong instances by id: jaga lexicon evaluate.",
      ], tables: [table])
  }
}
