public import JagaCore
public import JagaStore
internal import Synchronization

/// What the engine did since it was made; for metrics. No ids, no text.
public final class EngineCounts: Sendable {
  /// The counts at one moment.
  public struct Snapshot: Sendable {
    /// Messages scored, by ``Band`` of the message.
    public var messages = [Int](repeating: 0, count: Band.allCases.count)
    /// Messages flagged for risk, by band.
    public var riskFlags = [Int](repeating: 0, count: Band.allCases.count)
    /// Messages flagged because somebody asks for help.
    public var disclosureFlags = 0
    /// Messages that came again.
    public var repetitions = 0
    /// Conversations whose state belonged to another model and began anew.
    public var restarts = 0
    /// Conversations whose changes could not be written, though those of others could, and were given up.
    public var deadChanges = 0
  }

  private let counts = Mutex(Snapshot())
  /// How long transactions of the store took, in seconds.
  let commits = PrometheusHistogram(bounds: PrometheusHistogram.seconds)

  init() {}

  /// The counts now.
  public var snapshot: Snapshot { counts.withLock { $0 } }

  func scored(_ band: Band) { counts.withLock { $0.messages[Int(band.rawValue)] += 1 } }

  func flagged(_ kind: ReviewKind, _ band: Band) {
    counts.withLock { counts in
      switch kind {
      case .disclosure: counts.disclosureFlags += 1
      case .risk: counts.riskFlags[Int(band.rawValue)] += 1
      }
    }
  }

  func repeated() { counts.withLock { $0.repetitions += 1 } }
  func restarted() { counts.withLock { $0.restarts += 1 } }
  func gaveUp() { counts.withLock { $0.deadChanges += 1 } }
}
