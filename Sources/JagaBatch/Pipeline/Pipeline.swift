internal import Glibc
internal import JagaTranscripts

/// The lanes of a run on their way from the input to the output, and the threads that take them there.
///
/// A lane takes seven steps. Reading, admitting and writing go lane after lane; a group of shards concludes lane after lane; decoding,
/// assessing and making records go in any order. A thread that is free takes the step of the oldest lane that can be taken, so reading,
/// scoring and writing overlap, and no more is read while all lanes are under way. A step is some hundred messages long: the one lock is
/// held for a few instructions between two of them.
///
/// Reading may wait for ever, so the calling thread never reads; when the run is over while another one does, that one is left behind.
final class Pipeline: @unchecked Sendable {
  /// How far a lane is; the steps in between are under way.
  private enum Status {
    case free, reading, filled, decoding, decoded, admitted, assessing, assessed, concluded, recording, recorded
  }

  private enum Step {
    case read(Int)
    case decode(Int)
    case admit(Int)
    case assess(Int)
    case conclude(Int, group: Int)
    case record(Int)
    case write(Int)
    case checkpoint
  }

  /// Shards that are concluded together, by one thread at a time.
  private struct Group {
    /// The lane that is next.
    var next = 0
    var isBusy = false
  }

  private let run: BatchRun
  private let team: Team
  private let source: PartSource
  private let strict: Bool
  private let threads: Int
  private let groupShards: [Range<Int>]
  private let lock: ConditionLock
  // Guarded by `lock`. Lanes are numbered through the run; each has the place of its number modulo the number of places.
  private var statuses: [Status]
  private var concludedGroups: [Int]
  private var groups: [Group]
  /// Numbers of the lanes that are next in the three steps that go lane after lane.
  private var nextRead = 0
  private var nextAdmit = 0
  private var nextWrite = 0
  private var isReading = false
  /// True once the run is over for whoever asked for it.
  private var isClosed = false
  private var hasEnded = false
  /// True while a thread admits, writes or saves: one at a time, since all of them tell the observer or the sink.
  private var isOrdering = false
  /// Steps under way, but for the reading.
  private var busy = 0
  private var stop: Diagnostic?
  private var failure: (any Error)?
  private var served = 0

  init(run: BatchRun, team: Team, source: PartSource, strict: Bool, threads: Int) {
    self.run = run
    self.team = team
    self.source = source
    self.strict = strict
    self.threads = threads
    lock = run.lock
    statuses = [Status](repeating: .free, count: team.lanes.count)
    concludedGroups = [Int](repeating: 0, count: team.lanes.count)
    let count = min(ShardConcluder.count, 2 * threads)
    groupShards = (0..<count).map {
      ShardConcluder.count * $0 / count..<ShardConcluder.count * ($0 + 1) / count
    }
    groups = [Group](repeating: Group(), count: count)
  }

  /// Takes all lanes through. Nil when the system has no thread to read with. Throws what the sink throws.
  func process() throws -> BatchSummary.Ending? {
    var started = 0
    for worker in 1..<threads {
      let isStarted = startDetachedThread { [self] in
        serve(worker)
        lock.locked { served += 1 }
      }
      guard isStarted else { break }
      started += 1
    }
    guard started > 0 else { return nil }
    serve(0)
    // Whoever still reads touches nothing of the run any more: closed, it has no further step.
    return try lock.wait(until: { served == started || (isReading && served == started - 1) }) {
      isClosed = true
      return Result<BatchSummary.Ending, any Error> {
        if let failure { throw failure }
        if let stop { return .stopped(stop) }
        return isFinished ? .finished : .interrupted
      }
    }.get()
  }

  private func serve(_ worker: Int) {
    while true {
      var step: Step?
      lock.wait(until: {
        step = choose(worker)
        return step != nil || isOver
      }) {
        if let step { begin(step) }
      }
      guard let step else { return }
      let outcome = perform(step, worker)
      lock.locked { end(step, outcome) }
    }
  }
}

// Which step is next, and what it changes. All of it under the lock.
extension Pipeline {
  private func place(_ lane: Int) -> Int { lane % statuses.count }

  private func status(_ lane: Int) -> Status { statuses[lane % statuses.count] }

  private var isStopping: Bool { stop != nil || run.state.isStopping }

  private var isFinished: Bool { hasEnded && !isReading && nextWrite == nextRead }

  private var isOver: Bool {
    if isClosed { return true }
    if failure != nil { return busy == 0 }
    return busy == 0 && nextWrite == nextAdmit && (isStopping || isFinished)
  }

  private func choose(_ worker: Int) -> Step? {
    if isClosed || failure != nil { return nil }
    let mayRead = worker > 0 && !isReading && !hasEnded && !isStopping && nextRead - nextWrite < statuses.count
    // What is to be decoded and admitted must not run out for the others.
    if mayRead, nextRead - nextAdmit < threads { return .read(nextRead) }
    if !isOrdering, nextWrite < nextAdmit, status(nextWrite) == .recorded { return .write(nextWrite) }
    for lane in nextWrite..<nextAdmit where status(lane) == .concluded { return .record(lane) }
    for group in groups.indices where !groups[group].isBusy && groups[group].next < nextAdmit {
      if status(groups[group].next) == .assessed { return .conclude(groups[group].next, group: group) }
    }
    for lane in nextWrite..<nextAdmit where status(lane) == .admitted { return .assess(lane) }
    if !isOrdering, !isStopping, nextAdmit < nextRead, status(nextAdmit) == .decoded {
      if !run.isCheckpointDue { return .admit(nextAdmit) }
      if nextWrite == nextAdmit { return .checkpoint }
    }
    for lane in nextAdmit..<max(nextAdmit, nextRead) where status(lane) == .filled { return .decode(lane) }
    return mayRead ? .read(nextRead) : nil
  }

  private func begin(_ step: Step) {
    switch step {
    case .read(let lane):
      statuses[place(lane)] = .reading
      isReading = true
      nextRead += 1
      return
    case .decode(let lane): statuses[place(lane)] = .decoding
    case .assess(let lane): statuses[place(lane)] = .assessing
    case .conclude(_, let group): groups[group].isBusy = true
    case .record(let lane): statuses[place(lane)] = .recording
    case .admit, .write, .checkpoint: isOrdering = true
    }
    busy += 1
  }

  /// What a step came to.
  private struct Outcome {
    var wasFilled = true
    var stop: Diagnostic?
    var failure: (any Error)?
  }

  private func end(_ step: Step, _ outcome: Outcome) {
    if let failure = outcome.failure { self.failure = self.failure ?? failure }
    switch step {
    case .read(let lane):
      isReading = false
      statuses[place(lane)] = outcome.wasFilled ? .filled : .free
      guard !outcome.wasFilled else { return }
      hasEnded = true
      nextRead -= 1
      return
    case .decode(let lane): statuses[place(lane)] = .decoded
    case .admit(let lane):
      statuses[place(lane)] = .admitted
      concludedGroups[place(lane)] = 0
      nextAdmit += 1
      stop = outcome.stop
      isOrdering = false
    case .assess(let lane): statuses[place(lane)] = .assessed
    case .conclude(let lane, let group):
      groups[group].isBusy = false
      groups[group].next += 1
      concludedGroups[place(lane)] += 1
      if concludedGroups[place(lane)] == groups.count {
        statuses[place(lane)] = team.isTable ? .recorded : .concluded
      }
    case .record(let lane): statuses[place(lane)] = .recorded
    case .write(let lane):
      statuses[place(lane)] = .free
      nextWrite += 1
      isOrdering = false
    case .checkpoint: isOrdering = false
    }
    busy -= 1
  }

  /// Outside the lock.
  private func perform(_ step: Step, _ worker: Int) -> Outcome {
    var outcome = Outcome()
    let lanes = team.lanes
    func lane(_ number: Int) -> Lane { lanes[number % lanes.count] }
    do {
      switch step {
      case .read(let number): outcome.wasFilled = source.fill(&lane(number).input)
      case .decode(let number): team.decode(lane(number), worker: worker)
      case .admit(let number): outcome.stop = run.admit(lane(number), strict: strict)
      case .assess(let number): team.assess(lane(number), worker: worker)
      case .conclude(let number, let group): team.conclude(lane(number), shards: groupShards[group])
      case .record(let number): team.record(lane(number), worker: worker)
      case .write(let number):
        if team.isTable { team.record(lane(number), worker: worker) }
        try run.write(lane(number))
      case .checkpoint: try run.saveCheckpoint()
      }
    } catch {
      outcome.failure = error
    }
    return outcome
  }
}
