internal import GRDB

/// How much a poll is used.
public struct PollFigures: Hashable, Sendable {
  /// Sessions that go on.
  public var liveSessions = 0
  /// Sessions that answered something, by the poll's version.
  public var respondents: [Int: Int] = [:]
}

extension Store {
  /// How much a poll is used. Cost: a pass over its answers and over the live sessions.
  public func pollFigures(_ pollID: String) throws(StoreError) -> PollFigures {
    try reading { db in
      var figures = PollFigures()
      var live = try RowReader(
        db, self, cached: "SELECT count(*) FROM poll_session WHERE ended_at IS NULL AND poll_id = ?")
      live.bind(pollID)
      if try live.step() { figures.liveSessions = try live.integer(0...Int.max) }
      var rows = try RowReader(
        db, self,
        cached: """
          SELECT poll_version, count(DISTINCT poll_session) FROM poll_answer WHERE poll_id = ?
          GROUP BY poll_version ORDER BY poll_version
          """)
      rows.bind(pollID)
      while try rows.step() {
        let version = try rows.integer(.min ... .max)
        figures.respondents[version] = try rows.integer(0...Int.max)
      }
      return figures
    }
  }
}
