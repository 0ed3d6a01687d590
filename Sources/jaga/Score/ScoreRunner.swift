internal import ArgumentParser
internal import Glibc
internal import JagaBatch
internal import JagaScoring
internal import JagaTranscripts

/// Runs `jaga score`: wires the run to standard output, standard error and signals, and decides the exit code.
struct ScoreRunner {
  let settings: ScoreSettings

  init(_ settings: ScoreSettings) { self.settings = settings }

  /// Ends by returning (exit code 0) or by throwing an `ExitCode` or an error with a sentence.
  func run() throws {
    ignoreBrokenPipeSignal()
    let watch = InterruptWatch()
    let start = MonotonicClock.now()
    let progress = settings.showsProgress ? ProgressBar(totalBytes: settings.totalBytes) : nil
    let printer = DiagnosticPrinter(progress: progress)
    let output = try openOutput()
    let run = BatchRun(
      scorer: settings.scorer, settings: settings.batch, sink: output ?? StandardOutput(), observer: printer)
    let end = Ending(settings: settings, printer: printer, output: output, start: start)
    watch.start { signal in
      end.noteSignal(signal)
      do {
        // Nil: the run ends by itself after the block at hand.
        guard let summary = try run.interrupt() else { return }
        _exit(try end.conclude(summary))
      } catch is BrokenPipe {
        _exit(0)
      } catch {
        printError("\(error)")
        _exit(1)
      }
    }
    let summary = try run.process(
      settings.inputs, format: settings.format, options: settings.reader, checkpoints: output.flatMap(plan))
    let code = try end.conclude(summary)
    if code != 0 { throw ExitCode(code) }
  }

  /// The file of `--out`; nil without one.
  private func openOutput() throws -> OutputFile? {
    guard let path = settings.outputPath else { return nil }
    if let start = settings.resume?.start { return try OutputFile(resuming: path, at: start.output) }
    let checkpoint = OutputFile.checkpoint(of: path)
    guard settings.resume != nil || access(checkpoint, F_OK) != 0 else {
      throw Failure("\(checkpoint): an interrupted run left this; add --resume to go on, or remove it to begin anew")
    }
    return try OutputFile(creating: path)
  }

  private func plan(_ output: OutputFile) -> CheckpointPlan? {
    guard let resume = settings.resume else { return nil }
    var plan = CheckpointPlan(path: resume.path, identity: resume.identity, sink: output, start: resume.start)
    plan.interval = resume.interval
    return plan
  }
}

/// What happens when a run is over: last diagnostics, summary, exit code. Used by one thread: that which ends the run.
private final class Ending: @unchecked Sendable {
  private let settings: ScoreSettings
  private let printer: DiagnosticPrinter
  private let output: OutputFile?
  private let start: Double
  private let lock = LastSignal()

  init(settings: ScoreSettings, printer: DiagnosticPrinter, output: OutputFile?, start: Double) {
    self.settings = settings
    self.printer = printer
    self.output = output
    self.start = start
  }

  func noteSignal(_ signal: Int32) { lock.set(signal) }

  func conclude(_ summary: BatchSummary) throws -> Int32 {
    printer.finish()
    let report = SummaryReport(
      summary: summary, level: settings.batch.level, modelID: settings.scorer.modelID,
      seconds: MonotonicClock.now() - start)
    if settings.printsSummary {
      let text = report.text
      _ = text.utf8CString.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count - 1) }
    }
    if let path = settings.summaryPath { try Files.write(Array(report.json.utf8), to: path) }
    if let resume = settings.resume {
      switch summary.ending {
      case .finished:
        // Before the checkpoint goes, all that it stands for lies on the disk.
        _ = try output?.secure()
        unlink(resume.path)
      case .interrupted: printError("interrupted; the same command goes on from here")
      case .stopped: break
      }
    }
    switch summary.ending {
    case .interrupted: return ExitCode.interrupted(by: lock.get()).rawValue
    case .stopped(let diagnostic):
      printError("stopped by --strict at: \(TranscriptError.malformed(diagnostic))")
      return ExitCode.stopped.rawValue
    case .finished:
      if summary.failures > 0 { return ExitCode.failure.rawValue }
      return summary.reading.malformed > 0 ? ExitCode.skipped.rawValue : 0
    }
  }
}
