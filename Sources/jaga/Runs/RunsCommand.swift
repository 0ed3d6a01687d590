internal import ArgumentParser
internal import JagaEvaluation
internal import JagaStore

/// `jaga runs`.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List, show, compare and query the runs that 'jaga evaluate --store' kept.",
    discussion: """
      A store is one SQLite file. Reading it changes nothing, and may go on while another program keeps a run in it. Runs are named by \
      their id, by its first digits (four at least), or by a name that no other run has.

      EXAMPLES
        jaga evaluate gold.jsonl --store runs.sqlite --run-name before
        jaga runs list runs.sqlite
        jaga runs compare runs.sqlite before after

      EXIT CODES
        0 done; 1 the store cannot be read, a run is not in it, or runs do not fit; 64 usage
      """,
    subcommands: [RunsListCommand.self, RunsShowCommand.self, RunsCompareCommand.self, RunsQueryCommand.self])
}

/// `jaga runs list`.
struct RunsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the runs of a store, the oldest first.",
    discussion: """
      Each with its id, time (UTC), name, system, digest of its gold, messages, and F1 of moves in messages, in turns and of alarms about \
      transcripts. Runs with the same gold can be compared.

      EXAMPLES
        jaga runs list runs.sqlite
        jaga runs list runs.sqlite --output csv > runs.csv

      EXIT CODES
        0 done; 1 the store cannot be read; 64 usage
      """)

  @OptionGroup var from: StoreArgument

  @Option(help: "table, json or csv.")
  var output = ReportForm.table

  func run() throws {
    try reporting {
      ignoreBrokenPipeSignal()
      let report = try RunListReport(from.opened())
      try output.write(report.writeTable, report.writeJSON, report.writeCSV)
    }
  }
}

/// `jaga runs show`.
struct RunsShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what one run rests on, and its figures as they were kept.",
    discussion: """
      Files with their SHA-256, options, and the figures of 'jaga evaluate'. Confusion and reliability are not kept; the view v_items has \
      the scores that they are made of.

      EXAMPLES
        jaga runs show runs.sqlite before
        jaga runs show runs.sqlite 3f9a1c --output json

      EXIT CODES
        0 done; 1 the store cannot be read, or the run is not in it; 64 usage
      """)

  @OptionGroup var from: StoreArgument

  @Argument(help: ArgumentHelp("The run: its id, the first digits of it, or its name.", valueName: "run"))
  var name: String

  @Option(help: "table, json or csv.")
  var output = ReportForm.table

  func run() throws {
    try reporting {
      ignoreBrokenPipeSignal()
      let store = try from.opened()
      let report = try RunReport(store, run: store.run(name))
      try output.write(report.writeTable, report.writeJSON, report.writeCSV)
    }
  }
}

/// `jaga runs query`.
struct RunsQueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Answer a question in SQL; nothing can be changed by it.",
    discussion: """
      The views are v_runs, v_files, v_figures, v_items, v_labels and v_changes; Documentation/Guides/Runs.md lists their columns. Any other \
      program that reads SQLite can ask the same.

      EXAMPLES
        jaga runs query runs.sqlite "SELECT run_name, value FROM v_figures WHERE dimension = 'all' AND head = 'move' AND measure = 'f1'"
        jaga runs query runs.sqlite "SELECT * FROM v_items WHERE run_name = 'before' AND verdict = 'fn'" --output csv > missed.csv

      EXIT CODES
        0 done; 1 the store cannot be read, or the query not be run; 64 usage
      """)

  @OptionGroup var from: StoreArgument

  @Argument(help: "One SQL query.")
  var sql: String

  @Option(help: "table, json or csv.")
  var output = ReportForm.table

  func run() throws {
    try reporting {
      ignoreBrokenPipeSignal()
      let report = QueryReport(try from.opened().query(sql))
      try output.write(report.writeTable, report.writeJSON, report.writeCSV)
    }
  }
}
