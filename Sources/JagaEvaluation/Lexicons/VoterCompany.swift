/// Which voters are found together: how many messages of each have another of the same label, one that contradicts, or an entry that covers it.
struct VoterCompany: Sendable {
  /// Messages in which another voter of a common label was found.
  private(set) var overlaps: [Int]
  /// Messages in which a conflicting voter was found.
  private(set) var conflicts: [Int]
  /// Those of them that have a label of the voter's track all the same.
  private(set) var rightInConflict: [Int]
  /// Messages in which a voter that could stand for it was found: of an entry another entry of a common label, of a rule any such voter. A rule is found only where
  /// its entries are, so it cannot stand for them.
  private(set) var covered: [Int]
  private let table: FiringTable

  /// Cost: for each message the square of its voters.
  init(_ table: FiringTable) {
    self.table = table
    overlaps = [Int](repeating: 0, count: table.voters.count)
    conflicts = overlaps
    rightInConflict = overlaps
    covered = overlaps
    for message in table.messages.indices {
      let firings = table.firings(in: message)
      for own in firings {
        var overlaps = false
        var conflicts = false
        var isCovered = false
        for other in firings where other.voter != own.voter {
          let (left, right) = (table.voters[Int(own.voter)], table.voters[Int(other.voter)])
          overlaps = overlaps || left.sense.sharesLabel(with: right.sense)
          conflicts = conflicts || left.sense.conflicts(with: right.sense)
          isCovered = isCovered || VoterCompany.covers(right, left)
        }
        let voter = Int(own.voter)
        self.overlaps[voter] += overlaps ? 1 : 0
        self.conflicts[voter] += conflicts ? 1 : 0
        if conflicts, table.voters[voter].sense.isRightTrack(table.messages[message].labels) {
          rightInConflict[voter] += 1
        }
        covered[voter] += isCovered ? 1 : 0
      }
    }
  }

  private static func covers(_ other: LexiconVoter, _ own: LexiconVoter) -> Bool {
    other.sense.sharesLabel(with: own.sense) && (own.kind == .rule || other.kind == .entry)
  }

  /// The id of the voter that covers `voter` in most messages; the first by number where several do.
  func mostFrequentCover(of voter: Int) -> String? {
    var counts: [Int32: Int] = [:]
    for firing in table.firings(of: voter) {
      for other in table.firings(in: Int(firing.message))
      where other.voter != firing.voter && VoterCompany.covers(table.voters[Int(other.voter)], table.voters[voter]) {
        counts[other.voter, default: 0] += 1
      }
    }
    let best = counts.min { left, right in left.value != right.value ? left.value > right.value : left.key < right.key }
    return best.map { table.voters[Int($0.key)].id }
  }
}
