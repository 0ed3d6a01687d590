import JagaCore
import Testing

@testable import JagaTraining

@Suite struct ExampleTableTests {
  @Test func rowsKeepTheirFeaturesAndVotes() {
    var table = ExampleTable()
    table.append([3, 5], labels: [.topupOffer], votes: [Head.move: 1.5])
    table.append([], labels: [.benign], weight: 0.25, scale: 0.5)
    table.append([1], labels: [.disclosure])
    #expect(table.count == 3)
    #expect(table.rows.map { Array(table.features[$0.begin..<$0.end]) } == [[3, 5], [], [1]])
    #expect(Array(table.votes(of: 0)) == (0..<Head.count).map { $0 == Head.move ? 1.5 : 0 })
    for row in 1...2 { #expect(Array(table.votes(of: row)) == [Double](repeating: 0, count: Head.count)) }
    #expect(table.rows[1].weight == 0.25 && table.rows[1].scale == 0.5)
    #expect(table.rows.map(\.main) == [.topupOffer, .benign, .disclosure])
  }

  /// Rows of several tables are those of one, votes included.
  @Test func tablesAreJoinedInTheirOrder() {
    let rows: [(features: [UInt32], votes: [Int: Double])] = [
      ([1, 2], [:]), ([3], [0: 2]), ([], [1: 1]), ([4, 4, 5], [:]), ([6], [Head.move: -1]),
    ]
    var whole = ExampleTable()
    for row in rows { whole.append(row.features, labels: [.benign], votes: row.votes) }
    for cut in 0...rows.count {
      var parts = [ExampleTable(), ExampleTable(), ExampleTable()]
      for (index, row) in rows.enumerated() {
        parts[index < cut ? 0 : 2].append(row.features, labels: [.benign], votes: row.votes)
      }
      var joined = ExampleTable()
      joined.append(parts)
      #expect(joined.features == whole.features && joined.votes == whole.votes)
      #expect(joined.rows.map { [$0.begin, $0.end, $0.votes] } == whole.rows.map { [$0.begin, $0.end, $0.votes] })
    }
  }

  /// Labels, the heads they are positive for, and whether the conditional heads learn from them.
  @Test func labelsAreTargetsOfTheirHeads() {
    let rows: [(labels: [Label], heads: Set<Int>, teachesConditional: Bool)] = [
      ([.benign], [], false),
      ([.disclosure], [Head.disclosure], false),
      ([.groomingContact], [0, Head.move], true),
      ([.tradeTransact, .topupPayment], [14, 19, Head.move], true),
      ([.disclosure, .sextortionThreat], [8, Head.move, Head.disclosure], true),
    ]
    for row in rows {
      var table = ExampleTable()
      table.append([0], labels: row.labels)
      let found = table.rows[0]
      #expect(Set((0..<Head.count).filter(found.isPositive)) == row.heads, "\(row.labels)")
      for head in 0..<Head.count {
        #expect(found.teaches(head) == (head >= 20 || row.teachesConditional), "\(row.labels), head \(head)")
      }
    }
  }
}
