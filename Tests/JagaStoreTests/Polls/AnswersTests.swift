import GRDB
import Testing

@testable import JagaStore

@Suite struct AnswersTests {
  private struct Enough: Error {}

  @Test func theLastAnswerToAQuestionCounts() throws {
    let open = try OpenStore()
    let groups = ["age": "12-14", "prov\"ince": "jawa\\\n\u{1}barat é"]
    let first = [
      SamplePolls.answer("q1"), SamplePolls.answer("q2", nil, groups: groups, sealed: [1, 0], mayLeave: true, at: -4),
    ]
    try open.store.take(SamplePolls.reply(1, session: SamplePolls.session(1), answers: first))
    #expect(
      try open.store.pollAnswers(session: 1)
        == first.map {
          var answer = $0
          answer.session = 1
          return answer
        })
    try open.store.take(
      SamplePolls.reply(
        1, session: SamplePolls.session(1, number: 1),
        answers: [SamplePolls.answer("q1", "no", at: 7), SamplePolls.answer("q3")]))
    let answers = try open.store.pollAnswers(session: 1)
    #expect(answers.map(\.questionID) == ["q1", "q2", "q3"] && answers.map(\.choiceID) == ["no", nil, "yes"])
    #expect(answers[0].at == 7 && answers[1].groups == groups)
  }

  @Test func answersOfOnePollAreReadInOrder() throws {
    let open = try OpenStore()
    for contact in 1...3 {
      var other = SamplePolls.answer("q2")
      other.pollID = "other"
      try open.store.take(
        SamplePolls.reply(
          contact, session: SamplePolls.session(contact), answers: [SamplePolls.answer("q1"), other]))
    }
    try open.store.take(
      SamplePolls.reply(1, session: SamplePolls.session(1, number: 1), answers: [SamplePolls.answer("q3")]))
    var found: [String] = []
    try open.store.forEachPollAnswer("safety") { found.append("\($0.session) \($0.questionID)") }
    #expect(found == ["1 q1", "1 q3", "2 q1", "3 q1"])
    try open.store.forEachPollAnswer("absent") { _ in Issue.record("there is none") }
    // What the reader throws comes out as it is, and ends it.
    var count = 0
    #expect(throws: Enough.self) {
      try open.store.forEachPollAnswer("safety") { _ in
        count += 1
        if count == 2 { throw Enough() }
      }
    }
    #expect(count == 2)
  }

  /// A damaged file says so, and never crashes.
  @Test func impossibleValues() throws {
    let open = try OpenStore()
    try open.store.take(
      SamplePolls.reply(1, session: SamplePolls.session(1), answers: [SamplePolls.answer("q1", groups: ["a": "b"])]))
    try open.store.writing { db in try db.execute(sql: "UPDATE poll_answer SET group_values = '[\"a\"]'") }
    #expect(throws: StoreError.damaged(file: open.path, reason: "an impossible value of group_values")) {
      try open.store.forEachPollAnswer("safety") { _ in }
    }
  }
}
