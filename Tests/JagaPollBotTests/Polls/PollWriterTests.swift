import Testing

@testable import JagaPollBot

struct PollWriterTests {
  /// A poll without the lines of its file.
  private func bare(_ poll: Poll) -> Poll {
    var poll = poll
    for index in poll.steps.indices {
      poll.steps[index].line = 0
      guard case .ask(var question) = poll.steps[index].kind else { continue }
      for choice in question.choices.indices { question.choices[choice].line = 0 }
      poll.steps[index].kind = .ask(question)
    }
    return poll
  }

  private func isReadAgain(_ poll: Poll) throws -> Bool {
    bare(try PollSamples.read(PollWriter.yaml(poll))) == bare(poll)
  }

  @Test func whatWasReadIsWrittenAndReadAgain() throws {
    #expect(try isReadAgain(try PollSamples.read(PollSamples.small)))
    let example = try FlowSamples.file("Examples/polls/online-safety.yaml")
    #expect(try isReadAgain(try PollReader.read(example, file: "online-safety.yaml")))
  }

  @Test func theFileIsLaidOutAsPeopleWriteIt() throws {
    let poll = try PollSamples.read(PollSamples.small)
    let lines = PollWriter.yaml(poll).split(separator: "\n").map(String.init)
    #expect(
      Array(lines.prefix(8)) == [
        "id: small", "version: 3", #"title: {id: "Kecil", en: "Small"}"#, "languages: [id, en]",
        #"start_words: ["kecil"]"#, #"stop_words: ["sudah dulu"]"#, "timeout_hours: 10", "reminder_hours: 4",
      ])
    #expect(lines.contains(#"      - {id: "now", label: {id: "Masih", en: "Still"}, tells: ongoing}"#))
    #expect(
      lines.contains(#"      - {id: "no", label: {id: "Tidak", en: "No"}, tells: none, goto: "idea"}"#))
  }

  static let texts = [
    "", " ", "ya: tidak", "# bukan komentar", "'a' \"b\" \\ c", "satu\ndua\n", "\ttab", "- x", "no", "null", "&jangkar",
    "kami &kamu *bintang", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "{a} {b}", "😀 👍🏽 1\u{FE0F}\u{20E3}",
    "\u{7}\u{85}\u{2028}\u{FEFF}",
    "\u{10FFFF}\u{E000}", "%", "@nama", "`", "| >", "\r\n", "é e\u{301}", "{{id}}", "\\x41", "\u{0}",
  ]

  @Test(arguments: texts) func anyTextComesBack(text: String) throws {
    var poll = try PollSamples.read(PollSamples.small)
    poll.consent = LocalText(["id": text, "en": text])
    poll.steps[2].kind = .say(LocalText(["id": text]))
    poll.steps[4].kind = .end(LocalText(["id": "x" + text, "en": text]))
    if !text.isEmpty { poll.stopWords = [text] }
    #expect(try isReadAgain(poll))
  }

  @Test func everyKindOfQuestionAndEndComesBack() throws {
    var poll = try PollSamples.read(PollSamples.small)
    poll.optIn?.decline = ["lain kali"]
    poll.steps.append(
      PollStep(
        id: "colour",
        kind: .ask(
          PollQuestion(
            text: LocalText(["id": "Merah atau biru?"]),
            choices: [
              PollChoice(
                id: "red", label: LocalText(["id": "Merah"]), words: ["1", "rubi"], next: "end", tells: .past),
              PollChoice(id: "blue", label: LocalText(["id": "Biru"]), tells: .immediate),
            ], listsChoices: false, takesText: true)), next: "age"))
    poll.steps.append(PollStep(id: "last", kind: .end(nil)))
    #expect(try isReadAgain(poll))
    poll.optIn = nil
    poll.consent = LocalText(["id": "Boleh?"])
    poll.reminder = nil
    poll.startWords = []
    poll.languages = ["id"]
    poll.title = LocalText(["id": "Kecil"])
    poll.steps.removeFirst(4)
    for index in poll.steps.indices {
      if case .end(.some) = poll.steps[index].kind { poll.steps[index].kind = .end(LocalText(["id": "Dadah."])) }
    }
    poll.steps[1].next = nil
    #expect(try isReadAgain(poll))
  }

  @Test func aFlowThatWasImportedIsReadAgain() throws {
    let nodes = [
      FlowSamples.message("ask", "Pernah? @contact 1. Ya & 2. Tidak", to: "wait"),
      FlowSamples.wait(
        "wait", [("has_any_word", "ya y", "Ya", "bye"), ("has_phrase", "2", "Tidak", "bye")], other: nil),
      FlowSamples.message("bye", "Dadah.", to: nil),
    ]
    let poll = try #require(try FlowSamples.read(nodes).polls.first)
    #expect(try isReadAgain(poll))
  }

  @Test func hoursAreWholeAndAMissingTextIsEmpty() throws {
    var poll = try PollSamples.read(PollSamples.small)
    poll.timeout = 5_400_000
    poll.reminder = nil
    poll.steps[2].kind = .say(LocalText([:]))
    let again = try PollSamples.read(PollWriter.yaml(poll))
    #expect(again.timeout == 7_200_000)
    #expect(again.steps[2].kind == .say(LocalText(["id": ""])))
  }
}
