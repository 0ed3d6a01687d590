internal import Glibc
internal import JagaBatch

/// Turns SIGINT and SIGTERM into a clean end: whole lines, the summary, exit code 128 + signal. A second signal ends at once.
///
/// The signals are blocked in every thread and taken by one that does nothing else, so nothing is interrupted half-way
/// and no handler runs where it must not.
struct InterruptWatch {
  private let signals: UnsafeMutablePointer<sigset_t>

  /// Blocks the signals. Must come before any other thread is started, since threads inherit this.
  init() {
    signals = .allocate(capacity: 1)
    sigemptyset(signals)
    sigaddset(signals, SIGINT)
    sigaddset(signals, SIGTERM)
    pthread_sigmask(SIG_BLOCK, signals, nil)
  }

  private final class Watched: @unchecked Sendable {
    let signals: UnsafeMutablePointer<sigset_t>
    let interrupt: (Int32) -> Void

    init(signals: UnsafeMutablePointer<sigset_t>, interrupt: @escaping (Int32) -> Void) {
      self.signals = signals
      self.interrupt = interrupt
    }
  }

  /// Starts to watch. `interrupt` is called at most once, on the watching thread, with the signal's number.
  func start(_ interrupt: @escaping @Sendable (Int32) -> Void) {
    let context = Unmanaged.passRetained(Watched(signals: signals, interrupt: interrupt))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let watched = Unmanaged<Watched>.fromOpaque(argument).takeRetainedValue()
        var signal: Int32 = 0
        sigwait(watched.signals, &signal)
        // From here on the next signal ends the process at once.
        var unblocked = sigset_t()
        sigemptyset(&unblocked)
        sigaddset(&unblocked, SIGINT)
        sigaddset(&unblocked, SIGTERM)
        watched.interrupt(signal)
        pthread_sigmask(SIG_UNBLOCK, &unblocked, nil)
        while true { pause() }
      }, context.toOpaque())
    if code == 0 {
      pthread_detach(thread)
    } else {
      // Without a watcher the signals act as usual.
      context.release()
      pthread_sigmask(SIG_UNBLOCK, signals, nil)
    }
  }
}
