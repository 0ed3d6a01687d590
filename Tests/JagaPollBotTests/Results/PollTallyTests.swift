import JagaPollBot
import Testing

struct PollTallyTests {
  /// Sessions that chose this in 'age' and that in 'met'.
  private func tally(_ groups: [(age: String, met: String, count: Int)]) throws -> PollTally {
    var tally = PollTally(poll: try PollSamples.read(PollSamples.small))
    var session = 0
    for (age, met, count) in groups {
      for _ in 0..<count {
        session += 1
        let group = [GroupValue(questionID: "age", choiceID: age)]
        tally.add(PollAnswer(questionID: "age", choiceID: age, groups: group, at: 1), session: "s\(session)")
        tally.add(PollAnswer(questionID: "met", choiceID: met, groups: group, at: 2), session: "s\(session)")
      }
    }
    return tally
  }

  private func csv(_ tally: PollTally) -> [String] {
    String(decoding: tally.results().csv(), as: UTF8.self).components(separatedBy: "\r\n")
  }

  @Test func largeCountsAreShown() throws {
    let tally = try tally([("young", "yes", 10), ("young", "no", 20), ("old", "yes", 7), ("old", "no", 8)])
    // Nobody chose the third answer: that is hidden too, and 'yes' with it, as the smaller one.
    #expect(
      csv(tally) == [
        "poll,version,question,choice,label,group,value,count,hidden", "small,3,age,(all),,,,45,",
        "small,3,age,young,Di bawah 15,,,30,", "small,3,age,old,15 ke atas,,,15,", "small,3,met,(all),,,,45,",
        "small,3,met,yes,Ya,,,,yes", "small,3,met,no,Tidak,,,28,", "small,3,met,now,Masih,,,,yes",
        "small,3,met,yes,Ya,age,young,,yes", "small,3,met,no,Tidak,age,young,20,",
        "small,3,met,now,Masih,age,young,,yes",
        "small,3,met,yes,Ya,age,old,,yes", "small,3,met,no,Tidak,age,old,8,", "small,3,met,now,Masih,age,old,,yes",
        "small,3,idea,(all),,,,,yes", "small,3,idea,(text),,,,,yes", "small,3,idea,(text),,age,young,,yes",
        "small,3,idea,(text),,age,old,,yes", "",
      ])
  }

  @Test func aSmallGroupIsHiddenEverywhere() throws {
    let tally = try tally([
      ("young", "yes", 40), ("young", "no", 50), ("young", "now", 30), ("old", "yes", 1), ("old", "no", 1),
      ("old", "now", 1),
    ])
    let lines = csv(tally)
    // The larger group would give the smaller one away.
    #expect(lines.filter { $0.hasPrefix("small,3,met,") && $0.contains(",age,") }.allSatisfy { $0.hasSuffix(",yes") })
    #expect(lines.contains("small,3,age,young,Di bawah 15,,,,yes") && lines.contains("small,3,age,(all),,,,123,"))
    #expect(lines.contains("small,3,met,now,Masih,,,31,"))
  }

  @Test func fewerThanFiveAnswersShowNothing() throws {
    let results = try tally([("young", "yes", 4)]).results()
    for question in results.questions {
      #expect(question.answered == nil && question.choices.allSatisfy { $0.count == nil })
      #expect(question.groups.allSatisfy { $0.cells.allSatisfy { $0.count == nil } })
    }
  }

  @Test func theLastAnswerOfASessionCounts() throws {
    var tally = try tally([("young", "yes", 20), ("old", "no", 20), ("old", "now", 20)])
    tally.add(PollAnswer(questionID: "met", choiceID: "now", at: 3), session: "s1")
    let met = try #require(tally.results().questions.first { $0.id == "met" })
    #expect(met.answered == 60 && met.choices.map(\.count) == [19, 20, 21])
  }

  @Test func answersOfAnotherVersionAreNotCounted() throws {
    var tally = try tally([])
    tally.add(PollAnswer(questionID: "gone", choiceID: "yes", at: 1), session: "a")
    tally.add(PollAnswer(questionID: "met", choiceID: "gone", at: 1), session: "a")
    tally.add(PollAnswer(questionID: "met", choiceID: nil, at: 1), session: "a")
    #expect(tally.unknown == 3 && tally.results().questions.allSatisfy { $0.answered == nil })
  }

  @Test func textsLeaveMaskedSortedAndNeverAlone() throws {
    var tally = PollTally(poll: try PollSamples.read(PollSamples.small))
    let texts = ["nama saya budi", "=1+1", "wa 0812-0000-0000", "aman, \"ya\"", "-lampu"]
    for (index, text) in texts.enumerated() {
      if index == 4 {
        #expect(String(decoding: tally.results().textCSV(), as: UTF8.self) == "poll,version,question,text\r\n")
      }
      tally.add(PollAnswer(questionID: "idea", choiceID: nil, text: text, at: 1), session: "s\(index)")
    }
    // Without consent there is no text, and the answer counts.
    tally.add(PollAnswer(questionID: "idea", choiceID: nil, at: 1), session: "s9")
    #expect(tally.results().questions.last?.answered == 6)
    #expect(
      String(decoding: tally.results().textCSV(), as: UTF8.self) == """
        poll,version,question,text\r
        small,3,idea,'-lampu\r
        small,3,idea,'=1+1\r
        small,3,idea,"aman, ""ya""\"\r
        small,3,idea,nama saya [name]\r
        small,3,idea,wa [phone]\r

        """)
  }

  @Test func theOrderOfAnswersChangesNothing() throws {
    let rows: [(String, String, Int)] = [
      ("young", "yes", 9), ("old", "no", 30), ("old", "now", 6), ("young", "no", 11),
    ]
    #expect(try tally(rows).results().csv() == tally(rows.reversed()).results().csv())
  }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
