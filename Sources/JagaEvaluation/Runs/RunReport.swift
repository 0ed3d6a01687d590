public import JagaBatch
public import JagaStore

/// One run on its way out: what it rests on, and its figures as they were kept.
public struct RunReport {
  private let run: KeptRun
  private let evaluation: Evaluation

  /// A run of a store.
  public init(_ store: Store, run: KeptRun) throws {
    self.run = run
    evaluation = try Evaluation(store, run: run)
  }

  private var figures: EvaluationReport { EvaluationReport(evaluation, run: run) }

  /// Appends the run's own lines, then the pages of `jaga evaluate` without confusion and reliability.
  public func writeTable(to buffer: ByteBuffer) {
    var lines = [
      "run \(run.id), \(Shown.name(run.name)), kept \(run.createdAt)",
      "jaga \(run.program), " + (run.system.modelID.map { "model \($0)" } ?? "predictions"),
    ]
    for file in run.files {
      lines.append("\(file.role.rawValue): \(file.name), \(Shown.grouped(file.bytes)) bytes, SHA-256 \(file.sha256)")
    }
    lines.append("gold digest: \(run.goldDigest)")
    buffer.append(text: lines.map { $0 + "\n" }.joined())
    figures.writeTable(to: buffer)
  }

  /// Appends the figures as `jaga evaluate --output csv` does.
  public func writeCSV(to buffer: ByteBuffer) { figures.writeCSV(to: buffer) }

  /// Appends one JSON object and a line break: `run`, `name`, `kept`, `program`, `system`, `model`, `gold`, `predictions`, `options`, `files[]`, and
  /// `figures[]` as of `jaga evaluate`.
  public func writeJSON(to buffer: ByteBuffer) {
    buffer.append("{")
    run.writeMembers(to: buffer)
    figures.writeFigures(to: buffer)
    buffer.append("}\n")
  }
}
