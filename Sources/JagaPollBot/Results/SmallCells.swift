/// Hides small counts, and whatever would let them be computed from what is shown.
///
/// A hidden count is safe when at least two values of it agree with everything that is shown: other cells, the totals of rows and
/// columns, and that no count is negative. Counts are flows: a total flows into its row, each cell from its row to its column,
/// each column into the sum. A hidden one can have another value exactly if a unit can go round through it and other hidden
/// ones (Gusfield 1988, "A graph theoretic approach to statistical data security"), which is a search in a small graph.
///
/// Not covered: what somebody knows from elsewhere, and what two exports of different days tell when compared.
enum SmallCells {
  /// Counts below this are hidden, zero as well: that nobody of a small group said something tells about each of them.
  static let threshold = 5

  /// Which of the counts that make up a known total are hidden. All of them where the total itself is small.
  static func hidden(of counts: [Int]) -> Set<Int> {
    var hidden = Set(counts.indices.filter { counts[$0] < threshold })
    guard !hidden.isEmpty else { return [] }
    // One hidden count is the total less the others, and hidden counts that sum to nothing are all zero.
    while hidden.count == 1 || hidden.allSatisfy({ counts[$0] == 0 }) {
      let shown = counts.indices.filter { !hidden.contains($0) }
      guard let next = shown.min(by: { counts[$0] < counts[$1] }) else { break }
      hidden.insert(next)
    }
    return hidden
  }

  /// Which cells of a table are hidden: by row and column. `rows` and `columns` are hidden whole, since their totals are.
  /// `rest` is what each row has beyond the columns; it is not shown.
  /// Cost: at most the cube of the cells, of which a question has at most 420; in practice few are hidden.
  static func hidden(cells: [[Int]], rest: [Int], rows: Set<Int>, columns: Set<Int>) -> [[Bool]] {
    var table = FlowTable(cells: cells, rest: rest, rows: rows, columns: columns)
    table.protect()
    return table.isHidden
  }
}

/// A table of counts as a flow: total → row → column → sum.
private struct FlowTable {
  let cells: [[Int]]
  let rest: [Int]
  let rows: Set<Int>
  let columns: Set<Int>
  private(set) var isHidden: [[Bool]]

  /// A count that is not known, between two nodes.
  private struct Arc {
    var from: Int
    var to: Int
    var value: Int
  }

  private let width: Int
  private var arcs: [Arc] = []

  init(cells: [[Int]], rest: [Int], rows: Set<Int>, columns: Set<Int>) {
    self.cells = cells
    self.rest = rest
    self.rows = rows
    self.columns = columns
    width = cells.first?.count ?? 0
    isHidden = cells.indices.map { row in
      cells[row].indices.map { rows.contains(row) || columns.contains($0) || cells[row][$0] < SmallCells.threshold }
    }
    buildArcs()
  }

  private var total: Int { cells.count + width + 1 }
  private var sum: Int { total + 1 }
  private func node(column: Int) -> Int { cells.count + column }

  private mutating func buildArcs() {
    for row in cells.indices {
      for column in 0..<width where isHidden[row][column] {
        arcs.append(Arc(from: row, to: node(column: column), value: cells[row][column]))
      }
      if rows.contains(row) {
        arcs.append(Arc(from: total, to: row, value: cells[row].reduce(rest[row], +)))
      }
    }
    for column in 0..<width {
      let value = cells.reduce(0) { $0 + $1[column] }
      // The size of a group may be known from its own table.
      if columns.contains(column) || value < SmallCells.threshold {
        arcs.append(Arc(from: node(column: column), to: sum, value: value))
      }
    }
    guard rest.contains(where: { $0 > 0 }) else { return }
    for row in cells.indices { arcs.append(Arc(from: row, to: node(column: width), value: rest[row])) }
    arcs.append(Arc(from: node(column: width), to: sum, value: rest.reduce(0, +)))
  }

  /// Hides further cells until no small count can be computed, or nothing is left to hide.
  mutating func protect() {
    var index = 0
    while index < arcs.count {
      while arcs[index].value < SmallCells.threshold, isFixed(index), let cell = cell(protecting: index) {
        hide(cell.row, cell.column)
      }
      index += 1
    }
  }

  private mutating func hide(_ row: Int, _ column: Int) {
    isHidden[row][column] = true
    arcs.append(Arc(from: row, to: node(column: column), value: cells[row][column]))
  }

  /// The smallest cell that is shown and whose hiding is enough; else the smallest in the row or column in which the count is the only
  /// hidden one; else the smallest.
  private func cell(protecting index: Int) -> (row: Int, column: Int)? {
    let arc = arcs[index]
    let lonely = [arc.from, arc.to].filter { node in arcs.filter { $0.from == node || $0.to == node }.count == 1 }
    var best: (key: (Int, Int), row: Int, column: Int)?
    for row in cells.indices {
      for column in 0..<width where !isHidden[row][column] {
        var trial = self
        trial.hide(row, column)
        let isNear = lonely.contains(row) || lonely.contains(node(column: column))
        let key = (trial.isFixed(index) ? isNear ? 1 : 2 : 0, cells[row][column])
        if let known = best, known.key <= key { continue }
        best = (key, row, column)
      }
    }
    return best.map { ($0.row, $0.column) }
  }

  /// Whether a count can have no other value: one more needs a way back from its end to its start, one less a way round it.
  private func isFixed(_ index: Int) -> Bool {
    let arc = arcs[index]
    if reaches(from: arc.to, to: arc.from, without: index) { return false }
    return arc.value == 0 || !reaches(from: arc.from, to: arc.to, without: index)
  }

  /// Along a hidden count it can become more; against it only where there is something to take.
  private func reaches(from start: Int, to end: Int, without left: Int) -> Bool {
    var seen: Set<Int> = [start]
    var waiting = [start]
    while let node = waiting.popLast() {
      if node == end { return true }
      for (index, arc) in arcs.enumerated() where index != left {
        if arc.from == node, seen.insert(arc.to).inserted { waiting.append(arc.to) }
        if arc.to == node, arc.value > 0, seen.insert(arc.from).inserted { waiting.append(arc.from) }
      }
    }
    return false
  }
}
