internal import Glibc
internal import Synchronization

/// The signal that ended a run, told from the watching thread to the one that decides the exit code.
final class LastSignal: Sendable {
  private let signal = Atomic<Int32>(SIGINT)

  func set(_ value: Int32) { signal.store(value, ordering: .releasing) }

  func get() -> Int32 { signal.load(ordering: .acquiring) }
}
