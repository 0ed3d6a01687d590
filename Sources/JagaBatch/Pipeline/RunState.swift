internal import Synchronization

/// Who may end a run: the run itself, or a signal that found it waiting for input.
///
/// A run that waits for input has written everything, and may wait for ever. So a signal that comes then takes the run over and ends it;
/// one that comes while the run is busy only asks it to stop, which it does at the end of the block.
final class RunState: Sendable {
  private static let busy = 0
  private static let waiting = 1
  private static let stopping = 2
  private static let ended = 3
  private let state = Atomic<Int>(RunState.busy)

  /// The run is about to wait for input. False when it has to stop instead.
  func beginWaiting() -> Bool { exchange(RunState.busy, RunState.waiting) }

  /// The run goes on. False when a signal has taken it over.
  func endWaiting() -> Bool { exchange(RunState.waiting, RunState.busy) }

  /// True once it has been asked to stop.
  var isStopping: Bool { state.load(ordering: .acquiring) == RunState.stopping }

  /// The run is over by itself; signals come too late.
  func end() { state.store(RunState.ended, ordering: .releasing) }

  /// Asks the run to stop. True when it was waiting, and the caller now owns it.
  func interrupt() -> Bool {
    if exchange(RunState.waiting, RunState.stopping) { return true }
    _ = exchange(RunState.busy, RunState.stopping)
    return false
  }

  private func exchange(_ from: Int, _ to: Int) -> Bool {
    state.compareExchange(expected: from, desired: to, ordering: .acquiringAndReleasing).exchanged
  }
}
