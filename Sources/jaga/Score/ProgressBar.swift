internal import Glibc
internal import JagaBatch

/// A line on a terminal that tells how far a run is: bytes, rate, time left. Never written anywhere else.
final class ProgressBar {
  private let total: Int?
  private let start = MonotonicClock.now()
  private var last = 0.0
  private var isShown = false
  /// What was done before, by a run that this one goes on with.
  private var before: BatchProgress?

  init(totalBytes: Int?) { total = totalBytes }

  /// Shows the state, at most ten times a second.
  func show(_ state: BatchProgress) {
    let before = before ?? state
    if self.before == nil { self.before = before }
    let elapsed = MonotonicClock.now() - start
    guard elapsed - last > 0.1 else { return }
    last = elapsed
    isShown = true
    let rate = Double(state.messages - before.messages) / elapsed
    var line = "\(grouped(state.messages)) messages, \(grouped(Int(rate)))/s, \(megabytes(state.bytes))"
    if let total, total > 0, state.bytes > 0 {
      let share = min(1, Double(state.bytes) / Double(total))
      let width = 24
      let filled = Int(share * Double(width))
      let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
      let done = Double(state.bytes - before.bytes)
      let left = done > 0 ? elapsed * Double(max(0, total - state.bytes)) / done : 0
      line = "\(bar) \(Int(share * 100)) %  \(line) of \(megabytes(total)), \(duration(left)) left"
    }
    write("\r\u{1B}[K\(line)")
  }

  /// Removes the line, so that something else can be printed.
  func clear() {
    guard isShown else { return }
    isShown = false
    write("\r\u{1B}[K")
  }

  private func write(_ text: String) {
    _ = text.utf8CString.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count - 1) }
  }
}

/// Seconds since some point in the past.
enum MonotonicClock {
  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// Digits in groups of three: `1,234,567`.
func grouped(_ number: Int) -> String {
  var digits = String(number.magnitude)
  var groups: [String] = []
  while digits.count > 3 {
    groups.append(String(digits.suffix(3)))
    digits.removeLast(3)
  }
  groups.append(digits)
  return (number < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
}

/// A size with one decimal: `12.3 MB`.
func megabytes(_ bytes: Int) -> String {
  let tenths = Int((Double(bytes) / 1e5).rounded())
  return "\(grouped(tenths / 10)).\(tenths % 10) MB"
}

/// A time span: `4 s`, `2 min 05 s`, `1 h 02 min`.
func duration(_ seconds: Double) -> String {
  let whole = Int(min(max(seconds, 0), 1e9).rounded(.up))
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  if whole < 60 { return "\(whole) s" }
  if whole < 3600 { return "\(whole / 60) min \(two(whole % 60)) s" }
  return "\(whole / 3600) h \(two(whole % 3600 / 60)) min"
}
