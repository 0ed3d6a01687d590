internal import Glibc

/// What a run's output was when a checkpoint was taken.
public struct OutputMark: Hashable, Sendable {
  /// Bytes written so far.
  public var length: Int
  /// A hash of the last of them, to notice another file in its place.
  public var digest: UInt64

  /// Creates a mark.
  public init(length: Int, digest: UInt64) {
    self.length = length
    self.digest = digest
  }
}

/// An output that can be cut back to where it was.
public protocol ResumableSink: RecordSink {
  /// Makes sure that what was written survives a loss of power, and tells where the output is.
  func secure() throws -> OutputMark
}

/// How a run saves where it is, so that an interrupted one can be gone on with.
///
///     let plan = CheckpointPlan(path: "scores.jsonl.checkpoint", identity: identity, sink: output)
///     try run.process(inputs, options: options, checkpoints: plan)
///
/// The checkpoint holds positions, counts, ids, hashes and what conversations remember, and no text of a message. It takes the
/// place of the one before at once, so there is a whole one at any time.
public struct CheckpointPlan {
  /// The file.
  public let path: String
  /// What must be the same for a run to go on: settings, model, inputs, by name.
  public let identity: [Checkpoint.Fact]
  /// The least number of seconds between two checkpoints; more where taking one is slow, so that they take a twentieth of
  /// the time at most.
  public var interval = 10.0
  /// Where to go on; nil begins.
  public var start: Checkpoint?
  let sink: any ResumableSink

  /// A plan for a run that writes to `sink`, which must be the run's own.
  public init(path: String, identity: [Checkpoint.Fact], sink: any ResumableSink, start: Checkpoint? = nil) {
    self.path = path
    self.identity = identity
    self.sink = sink
    self.start = start
  }
}

/// Tells when a run should save where it is.
struct CheckpointTimer {
  /// Checkpoints take one part in so many of the time at most.
  private static let share = 20.0
  let plan: CheckpointPlan
  private var due: Double
  /// True when a part was admitted since the last checkpoint: there is nothing to save otherwise.
  private var hasNews = false

  init(_ plan: CheckpointPlan) {
    self.plan = plan
    due = CheckpointTimer.now() + plan.interval
  }

  var isDue: Bool { hasNews && CheckpointTimer.now() >= due }

  /// A part was admitted.
  mutating func noteNews() { hasNews = true }

  /// A checkpoint was taken that was begun at `start`.
  mutating func note(start: Double) {
    hasNews = false
    let now = CheckpointTimer.now()
    due = plan.interval > 0 ? now + max(plan.interval, (now - start) * CheckpointTimer.share) : now
  }

  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// Why a checkpoint cannot be used or taken.
public enum CheckpointError: Error, Equatable, CustomStringConvertible {
  /// The system refused something.
  case system(file: String, what: String, reason: String)
  /// It was written by another version of the program.
  case otherVersion(file: String)
  /// Its bytes are not what was written.
  case damaged(file: String)

  /// A sentence with a remedy.
  public var description: String {
    switch self {
    case .system(let file, let what, let reason):
      "\(file): the checkpoint cannot be \(what) (\(reason)); check the folder, its permissions and its free space"
    case .otherVersion(let file):
      "\(file): the checkpoint was written by another version of the program; go on with that one, or remove the file and begin anew"
    case .damaged(let file): "\(file): the checkpoint is damaged; remove the file and begin anew"
    }
  }
}
