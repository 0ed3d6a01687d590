public import JagaBatch
public import JagaStore

/// The answer to a query on its way out.
public struct QueryReport {
  private let answer: QueryAnswer

  /// A report of an answer.
  public init(_ answer: QueryAnswer) { self.answer = answer }

  /// Appends a table; NULL is a dash, numbers have four decimals.
  public func writeTable(to buffer: ByteBuffer) {
    var table = TextTable(answer.columns)
    for row in answer.rows {
      table.add(
        row.map { value in
          switch value {
          case .none: "-"
          case .integer(let number): "\(number)"
          case .number(let number): Shown.number(number)
          case .text(let text): Shown.name(text)
          case .bytes(let count): "\(count) bytes"
          }
        })
    }
    buffer.append(text: table.text)
  }

  /// Appends a heading and a row each, numbers to the last bit; NULL is a dash.
  public func writeCSV(to buffer: ByteBuffer) {
    write(answer.columns, to: buffer) { buffer.append(csvText: $0) }
    for row in answer.rows {
      write(row, to: buffer) { value in
        switch value {
        case .none: buffer.append("-")
        case .integer(let number): buffer.append(text: "\(number)")
        case .number(let number): buffer.append(field: number)
        case .text(let text): buffer.append(csvText: text)
        case .bytes(let count): buffer.append(text: "\(count) bytes")
        }
      }
    }
  }

  private func write<Value>(_ values: [Value], to buffer: ByteBuffer, _ field: (Value) -> Void) {
    for (index, value) in values.enumerated() {
      if index > 0 { buffer.append(",") }
      field(value)
    }
    buffer.append("\r\n")
  }

  /// Appends one JSON array of objects and a line break.
  public func writeJSON(to buffer: ByteBuffer) {
    buffer.append("[")
    for (index, row) in answer.rows.enumerated() {
      buffer.append(index > 0 ? ",\n{" : "\n{")
      for (column, value) in row.enumerated() {
        if column > 0 { buffer.append(",") }
        buffer.append(json: answer.columns[column])
        buffer.append(":")
        switch value {
        case .none: buffer.append("null")
        case .integer(let number): buffer.append(text: "\(number)")
        case .number(let number): buffer.append(number: number)
        case .text(let text): buffer.append(json: text)
        case .bytes(let count): buffer.append(json: "\(count) bytes")
        }
      }
      buffer.append("}")
    }
    buffer.append("\n]\n")
  }
}
