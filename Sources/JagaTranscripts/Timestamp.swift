/// Times as milliseconds since 1970-01-01T00:00:00Z. Every accepted time lies in the years 0 to 9999, so that it can be
/// written back as RFC 3339.
enum Timestamp {
  /// Year 0.
  static let first: Int64 = -62_167_219_200_000
  /// The last millisecond of year 9999.
  static let last: Int64 = 253_402_300_799_999

  /// Days since 1970 of a date in the proleptic Gregorian calendar (Hinnant's algorithm).
  static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The date of a day since 1970.
  static func date(days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    let month = part < 10 ? part + 3 : part - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * part + 2) / 5 + 1)
  }

  /// True for a day that exists.
  static func isDate(year: Int, month: Int, day: Int) -> Bool {
    guard (0...9999).contains(year), (1...12).contains(month), day >= 1 else { return false }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return day <= lengths[month - 1]
  }

  /// Milliseconds of a local time; nil when it does not exist. Second 60 is the next minute's first.
  static func milliseconds(
    year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int = 0, millisecond: Int = 0, offsetMinutes: Int
  ) -> Int64? {
    guard isDate(year: year, month: month, day: day), (0..<24).contains(hour), (0..<60).contains(minute),
      (0...60).contains(second)
    else { return nil }
    let minutes = (days(year: year, month: month, day: day) * 24 + hour) * 60 + minute - offsetMinutes
    return checked(Int64((minutes * 60 + second) * 1000 + millisecond))
  }

  /// The time, unless it is out of range.
  static func checked(_ value: Int64) -> Int64? { (first...last).contains(value) ? value : nil }

  /// A number of seconds or milliseconds: below 10¹¹ in magnitude it is seconds (year 5138), below 10¹⁴ milliseconds.
  static func fromNumber(_ value: Double) -> Int64? {
    let size = value.magnitude
    guard size < 1e14 else { return nil }
    return checked(Int64((size < 1e11 ? value * 1000 : value).rounded()))
  }
}

extension Timestamp {
  /// Reads RFC 3339 (`T` or a space between date and time; without a zone, the assumed one), a date alone, or a number.
  static func parse(_ text: UnsafeBufferPointer<UInt8>, offsetMinutes: Int) -> Int64? {
    var cursor = ByteCursor(text)
    cursor.skipSpaces()
    let start = cursor
    if let time = rfc3339(&cursor, offsetMinutes: offsetMinutes) {
      cursor.skipSpaces()
      if cursor.atEnd { return time }
    }
    return number(UnsafeBufferPointer(rebasing: text[start.position...]))
  }

  private static func rfc3339(_ cursor: inout ByteCursor, offsetMinutes: Int) -> Int64? {
    guard let year = cursor.digits(exactly: 4), cursor.take(0x2D), let month = cursor.digits(exactly: 2),
      cursor.take(0x2D), let day = cursor.digits(exactly: 2)
    else { return nil }
    guard let gap = cursor.peek, gap == 0x54 || gap == 0x74 || gap == 0x20 else {
      return milliseconds(year: year, month: month, day: day, hour: 0, minute: 0, offsetMinutes: offsetMinutes)
    }
    cursor.advance()
    guard let hour = cursor.digits(exactly: 2), cursor.take(0x3A), let minute = cursor.digits(exactly: 2) else {
      return nil
    }
    var second = 0
    var millisecond = 0
    if cursor.take(0x3A) {
      guard let value = cursor.digits(exactly: 2) else { return nil }
      second = value
      if cursor.peek == 0x2E || cursor.peek == 0x2C {
        cursor.advance()
        guard let fraction = cursor.fraction(places: 3) else { return nil }
        millisecond = fraction
      }
    }
    guard let offset = zone(&cursor, assumed: offsetMinutes) else { return nil }
    return milliseconds(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second, millisecond: millisecond,
      offsetMinutes: offset)
  }

  private static func zone(_ cursor: inout ByteCursor, assumed: Int) -> Int? {
    let before = cursor
    cursor.skipSpaces()
    switch cursor.peek {
    case 0x5A, 0x7A:
      cursor.advance()
      return 0
    case 0x2B, 0x2D:
      let sign = cursor.peek == 0x2B ? 1 : -1
      cursor.advance()
      guard let hours = cursor.digits(exactly: 2), hours < 24 else { return nil }
      _ = cursor.take(0x3A)
      guard let minutes = cursor.digits(exactly: 2), minutes < 60 else { return nil }
      return sign * (hours * 60 + minutes)
    default:
      cursor = before
      return assumed
    }
  }

  /// Reads a decimal number of seconds or milliseconds.
  static func number(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    // Digits, sign, point and exponent only: Double would take hexadecimal too.
    guard text.count <= 40, let first = text.first, first == 0x2D || (0x30...0x39).contains(first),
      text.allSatisfy({ $0 &- 48 < 10 || $0 == 0x2E || $0 == 0x2D || $0 == 0x2B || $0 | 0x20 == 0x65 }),
      let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite
    else { return nil }
    return fromNumber(value)
  }

  /// Appends RFC 3339 in UTC, milliseconds only where there are some.
  static func append(_ time: Int64, to bytes: inout [UInt8]) {
    let day = Int(time >= 0 ? time / 86_400_000 : (time - 86_399_999) / 86_400_000)
    let inDay = Int(time) - day * 86_400_000
    let (year, month, dayOfMonth) = date(days: day)
    appendPadded(year, width: 4, to: &bytes)
    bytes.append(0x2D)
    appendPadded(month, width: 2, to: &bytes)
    bytes.append(0x2D)
    appendPadded(dayOfMonth, width: 2, to: &bytes)
    bytes.append(0x54)
    appendPadded(inDay / 3_600_000, width: 2, to: &bytes)
    bytes.append(0x3A)
    appendPadded(inDay / 60_000 % 60, width: 2, to: &bytes)
    bytes.append(0x3A)
    appendPadded(inDay / 1000 % 60, width: 2, to: &bytes)
    if inDay % 1000 != 0 {
      bytes.append(0x2E)
      appendPadded(inDay % 1000, width: 3, to: &bytes)
    }
    bytes.append(0x5A)
  }

  private static func appendPadded(_ value: Int, width: Int, to bytes: inout [UInt8]) {
    var unit = 1
    for _ in 1..<width { unit *= 10 }
    while unit > 0 {
      bytes.append(UInt8(truncatingIfNeeded: 48 + value / unit % 10))
      unit /= 10
    }
  }
}
