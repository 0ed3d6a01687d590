#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import JagaBatch
public import Logging

/// Writes the log to standard error, a line a message in one piece: a JSON object for machines, or text for people.
///
///     {"time":"2026-11-28T09:00:00.000Z","level":"warning","message":"an alert was not delivered yet","alert":"7"}
///     09:00:00 warning  an alert was not delivered yet  alert=7
///
/// What messages, ids or queries said is in no line: nothing that logs is given them.
public struct ServiceLogHandler: LogHandler {
  /// How lines are written.
  public enum Form: Sendable {
    /// A JSON object.
    case json
    /// Text.
    case text
  }

  /// What stands in every line.
  public var metadata: Logger.Metadata = [:]
  /// Gives more of it; not asked.
  public var metadataProvider: Logger.MetadataProvider?
  /// The least level that is written.
  public var logLevel: Logger.Level
  private let form: Form
  private let write: @Sendable (UnsafeBufferPointer<UInt8>) -> Void
  private let now: @Sendable () -> Int64

  /// A handler; `write` gets whole lines.
  public init(
    form: Form, level: Logger.Level, now: @escaping @Sendable () -> Int64,
    write: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> Void = ServiceLogHandler.standardError
  ) {
    self.form = form
    self.now = now
    self.write = write
    logLevel = level
  }

  /// Standard error.
  public static let standardError: @Sendable (UnsafeBufferPointer<UInt8>) -> Void = { bytes in
    var rest = bytes
    while let base = rest.baseAddress, rest.count > 0 {
      let count = writeError(base, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = UnsafeBufferPointer(rebasing: rest.dropFirst(count))
    }
  }

  /// One value of what stands in every line.
  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Writes a line.
  public func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
    let buffer = JagaBatch.ByteBuffer(capacity: 512)
    let time = ServiceLogHandler.time(now())
    switch form {
    case .json:
      buffer.append("{\"time\":")
      buffer.append(json: time)
      buffer.append(",\"level\":")
      buffer.append(json: event.level.rawValue)
      buffer.append(",\"message\":")
      buffer.append(json: "\(event.message)")
      for (key, value) in all {
        buffer.append(",")
        buffer.append(json: ServiceLogHandler.taken.contains(key) ? "\(key)_" : key)
        buffer.append(":")
        buffer.append(json: "\(value)")
      }
      buffer.append("}\n")
    case .text:
      buffer.append(text: String(time.dropFirst(11).prefix(8)))
      buffer.append(text: " " + event.level.rawValue.padded(to: 8) + " ")
      buffer.append(text: ServiceLogHandler.oneLine("\(event.message)"))
      for (key, value) in all { buffer.append(text: "  \(key)=" + ServiceLogHandler.oneLine("\(value)")) }
      buffer.append("\n")
    }
    buffer.withBytes { write($0) }
  }

  private static let taken: Set = ["time", "level", "message"]

  /// Control characters would let one message look like two.
  private static func oneLine(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : $0 }))
  }

  /// RFC 3339 in UTC, to the millisecond.
  static func time(_ milliseconds: Int64) -> String {
    var seconds = time_t(milliseconds / 1_000)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let fraction = "\(1_000 + milliseconds % 1_000)".dropFirst()
    return "\(parts.tm_year + 1_900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))T"
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)).\(fraction)Z"
  }
}

/// Out here the C function is not hidden by a member of the same name.
private func writeError(_ base: UnsafePointer<UInt8>, _ count: Int) -> Int { write(2, base, count) }

extension String {
  fileprivate func padded(to count: Int) -> String { self + String(repeating: " ", count: max(count - self.count, 0)) }
}
