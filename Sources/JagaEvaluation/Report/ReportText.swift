internal import JagaBatch

/// How reports write numbers: in JSON and CSV to the last bit, in tables to four decimals; what is undefined as null or a dash.
extension ByteBuffer {
  /// A number of JSON; null for NaN and infinities.
  func append(number value: Double) {
    if value.isFinite { append(text: "\(value)") } else { append("null") }
  }

  /// A field of CSV; a dash for NaN and infinities.
  func append(field value: Double) {
    if value.isFinite { append(text: "\(value)") } else { append("-") }
  }

  /// `,"key":`
  func append(key: StaticString) {
    append(",\"")
    append(key)
    append("\":")
  }

  /// A field of CSV, quoted where it must be.
  func append(csvText text: String) {
    var copy = text
    copy.withUTF8 { append(csv: $0) }
  }

  /// Members `"value":…,"low":…,"high":…`.
  func append(estimate: Estimate) {
    append("{\"value\":")
    append(number: estimate.value)
    append(key: "low")
    append(number: estimate.low)
    append(key: "high")
    append(number: estimate.high)
    append("}")
  }

  /// An array of strings.
  func append(strings: [String]) {
    append("[")
    for (index, text) in strings.enumerated() {
      if index > 0 { append(",") }
      append(json: text)
    }
    append("]")
  }
}

/// Numbers of tables.
enum Shown {
  /// Four decimals, halves away from zero; a dash when undefined. Numbers from 1,000 on are whole and grouped.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    if abs(value) >= 1e15 { return "\(value)" }
    if abs(value) >= 1000 { return grouped(Int(value.rounded())) }
    let units = Int((abs(value) * 10_000).rounded())
    let rest = String(units % 10_000)
    let sign = value < 0 && units > 0 ? "-" : ""
    return sign + "\(units / 10_000)." + String(repeating: "0", count: 4 - rest.count) + rest
  }

  /// A number of reviews: whole from 100 on, else one decimal; a dash when undefined.
  static func load(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return number(value) }
    if value >= 100 { return grouped(Int(value.rounded())) }
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
  }

  /// `[low, high]`, or nothing when it is not known.
  static func interval(_ estimate: Estimate) -> String {
    interval(estimate, number)
  }

  static func interval(_ estimate: Estimate, _ shown: (Double) -> String) -> String {
    estimate.low.isNaN ? "" : "[\(shown(estimate.low)), \(shown(estimate.high))]"
  }

  /// A name of the gold, such as a voice: at most 32 characters, and none that would act on a terminal.
  static func name(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars.prefix(33) {
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069: shown.append("\u{FFFD}")
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return text.unicodeScalars.count > 32
      ? shown.unicodeScalars.prefix(31).reduce(into: "") {
        $0.unicodeScalars.append($1)
      } + "…" : shown
  }

  /// Thousands parted by commas.
  static func grouped(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return (value < 0 ? "-" : "") + text
  }
}

/// Lines of cells in columns as wide as their longest cell; the first column stands left, the others right.
struct TextTable {
  private var rows: [[String]] = []

  init(_ heading: [String]) { rows = [heading] }

  mutating func add(_ row: [String]) { rows.append(row) }

  var isEmpty: Bool { rows.count < 2 }

  /// Lines with a line break each, without blanks at their ends.
  var text: String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let fill = String(repeating: " ", count: widths[column] - cell.count)
        line += (column == 0 ? "  " + cell + fill : "  " + fill + cell)
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}
