internal import GRDB

extension Store {
  /// Gives every answer to a poll, of all its versions, in the order of sessions; one answer is in memory at a time. Those of live sessions are among them.
  ///
  /// Whatever `body` throws ends the reading and comes out as it is. All of it is one view of the file: do not stay longer than needed.
  public func forEachPollAnswer(_ pollID: String, _ body: (KeptPollAnswer) throws -> Void) throws {
    var failure: (any Error)?
    try reading { db in
      var rows = try RowReader(
        db, self,
        sql: "SELECT \(Store.answerColumns) FROM poll_answer WHERE poll_id = ? ORDER BY poll_session, poll_answer",
        arguments: [pollID])
      while failure == nil, try rows.step() {
        let answer = try KeptPollAnswer(reading: &rows)
        do { try body(answer) } catch { failure = error }
      }
    }
    if let failure { throw failure }
  }

  /// The answers of a session, in the order of answering.
  public func pollAnswers(session number: Int) throws(StoreError) -> [KeptPollAnswer] {
    try reading { db in try answers(session: number, db) }
  }

  func answers(session number: Int, _ db: Database) throws -> [KeptPollAnswer] {
    var rows = try RowReader(
      db, self, cached: "SELECT \(Store.answerColumns) FROM poll_answer WHERE poll_session = ? ORDER BY poll_answer")
    rows.bind(number)
    var answers: [KeptPollAnswer] = []
    while try rows.step() { answers.append(try KeptPollAnswer(reading: &rows)) }
    return answers
  }

  private static let answerColumns = """
    poll_session, poll_id, poll_version, question_id, choice_id, group_values, sealed, may_leave, answered_at
    """
}

extension KeptPollAnswer {
  /// Reads the columns of ``Store``'s list of them.
  fileprivate init(reading rows: inout RowReader) throws {
    self.init(
      session: try rows.integer(1...Int.max), pollID: try rows.text(), pollVersion: try rows.integer(.min ... .max),
      questionID: try rows.text(), choiceID: try rows.optionalText(), groups: try rows.name(GroupValues.values),
      sealedText: try rows.optionalBytes(), mayLeave: try rows.flag(), at: try rows.time())
  }
}
