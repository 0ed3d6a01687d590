internal import ArgumentParser

/// Whether and how a run is kept.
struct KeepOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep the run in this SQLite file, made if need be: hashes, options, figures and the scores of every message by its id, no text.",
      valueName: "file"))
  var store: String?

  @Option(
    help: ArgumentHelp(
      "What to call the kept run; with two files of predictions, once for each. By default the model id or the file.",
      valueName: "name"))
  var runName: [String] = []

  @Option(
    help: ArgumentHelp(
      "The time of the kept run instead of the clock's, in UTC: 2026-01-31T12:00:00Z.", valueName: "time"))
  var runTime: RunTime?

  @Option(
    help: ArgumentHelp(
      "Keep ids as keyed hashes (HMAC-SHA-256), with the key of this file, as 'jaga score --hash-ids' writes them.",
      valueName: "file"))
  var hashIds: String?

  func validate() throws {
    guard store == nil else { return }
    if !runName.isEmpty || runTime != nil || hashIds != nil {
      throw ValidationError("--run-name, --run-time and --hash-ids are about the kept run; give --store too")
    }
  }

  /// The names of the runs, for as many systems.
  func checkNames(systems: Int) throws {
    guard store != nil, !runName.isEmpty else { return }
    if runName.count != systems {
      throw ValidationError(
        systems == 1
          ? "one system is judged; give --run-name once"
          : "two systems are judged; give --run-name twice, or not at all")
    }
    if runName.contains(where: \.isEmpty) { throw ValidationError("--run-name must not be empty") }
    if Set(runName).count < runName.count { throw ValidationError("--run-name must differ for the two systems") }
  }
}
