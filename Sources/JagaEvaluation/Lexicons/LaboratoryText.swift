import JagaBatch

/// How the laboratory writes rows and figures, beside what all reports share.
extension ByteBuffer {
  /// A CSV row of cells.
  func append(csvRow cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { append(",") }
      append(csvText: cell)
    }
    append("\r\n")
  }

  /// Appends the text of a stranger as ``Displayed/name(_:)`` shows it.
  func append(shown text: String) { append(text: Displayed.name(text)) }
}

/// Figures of tables for people.
enum Displayed {
  /// The text of a stranger, of which nothing acts on a terminal.
  static func name(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { $0.unicodeScalars.append(displayed($1)) }
  }

  /// Rounded, halves away from zero, with exactly so many decimals; a dash when undefined.
  static func figure(_ value: Double, decimals: Int = 3) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "-" }
    var scale = 1
    for _ in 0..<decimals { scale *= 10 }
    let units = Int((abs(value) * Double(scale)).rounded())
    let rest = String(units % scale)
    let sign = value < 0 && units > 0 ? "-" : ""
    return "\(sign)\(units / scale)." + String(repeating: "0", count: decimals - rest.count) + rest
  }

  /// `0.830 [0.700, 0.920]`; a dash when undefined.
  static func figure(_ figure: Estimate, decimals: Int = 3) -> String {
    let value = self.figure(figure.value, decimals: decimals)
    guard !figure.low.isNaN else { return value }
    return "\(value) [\(self.figure(figure.low, decimals: decimals)), \(self.figure(figure.high, decimals: decimals))]"
  }

  /// A CSV field; a dash when undefined.
  static func field(_ value: Double) -> String { value.isFinite ? "\(value)" : "-" }

  /// Three CSV fields.
  static func fields(_ figure: Estimate) -> [String] {
    [field(figure.value), field(figure.low), field(figure.high)]
  }
}

/// Lines of cells in columns as wide as their longest cell: text to the left, figures to the right.
struct AlignedTable {
  private var rows: [(cells: [String], notes: [String])] = []
  /// Columns of text, counted from 0; the others hold figures.
  private let textColumns: Set<Int>

  init(_ heading: [String], textColumns: Set<Int>) {
    self.textColumns = textColumns
    rows = [(heading, [])]
  }

  /// Adds a row, and lines to stand under it.
  mutating func add(_ cells: [String], notes: [String] = []) { rows.append((cells, notes)) }

  /// Appends the lines, without blanks at their ends.
  func write(to buffer: ByteBuffer) {
    let columns = rows.first?.cells.count ?? 0
    let widths = (0..<columns).map { column in
      rows.reduce(0) { max($0, $1.cells.count > column ? $1.cells[column].unicodeScalars.count : 0) }
    }
    for row in rows {
      var line = ""
      for (column, cell) in row.cells.enumerated() where column < columns {
        let fill = String(repeating: " ", count: widths[column] - cell.unicodeScalars.count)
        line += (column > 0 ? "  " : "") + (textColumns.contains(column) ? cell + fill : fill + cell)
      }
      while line.last == " " { line.removeLast() }
      buffer.append(text: line + "\n")
      for note in row.notes {
        buffer.append("    ")
        buffer.append(shown: note)
        buffer.append("\n")
      }
    }
  }
}
