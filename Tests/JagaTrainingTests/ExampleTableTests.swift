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
    #expect(table.votes.count == 3 * Head.count)
    #expect(table.votes[Head.move] == 1.5)
    #expect(table.rows[1].weight == 0.25 && table.rows[1].scale == 0.5)
    #expect(table.rows.map(\.main) == [.topupOffer, .benign, .disclosure])
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
