/// Counts the answers of a poll; what it gives away is in ``PollResults``.
///
///     var tally = PollTally(poll: poll)
///     for answer in answers { tally.add(answer, session: answer.session) }
///     let bytes = tally.results().csv()
public struct PollTally: Sendable {
  private struct Respondent {
    /// By question: the row of the choice.
    var rows: [Int: Int] = [:]
    var texts: [Int: String] = [:]
    /// By group question: the choice.
    var groups: [String: String] = [:]
  }

  private let poll: Poll
  private let questions: [(id: String, question: PollQuestion)]
  private var respondents: [String: Respondent] = [:]
  /// Answers to questions or choices that this version of the poll does not have; they are not counted.
  public private(set) var unknown = 0

  /// Nothing counted yet.
  public init(poll: Poll) {
    self.poll = poll
    questions = poll.questions
  }

  /// Counts an answer. Of a session's answers to one question the last one counts. Cost: a look-up; memory grows with sessions.
  public mutating func add(_ answer: PollAnswer, session: String) {
    guard let place = questions.firstIndex(where: { $0.id == answer.questionID }),
      let row = row(of: answer, in: questions[place].question)
    else {
      unknown += 1
      return
    }
    var respondent = respondents[session] ?? Respondent()
    respondent.rows[place] = row
    respondent.texts[place] = answer.text
    for group in answer.groups { respondent.groups[group.questionID] = group.choiceID }
    if questions[place].question.isGroup, let choice = answer.choiceID { respondent.groups[answer.questionID] = choice }
    respondents[session] = respondent
  }

  private func row(of answer: PollAnswer, in question: PollQuestion) -> Int? {
    guard let choice = answer.choiceID else { return question.takesText ? question.choices.count : nil }
    return question.choices.firstIndex { $0.id == choice }
  }

  /// What may be shown: small counts hidden, texts masked.
  public func results() -> PollResults {
    PollResults(
      pollID: poll.id, pollVersion: poll.version,
      questions: questions.indices.map { result(of: $0) })
  }

  private func result(of place: Int) -> PollResults.Question {
    let (id, question) = questions[place]
    let language = poll.languages.first ?? "id"
    var rows = question.choices.map { (id: $0.id, label: poll.text($0.label, in: language)) }
    if question.takesText { rows.append((id: PollResults.freeText, label: "")) }
    var counts = [Int](repeating: 0, count: rows.count)
    for respondent in respondents.values {
      if let row = respondent.rows[place] { counts[row] += 1 }
    }
    let answered = counts.reduce(0, +)
    let hidden = SmallCells.hidden(of: counts)
    var result = PollResults.Question(
      id: id, answered: answered < SmallCells.threshold ? nil : answered,
      choices: rows.indices.map {
        PollResults.Choice(id: rows[$0].id, label: rows[$0].label, count: hidden.contains($0) ? nil : counts[$0])
      })
    // Groups are not crossed with each other: two tables of the same people would explain each other.
    if !question.isGroup {
      for group in questions where group.question.isGroup {
        result.groups.append(table(at: place, rows: rows.map(\.id), hiddenRows: hidden, group: group))
      }
    }
    result.texts = texts(at: place)
    return result
  }

  private func table(
    at place: Int, rows: [String], hiddenRows: Set<Int>, group: (id: String, question: PollQuestion)
  ) -> PollResults.Group {
    let values = group.question.choices.map(\.id)
    var sizes = [Int](repeating: 0, count: values.count)
    var cells = [[Int]](repeating: sizes, count: rows.count)
    var rest = [Int](repeating: 0, count: rows.count)
    for respondent in respondents.values {
      let column = respondent.groups[group.id].flatMap { values.firstIndex(of: $0) }
      if let column { sizes[column] += 1 }
      guard let row = respondent.rows[place] else { continue }
      if let column { cells[row][column] += 1 } else { rest[row] += 1 }
    }
    let hidden = SmallCells.hidden(
      cells: cells, rest: rest, rows: hiddenRows, columns: SmallCells.hidden(of: sizes))
    var table = PollResults.Group(questionID: group.id, cells: [])
    for (column, value) in values.enumerated() {
      for (row, choice) in rows.enumerated() {
        table.cells.append(
          PollResults.Cell(value: value, choiceID: choice, count: hidden[row][column] ? nil : cells[row][column]))
      }
    }
    return table
  }

  /// Masked and in the order of their letters, so that no two texts can be laid to one person. Fewer than the threshold are withheld,
  /// since their number would be told.
  private func texts(at place: Int) -> [String] {
    let texts = respondents.values.compactMap { $0.texts[place] }.map(TextMask.masked)
    return texts.count < SmallCells.threshold ? [] : texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
