import TestSupport
import Testing

@testable import JagaPollBot

struct SmallCellsTests {
  static let rows: [([Int], Set<Int>)] = [
    ([5, 9, 30], []), ([], []), ([30], []), ([3], [0]), ([4, 4], [0, 1]), ([3, 50, 7], [0, 2]), ([0, 50, 7], [0, 2]),
    ([0, 0, 50, 7], [0, 1, 3]), ([2, 1, 50, 7], [0, 1]), ([0, 40], [0, 1]), ([1, 2, 3], [0, 1, 2]),
    ([4, 5, 5, 90], [0, 1]),
  ]

  @Test(arguments: rows) func aSmallCountNeedsCompany(counts: [Int], hidden: Set<Int>) {
    #expect(SmallCells.hidden(of: counts) == hidden)
  }

  private func pattern(_ cells: [[Int]]) -> [String] {
    let totals = cells.map { $0.reduce(0, +) }
    let sizes = cells[0].indices.map { column in cells.reduce(0) { $0 + $1[column] } }
    let hidden = SmallCells.hidden(
      cells: cells, rest: [Int](repeating: 0, count: cells.count), rows: SmallCells.hidden(of: totals),
      columns: SmallCells.hidden(of: sizes))
    return hidden.map { row in row.map { $0 ? "x" : "." }.joined() }
  }

  @Test func asLittleAsNeededIsHidden() {
    #expect(pattern([[10, 20, 30], [20, 10, 30]]) == ["...", "..."])
    // One small cell takes one in its row, one in its column, and the one that closes the ring.
    let ring = pattern([[3, 20, 30], [20, 10, 30], [9, 9, 9]])
    #expect(ring.joined().filter { $0 == "x" }.count == 4)
    // A small row goes whole, with company.
    #expect(pattern([[1, 1, 1], [20, 20, 20], [7, 7, 7]]) == ["xxx", "...", "xxx"])
    // A small group goes whole, with company.
    #expect(pattern([[1, 20, 7], [1, 20, 8]]) == ["x.x", "x.x"])
  }

  /// Every table of counts that agrees with what is shown, found by trying them all.
  private func agreeing(with cells: [[Int]], rest: [Int], hidden: [[Bool]], rows: Set<Int>, columns: Set<Int>)
    -> [[Int]]
  {
    let width = cells[0].count
    let full = cells.indices.map { cells[$0] + [rest[$0]] }
    let hasRest = rest.contains { $0 > 0 }
    let total = full.flatMap { $0 }.reduce(0, +)
    var found: [[Int]] = []
    var values: [Int] = []
    func place(_ left: Int) {
      let index = values.count
      // A row whose total is shown must have it.
      if index > 0, index % (width + 1) == 0 {
        let row = index / (width + 1) - 1
        let sum = values[(row * (width + 1))...].reduce(0, +)
        guard rows.contains(row) || sum == full[row].reduce(0, +) else { return }
      }
      if index == full.count * (width + 1) {
        guard left == 0 else { return }
        // Where everybody answered, the sizes of groups are the sums of columns.
        for column in 0..<width where !hasRest && !columns.contains(column) {
          let sum = full.indices.reduce(0) { $0 + values[$1 * (width + 1) + column] }
          guard sum == cells.reduce(0, { $0 + $1[column] }) else { return }
        }
        found.append(values)
        return
      }
      let (row, column) = (index / (width + 1), index % (width + 1))
      let isOpen = column == width ? hasRest : hidden[row][column]
      for value in isOpen ? 0...left : full[row][column]...full[row][column] where value <= left {
        values.append(value)
        place(left - value)
        values.removeLast()
      }
    }
    place(total)
    return found
  }

  /// A table with few answers, or one with many and some small cells.
  private func table(_ dice: inout Dice, height: Int, width: Int, isSparse: Bool) -> [[Int]] {
    var cells = [[Int]](repeating: [Int](repeating: 0, count: width), count: height)
    if isSparse {
      for _ in 0..<5 + dice.below(8) { cells[dice.below(height)][dice.below(width)] += 1 }
    } else {
      for row in 0..<height {
        for column in 0..<width { cells[row][column] = dice.chance(15) ? dice.below(5) : 5 + dice.below(8) }
      }
    }
    return cells
  }

  @Test func noSmallCountCanBeComputed() {
    var dice = Dice(seed: 5)
    var hiddenCounts = 0
    var shownCounts = 0
    for trial in 0..<300 {
      let (height, width) = dice.pick([(2, 2), (2, 3), (3, 2), (3, 3)])
      let isSparse = trial % 3 == 0 && height * width < 9
      let cells = table(&dice, height: height, width: width, isSparse: isSparse)
      var rest = [Int](repeating: 0, count: height)
      if height * width == 4, trial % 3 == 0 { rest[dice.below(height)] = 1 + dice.below(3) }
      let totals = cells.indices.map { cells[$0].reduce(rest[$0], +) }
      let sizes = (0..<width).map { column in cells.reduce(0) { $0 + $1[column] } }
      let (rows, columns) = (SmallCells.hidden(of: totals), SmallCells.hidden(of: sizes))
      let hidden = SmallCells.hidden(cells: cells, rest: rest, rows: rows, columns: columns)
      // More would be too many to try.
      if !isSparse, hidden.joined().filter({ $0 }).count > 4 { continue }
      let tables = agreeing(with: cells, rest: rest, hidden: hidden, rows: rows, columns: columns)
      #expect(!tables.isEmpty)
      for row in 0..<height {
        for column in 0..<width {
          if cells[row][column] < SmallCells.threshold {
            let values = Set(tables.map { $0[row * (width + 1) + column] })
            #expect(values.count > 1, "trial \(trial): \(cells) \(rest) row \(row) column \(column)")
          }
          if hidden[row][column] { hiddenCounts += 1 } else { shownCounts += 1 }
        }
        if totals[row] < SmallCells.threshold {
          #expect(Set(tables.map { $0[(row * (width + 1))..<((row + 1) * (width + 1))].reduce(0, +) }).count > 1)
        }
      }
    }
    #expect(hiddenCounts > 300 && shownCounts > 100)
  }
}
