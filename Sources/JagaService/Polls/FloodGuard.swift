internal import Synchronization

/// How many messages of one contact are answered.
///
/// Whoever sends more than a person writes gets one answer that asks to slow down; what they write is still read, since many messages may be fear. Far beyond that, nothing
/// is read until the minute is over: one contact must not take the time of others.
final class FloodGuard: Sendable {
  /// What is done with a message.
  enum Verdict: Equatable {
    /// Read and answered.
    case answer
    /// Read, and answered by a word about the flood.
    case warn
    /// Read, not answered.
    case read
    /// Not read.
    case drop
  }

  private struct Count {
    var minute: Int64
    var messages: Int
  }

  private struct State {
    var counts: [[UInt8]: Count] = [:]
    var swept: Int64 = 0
  }

  /// Messages of a minute that are answered, and that are read.
  private let answered: Int
  private let read: Int
  private let state = Mutex(State())

  init(answered: Int = 12, read: Int = 60) {
    self.answered = answered
    self.read = max(read, answered + 1)
  }

  /// Counts a message. Cost: one look-up; once a minute those of the last minute are forgotten.
  func take(_ contact: [UInt8], now: Int64) -> Verdict {
    let minute = now / 60_000
    return state.withLock { state in
      if state.swept != minute {
        state.counts = state.counts.filter { $0.value.minute == minute }
        state.swept = minute
      }
      var count = state.counts[contact] ?? Count(minute: minute, messages: 0)
      if count.minute != minute { count = Count(minute: minute, messages: 0) }
      count.messages += 1
      state.counts[contact] = count
      switch count.messages {
      case ...answered: return .answer
      case answered + 1: return .warn
      case ...read: return .read
      default: return .drop
      }
    }
  }
}
