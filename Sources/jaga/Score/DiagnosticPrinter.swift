internal import JagaBatch
internal import JagaTranscripts

/// Prints what readers notice, at most so many of a kind, and the rest as counts at the end. Never any text of a message.
final class DiagnosticPrinter: BatchObserver {
  /// How many diagnostics of one kind are printed.
  static let limit = 20

  private var seen: [String: (shown: Int, hidden: Int)] = [:]
  private let progress: ProgressBar?

  init(progress: ProgressBar?) { self.progress = progress }

  func noticed(_ diagnostic: Diagnostic) {
    // Two causes are of one kind when their sentences begin alike; names and numbers come later.
    let kind = "\(diagnostic.severity.rawValue) \(kindName(diagnostic.cause))"
    let (shown, hidden) = seen[kind] ?? (0, 0)
    guard shown < DiagnosticPrinter.limit else {
      seen[kind] = (shown, hidden + 1)
      return
    }
    seen[kind] = (shown + 1, hidden)
    progress?.clear()
    printError(diagnostic.rendered)
  }

  func failed(_ error: TranscriptError) {
    progress?.clear()
    printError(error.description)
  }

  func progressed(_ state: BatchProgress) { progress?.show(state) }

  /// The counts of what was not printed.
  func finish() {
    progress?.clear()
    for (kind, count) in seen.sorted(by: { $0.key < $1.key }) where count.hidden > 0 {
      printError("\(count.hidden) more of the kind '\(kind)' not shown")
    }
  }

  /// The case's name, without its values.
  private func kindName(_ cause: Diagnostic.Cause) -> String {
    let whole = "\(cause)"
    return String(whole.prefix { $0 != "(" })
  }
}
