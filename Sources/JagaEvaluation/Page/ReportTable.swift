public import JagaBatch

/// A table of a report: one content, written as HTML that sorts and filters, as CSV and as JSON.
///
///     var table = ReportTable(id: "entries", caption: "Entries of the lexicon", columns: [
///       .text("entry"), .number("messages"), .number("precision")])
///     table.add([.text("id.topup.condition.asal"), .count(41), .estimate(precision)])
///
/// The first column names its row (a row header to a screen reader). Numbers are written to the last bit in CSV and JSON, with four decimals
/// on the page; undefined is a dash, null in JSON.
public struct ReportTable: Hashable, Sendable {
  /// A column.
  public struct Column: Hashable, Sendable {
    /// Its heading, and its key in CSV and JSON.
    public var name: String
    /// How its cells sort, and on which side they stand.
    public var isNumber: Bool

    /// A column of texts.
    public static func text(_ name: String) -> Column { Column(name: name, isNumber: false) }
    /// A column of numbers, undefined ones last however it is sorted.
    public static func number(_ name: String) -> Column { Column(name: name, isNumber: true) }
  }

  /// A cell.
  public enum Cell: Hashable, Sendable {
    /// Nothing to say.
    case empty
    /// A text.
    case text(String)
    /// Text in another language than the page, by its tag; nil where that is not known.
    case quoted(String, language: String?)
    /// A whole number.
    case count(Int)
    /// A number; NaN is undefined.
    case number(Double)
    /// A number and its interval; three columns in CSV.
    case estimate(Estimate)
    /// The same, with the key by which tests find it on the page.
    case figure(Estimate, key: String)
  }

  /// Letters, digits and hyphens; the file name of its CSV, and unique in a report.
  public let id: String
  /// What it shows, in one sentence.
  public let caption: String
  /// The columns.
  public let columns: [Column]
  /// The rows, each as long as ``columns``.
  public private(set) var rows: [[Cell]] = []

  /// A table without rows. Letters of `id` that cannot stand in a file name become hyphens.
  public init(id: String, caption: String, columns: [Column]) {
    self.id = String(id.unicodeScalars.map { ReportTable.isPlain($0) ? Character($0) : "-" })
    self.caption = caption
    self.columns = columns
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "-": true
    default: false
    }
  }

  /// Adds a row; missing cells are empty, those too many are dropped.
  public mutating func add(_ row: [Cell]) {
    let missing = max(columns.count - row.count, 0)
    rows.append(Array(row.prefix(columns.count)) + Array(repeating: .empty, count: missing))
  }

  /// Columns in which some cell has an interval: in CSV they get a `_low` and a `_high`.
  private var hasInterval: [Bool] {
    columns.indices.map { column in
      rows.contains { row in
        switch row[column] {
        case .estimate, .figure: true
        default: false
        }
      }
    }
  }

  /// Appends CSV of RFC 4180 with a heading.
  public func writeCSV(to buffer: ByteBuffer) {
    let wide = hasInterval
    var heading: [String] = []
    for (column, isWide) in zip(columns, wide) {
      heading.append(column.name)
      if isWide { heading += [column.name + "_low", column.name + "_high"] }
    }
    for (index, name) in heading.enumerated() {
      if index > 0 { buffer.append(",") }
      buffer.append(csvText: name)
    }
    buffer.append("\r\n")
    for row in rows {
      for (index, cell) in row.enumerated() {
        if index > 0 { buffer.append(",") }
        write(cell, isWide: wide[index], to: buffer)
      }
      buffer.append("\r\n")
    }
  }

  private func write(_ cell: Cell, isWide: Bool, to buffer: ByteBuffer) {
    switch cell {
    case .empty: break
    case .text(let text), .quoted(let text, _): buffer.append(csvText: text)
    case .count(let value): buffer.append(integer: value)
    case .number(let value): buffer.append(field: value)
    case .estimate(let estimate), .figure(let estimate, _):
      buffer.append(field: estimate.value)
      for bound in [estimate.low, estimate.high] {
        buffer.append(",")
        buffer.append(field: bound)
      }
      return
    }
    if isWide { buffer.append(",,") }
  }

  /// Appends `{"id":…,"caption":…,"columns":[…],"rows":[[…],…]}`; an estimate is an object of `value`, `low` and `high`.
  public func writeJSON(to buffer: ByteBuffer) {
    buffer.append("{\"id\":")
    buffer.append(json: id)
    buffer.append(key: "caption")
    buffer.append(json: caption)
    buffer.append(key: "columns")
    buffer.append(strings: columns.map(\.name))
    buffer.append(key: "rows")
    buffer.append("[")
    for (number, row) in rows.enumerated() {
      buffer.append(number > 0 ? ",\n[" : "\n[")
      for (index, cell) in row.enumerated() {
        if index > 0 { buffer.append(",") }
        switch cell {
        case .empty: buffer.append("null")
        case .text(let text), .quoted(let text, _): buffer.append(json: text)
        case .count(let value): buffer.append(integer: value)
        case .number(let value): buffer.append(number: value)
        case .estimate(let estimate), .figure(let estimate, _): buffer.append(estimate: estimate)
        }
      }
      buffer.append("]")
    }
    buffer.append("]}")
  }
}
