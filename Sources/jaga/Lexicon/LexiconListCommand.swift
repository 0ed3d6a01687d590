internal import ArgumentParser
internal import JagaAuthoring
internal import JagaBatch
internal import JagaCore
internal import JagaLexicon
internal import JagaRules
internal import JagaScoring

/// `jaga lexicon list`.
struct LexiconListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the entries and rules of sources, an overlay or a model, or count them.",
    discussion: """
      One line for each entry: id, label, weight in logits, phrases, sensitivity, source. Rules follow, with their ids. Phrases \
      themselves are in the sources only.

      EXAMPLES
        jaga lexicon list
        jaga lexicon list lexicons --stats
        jaga lexicon list my.overlay --label topup.condition
        jaga lexicon list Models/default.jaga --output csv

      EXIT CODES
        0 done; 1 something cannot be read, or sources hold errors; 64 usage
      """)

  /// The form of the list.
  enum Form: String, CaseIterable, ExpressibleByArgument {
    case table, csv
  }

  @Argument(help: ArgumentHelp("Folders of sources, or one file: an overlay or a model.", valueName: "path"))
  var paths: [String] = ["lexicons"]

  @Option(help: ArgumentHelp("Only entries of this label, or of a track ('topup').", valueName: "label"))
  var label: String?

  @Flag(help: "Count entries, phrases and coded entries by language and label instead (folders only).")
  var stats = false

  @Option(help: "table or csv.")
  var output = Form.table

  func validate() throws {
    if let label, Label(name: label) == nil, !Track.allCases.contains(where: { $0.name == label }) {
      let known = Label.allCases.map(\.name) + Track.allCases.map(\.name)
      throw ValidationError("unknown label '\(label)'\(suggestion(for: label, among: known))")
    }
    if paths.count > 1, paths.contains(where: { !Files.isFolder($0) }) {
      throw ValidationError("several paths must all be folders of sources")
    }
  }

  func run() throws {
    try reporting {
      ignoreBrokenPipeSignal()
      let buffer = ByteBuffer()
      if stats {
        guard paths.allSatisfy(Files.isFolder) else { throw Failure("--stats counts sources; give their folder") }
        writeStatistics(try LexiconSources.compile(paths).statistics, to: buffer)
      } else {
        let (lexicon, rules) = try opened()
        writeEntries(lexicon, rules, to: buffer)
      }
      try StandardOutput().write(buffer)
    }
  }

  private func opened() throws -> (Lexicon, RuleSet) {
    if paths.count == 1, !Files.isFolder(paths[0]) {
      do throws(BundleError) {
        let pack = try Overlay.open(path: paths[0]).pack
        return (pack.lexicon, pack.rules)
      } catch .wrongKind {
        let pack = try Model.open(path: paths[0]).pack
        return (pack.lexicon, pack.rules)
      }
    }
    let (compiled, _) = try LexiconSources.compiled(paths)
    let lexicon = try Lexicon(section: Section(copying: compiled.lexicon))
    return (lexicon, try RuleSet(section: Section(copying: compiled.rules), lexicon: lexicon))
  }

  private func isChosen(_ found: Label?) -> Bool {
    guard let label else { return true }
    return found?.name == label || found?.track?.name == label
  }

  private func writeEntries(_ lexicon: Lexicon, _ rules: RuleSet, to buffer: ByteBuffer) {
    var rows = [["id", "label", "weight", "phrases", "sensitivity", "source"]]
    for entry in 0..<UInt32(lexicon.count) where isChosen(lexicon.label(of: entry)) {
      let weight = ByteBuffer(capacity: 64)
      weight.append(logit: lexicon.weight(of: entry))
      rows.append([
        lexicon.id(of: entry), lexicon.label(of: entry)?.name ?? "-", weight.string,
        String(lexicon.phraseCount(of: entry)),
        lexicon.sensitivity(of: entry).name, lexicon.source(of: entry),
      ])
    }
    if label == nil {
      for rule in 0..<UInt32(rules.count) {
        rows.append([rules.id(of: rule), "rule", "-", "-", "-", rules.source(of: rule)])
      }
    }
    ListTable(rows: rows).write(asCSV: output == .csv, to: buffer)
  }

  private func writeStatistics(_ statistics: LexiconStatistics, to buffer: ByteBuffer) {
    var rows = [["language", "label", "entries", "phrases", "coded"]]
    for row in statistics.rows {
      rows.append([row.language, row.label, String(row.entries), String(row.phrases), String(row.coded)])
    }
    ListTable(rows: rows).write(asCSV: output == .csv, to: buffer)
    guard output == .table else { return }
    buffer.append(
      text:
        "\n\(grouped(statistics.entries)) entries, \(grouped(statistics.phrases)) phrases, \(grouped(statistics.rules)) rules, "
        + "\(grouped(statistics.slangForms)) chat forms, \(grouped(statistics.words)) known words\n")
  }
}

/// A small table of text with a heading.
private struct ListTable {
  let rows: [[String]]

  /// Appends it with aligned columns, or as CSV.
  func write(asCSV: Bool, to buffer: ByteBuffer) {
    let columns = rows.first?.count ?? 0
    let widths = (0..<columns).map { column in rows.reduce(0) { max($0, $1[column].unicodeScalars.count) } }
    for row in rows {
      for (column, cell) in row.enumerated() {
        var copy = cell
        if asCSV {
          if column > 0 { buffer.append(",") }
          copy.withUTF8 { buffer.append(csv: $0) }
        } else {
          buffer.append(text: cell)
          if column + 1 < columns {
            buffer.append(UInt8(ascii: " "), times: widths[column] - cell.unicodeScalars.count + 2)
          }
        }
      }
      if asCSV { buffer.append("\r\n") } else { buffer.append("\n") }
    }
  }
}
