/// What stands before the name in a line of a WhatsApp export: `30/08/25 18.00 - ` or `[05/03/2025, 10:14:33] `.
struct WhatsAppHeader: Equatable {
  /// What all headers of one export share; a line that looks different continues the message before it.
  struct Style: Equatable {
    var brackets: Bool
    var dateSeparator: UInt8
    var timeSeparator: UInt8
    var yearFirst: Bool
  }

  var style: Style
  /// Year when the year comes first, else the first two numbers as written and the year.
  var first: Int
  var second: Int
  var year: Int
  var hour: Int
  var minute: Int
  var secondOfMinute: Int
  /// Where the name begins.
  var bodyStart: Int

  /// Reads the header of a line without direction marks; nil when it has none.
  init?(_ line: UnsafeBufferPointer<UInt8>) {
    var cursor = ByteCursor(line)
    cursor.skipSpaces()
    let brackets = cursor.take(0x5B)
    guard let one = cursor.digits(upTo: 4), let separator = cursor.peek,
      separator == 0x2F || separator == 0x2E || separator == 0x2D
    else { return nil }
    cursor.advance()
    guard let two = cursor.digits(upTo: 2), cursor.take(separator), let three = cursor.digits(upTo: 4) else {
      return nil
    }
    let yearFirst = one.count == 4
    if yearFirst {
      guard three.count <= 2 else { return nil }
      (first, second, year) = (two.value, three.value, one.value)
      guard (1...12).contains(first), (1...31).contains(second) else { return nil }
    } else {
      guard one.count <= 2, three.count == 2 || three.count == 4 else { return nil }
      (first, second) = (one.value, two.value)
      year = three.count == 4 ? three.value : three.value + (three.value < 70 ? 2000 : 1900)
      guard (1...31).contains(first), (1...31).contains(second), min(first, second) <= 12 else { return nil }
    }
    let comma = cursor.take(0x2C)
    guard cursor.skipSpaces() > 0 || comma else { return nil }
    if cursor.take(lowercased: "pukul") || cursor.take(lowercased: "at") { cursor.skipSpaces() }
    guard let hours = cursor.digits(upTo: 2), let timeSeparator = cursor.peek,
      timeSeparator == 0x3A || timeSeparator == 0x2E
    else { return nil }
    cursor.advance()
    guard let minutes = cursor.digits(exactly: 2) else { return nil }
    secondOfMinute = 0
    if cursor.peek == timeSeparator {
      cursor.advance()
      guard let seconds = cursor.digits(exactly: 2), seconds < 60 else { return nil }
      secondOfMinute = seconds
    }
    guard hours.value < 24, minutes < 60 else { return nil }
    hour = WhatsAppHeader.hour(hours.value, &cursor)
    minute = minutes
    if brackets {
      cursor.skipSpaces()
      guard cursor.take(0x5D) else { return nil }
    } else {
      guard cursor.skipSpaces() > 0, WhatsAppHeader.takeDash(&cursor) else { return nil }
    }
    guard cursor.skipSpaces() > 0 else { return nil }
    bodyStart = cursor.position
    style = Style(brackets: brackets, dateSeparator: separator, timeSeparator: timeSeparator, yearFirst: yearFirst)
  }

  private static func takeDash(_ cursor: inout ByteCursor) -> Bool {
    if cursor.take(0x2D) { return true }
    guard cursor.rest.starts(with: [0xE2, 0x80, 0x93]) else { return false }
    cursor.advance(3)
    return true
  }

  /// The hour of the day, after a possible AM, PM, a.m. or p.m.
  private static func hour(_ hour: Int, _ cursor: inout ByteCursor) -> Int {
    var look = cursor
    look.skipSpaces()
    guard let letter = look.peek.map(asciiLowercased), letter == 0x61 || letter == 0x70 else { return hour }
    look.advance()
    _ = look.take(0x2E)
    look.skipSpaces()
    guard look.peek.map(asciiLowercased) == 0x6D else { return hour }
    look.advance()
    _ = look.take(0x2E)
    cursor = look
    if hour > 12 { return hour }
    return letter == 0x61 ? hour % 12 : hour % 12 + 12
  }

  /// Milliseconds since 1970; nil when the date does not exist in this order.
  func time(monthFirst: Bool, offsetMinutes: Int) -> Int64? {
    let swapped = style.yearFirst || monthFirst
    return Timestamp.milliseconds(
      year: year, month: swapped ? first : second, day: swapped ? second : first, hour: hour, minute: minute,
      second: secondOfMinute, offsetMinutes: offsetMinutes)
  }
}

/// Finds out from a whole file whether the day or the month comes first.
struct WhatsAppDates {
  private(set) var style: WhatsAppHeader.Style?
  private var dayOver12 = false
  private var monthOver12 = false
  private var dayFirstBackward = false
  private var monthFirstBackward = false
  private var lastDayFirst = Int64.min
  private var lastMonthFirst = Int64.min

  /// True for a header of this file's style; the first one sets the style.
  mutating func accepts(_ header: WhatsAppHeader) -> Bool {
    if let style { return style == header.style }
    style = header.style
    return true
  }

  /// Takes a header into account.
  mutating func add(_ header: WhatsAppHeader) {
    guard accepts(header), !header.style.yearFirst else { return }
    if header.first > 12 { dayOver12 = true }
    if header.second > 12 { monthOver12 = true }
    if let time = header.time(monthFirst: false, offsetMinutes: 0) {
      if time < lastDayFirst { dayFirstBackward = true }
      lastDayFirst = time
    }
    if let time = header.time(monthFirst: true, offsetMinutes: 0) {
      if time < lastMonthFirst { monthFirstBackward = true }
      lastMonthFirst = time
    }
  }

  /// The order, and what to say about it. Where the numbers do not decide, an order in which time never runs backward
  /// does; then the day comes first.
  var verdict: (monthFirst: Bool, remark: Diagnostic.Cause?) {
    guard let style, !style.yearFirst else { return (false, nil) }
    switch (dayOver12, monthOver12) {
    case (true, false): return (false, nil)
    case (false, true): return (true, nil)
    case (true, true): return (false, .conflictingDates)
    case (false, false):
      if dayFirstBackward, !monthFirstBackward { return (true, nil) }
      if monthFirstBackward, !dayFirstBackward { return (false, nil) }
      return (false, .ambiguousDate)
    }
  }
}
