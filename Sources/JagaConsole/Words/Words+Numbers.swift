/// Numbers, ages and times in a language, without the system's locale: the same page on every machine.
extension Words {
  /// A whole number with groups of three.
  func integer(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { result += language == .id ? "." : "," }
      result.append(digit)
    }
    return number < 0 ? "−" + result : result
  }

  /// A number with two decimals; a dash for one that is none.
  func decimal(_ number: Double, signed: Bool = false) -> String {
    guard number.isFinite, abs(number) < 1e12 else { return "–" }
    let hundredths = Int((abs(number) * 100).rounded())
    let fraction = hundredths % 100
    let text = "\(hundredths / 100)\(language == .id ? "," : ".")\(fraction < 10 ? "0" : "")\(fraction)"
    if number < 0, hundredths > 0 { return "−" + text }
    return signed ? "+" + text : text
  }

  /// A probability with two decimals, rounded down: what is not certain is never shown as 1.
  func probability(_ number: Double) -> String {
    guard number.isFinite else { return decimal(number) }
    // A millionth, the last digit of a record, is added so that 0.29 does not become 0.28.
    return decimal((min(max(number, 0), 0.999) * 100 + 1e-4).rounded(.down) / 100)
  }

  /// How long ago something was, in its largest unit.
  func age(from begin: Int64, to now: Int64) -> String {
    let (difference, isOverflow) = now.subtractingReportingOverflow(begin)
    let minutes = isOverflow ? 0 : max(0, difference / 60_000)
    if minutes < 1 { return self["age-now"] }
    if minutes < 60 { return count("age-minutes", Int(minutes)) }
    if minutes < 48 * 60 { return count("age-hours", Int(minutes / 60)) }
    return count("age-days", Int(minutes / (24 * 60)))
  }
}

/// A moment in UTC.
struct Moment {
  /// The day, as `2026-01-31`.
  var day: String
  /// The time, as `23:59`.
  var time: String
  /// Seconds, as `07`.
  var seconds: String

  /// From milliseconds since 1970; nil before year 0 and after 9999. The days are counted as in Hinnant, "chrono-compatible low-level
  /// date algorithms".
  init?(milliseconds: Int64) {
    guard (-62_167_219_200_000..<253_402_300_800_000).contains(milliseconds) else { return nil }
    let total = Int((Double(milliseconds) / 1000).rounded(.down))
    let days = total >= 0 ? total / 86_400 : (total - 86_399) / 86_400
    let second = total - days * 86_400
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let monthNumber = month < 10 ? month + 3 : month - 9
    let year = yearOfEra + era * 400 + (monthNumber <= 2 ? 1 : 0)
    day =
      "\(Self.padded(year, 4))-\(Self.padded(monthNumber, 2))-\(Self.padded(dayOfYear - (153 * month + 2) / 5 + 1, 2))"
    time = "\(Self.padded(second / 3600, 2)):\(Self.padded(second % 3600 / 60, 2))"
    seconds = Self.padded(second % 60, 2)
  }

  /// For the attribute `datetime`.
  var machine: String { "\(day)T\(time):\(seconds)Z" }
  /// For readers.
  var human: String { "\(day) \(time) UTC" }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
