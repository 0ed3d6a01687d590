internal import ArgumentParser
internal import Glibc

/// When a run is kept: UTC, with milliseconds.
struct RunTime: ExpressibleByArgument {
  /// RFC 3339: `2026-01-31T12:00:00.000Z`.
  let text: String

  /// The clock's time.
  static var now: RunTime {
    var clock = timespec()
    clock_gettime(CLOCK_REALTIME, &clock)
    return RunTime(seconds: clock.tv_sec, milliseconds: clock.tv_nsec / 1_000_000)
  }

  private init(seconds: Int, milliseconds: Int) {
    var seconds = seconds
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func digits(_ value: some BinaryInteger, _ count: Int) -> String {
      let text = String(Int(value))
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    text =
      "\(digits(parts.tm_year + 1900, 4))-\(digits(parts.tm_mon + 1, 2))-\(digits(parts.tm_mday, 2))T"
      + "\(digits(parts.tm_hour, 2)):\(digits(parts.tm_min, 2)):\(digits(parts.tm_sec, 2)).\(digits(milliseconds, 3))Z"
  }

  /// `YYYY-MM-DDTHH:MM:SSZ`, with or without milliseconds, of a day that exists; nil for anything else.
  init?(argument: String) {
    let bytes = Array(argument.utf8)
    let shape = Array("0000-00-00T00:00:00".utf8)
    guard bytes.count == 20 || bytes.count == 24, bytes.last == UInt8(ascii: "Z") else { return nil }
    for (byte, wanted) in zip(bytes, shape) {
      let isRight = wanted == UInt8(ascii: "0") ? RunTime.isDigit(byte) : byte == wanted
      guard isRight else { return nil }
    }
    if bytes.count == 24 {
      guard bytes[19] == UInt8(ascii: "."), bytes[20..<23].allSatisfy(RunTime.isDigit) else { return nil }
    }
    func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } }
    var parts = tm()
    parts.tm_year = Int32(number(0..<4) - 1900)
    parts.tm_mon = Int32(number(5..<7) - 1)
    parts.tm_mday = Int32(number(8..<10))
    parts.tm_hour = Int32(number(11..<13))
    parts.tm_min = Int32(number(14..<16))
    parts.tm_sec = Int32(number(17..<19))
    self.init(seconds: timegm(&parts), milliseconds: bytes.count == 24 ? number(20..<23) : 0)
    // A day that does not exist would come back as another one.
    guard text.utf8.prefix(19).elementsEqual(bytes.prefix(19)) else { return nil }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
