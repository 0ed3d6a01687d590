/// Tells how long the phases of a training take.
struct PhaseClock {
  private let report: (@Sendable (String, Double) -> Void)?
  private var begin = ContinuousClock.now

  /// The first phase begins now.
  init(_ options: Trainer.Options) { report = options.onPhase }

  /// Reports the phase that ends now; the next one begins.
  mutating func end(_ phase: String) {
    let now = ContinuousClock.now
    report?(phase, (now - begin) / .seconds(1))
    begin = now
  }
}
