public import JagaCore

/// A message's text with the words that count set off: in colour on a terminal, in `[brackets]` elsewhere.
public struct MarkedText {
  /// Breaks lines here; 0 never does.
  public var columns: Int
  /// Blanks before every line but the first.
  public var indent: Int
  /// The style.
  public var style: TableStyle

  /// Creates a way of showing text.
  public init(columns: Int, indent: Int, style: TableStyle) {
    self.columns = columns
    self.indent = indent
    self.style = style
  }

  /// A run of the text and its colour. Where runs overlap, the last one holds.
  public struct Mark: Sendable, Equatable {
    /// Bytes of the text.
    public var range: SourceRange
    /// The colour; without colours every one but `plain` and `calm` is shown by brackets.
    public var ink: Ink

    /// Creates a mark.
    public init(range: SourceRange, ink: Ink) {
      self.range = range
      self.ink = ink
    }
  }

  private struct Cell {
    var scalar: Unicode.Scalar
    var ink: Ink
  }

  /// Appends the text, without a line break at its end. Cost: linear in the text and the marks.
  public func write(_ text: UnsafeBufferPointer<UInt8>, marks: [Mark], to buffer: ByteBuffer) {
    let lines = broken(cells(text, marks: marks))
    for (number, line) in lines.enumerated() {
      if number > 0 {
        buffer.append(UInt8(ascii: "\n"))
        buffer.append(UInt8(ascii: " "), times: indent)
      }
      write(line, to: buffer)
    }
  }

  private func cells(_ text: UnsafeBufferPointer<UInt8>, marks: [Mark]) -> [Cell] {
    var inks = [Ink](repeating: .plain, count: text.count + 1)
    for mark in marks where mark.range.begin >= 0 && mark.range.end <= text.count {
      for byte in Int(mark.range.begin)..<max(Int(mark.range.begin), Int(mark.range.end)) { inks[byte] = mark.ink }
    }
    var cells: [Cell] = []
    var offset = 0
    var isOpen = false
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      let ink = offset < inks.count ? inks[offset] : .plain
      let isBracketed = !style.isColoured && ink != .plain && ink != .calm
      if isBracketed != isOpen {
        cells.append(Cell(scalar: isBracketed ? "[" : "]", ink: ink))
        isOpen = isBracketed
      }
      cells.append(Cell(scalar: displayed(scalar), ink: ink))
      offset += UTF8.width(scalar)
    }
    if isOpen { cells.append(Cell(scalar: "]", ink: .plain)) }
    return cells
  }

  /// Breaks at blanks where there are any, else where the line is full.
  private func broken(_ cells: [Cell]) -> [ArraySlice<Cell>] {
    guard columns > 0 else { return [cells[...]] }
    var lines: [ArraySlice<Cell>] = []
    var start = 0
    while start < cells.count {
      var end = start
      var used = 0
      var blank: Int?
      while end < cells.count, used + displayWidth(cells[end].scalar) <= columns {
        used += displayWidth(cells[end].scalar)
        if cells[end].scalar == " ", end > start { blank = end }
        end += 1
      }
      if end < cells.count, let blank, cells[end].scalar != " " { end = blank }
      if end == start { end += 1 }
      lines.append(cells[start..<end])
      start = end
      while start < cells.count, cells[start].scalar == " " { start += 1 }
    }
    return lines.isEmpty ? [[]] : lines
  }

  private func write(_ line: ArraySlice<Cell>, to buffer: ByteBuffer) {
    var ink = Ink.plain
    for cell in line {
      if style.isColoured, cell.ink != ink {
        if ink != .plain { buffer.append("\u{1B}[0m") }
        buffer.append(cell.ink.code)
        ink = cell.ink
      }
      buffer.append(scalar: cell.scalar)
    }
    if ink != .plain { buffer.append("\u{1B}[0m") }
  }
}

extension MarkedText {
  /// Appends a text on one line without marks, cut to `columns` with `…`; what must not reach a terminal is replaced.
  public func writeShortened(_ text: UnsafeBufferPointer<UInt8>, columns: Int, to buffer: ByteBuffer) {
    var width = 0
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars { width += displayWidth(displayed(scalar)) }
    buffer.append(name: text, width: max(1, min(width, columns)))
  }
}
