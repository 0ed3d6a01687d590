import JagaCore
import JagaPollBot
import Testing

struct ReplyReaderTests {
  static let reader = Result { try ReplyReader.bundled() }

  private func reading(_ text: String, _ score: MessageScore, question: String? = nil) throws -> ReplyReading {
    try ReplyReaderTests.reader.get().reading(of: text, score: score, question: question)
  }

  @Test func theScoreDecidesWhetherThereIsACase() throws {
    let rows: [(disclosure: Double, band: Band, reading: ReplyReading)] = [
      (0, .none, ReplyReading(action: .none)), (0.49, .none, ReplyReading(action: .none)),
      (0.5, .none, ReplyReading(action: .support, urgency: .ongoing)),
      (0.9, .high, ReplyReading(action: .support, urgency: .ongoing)),
      (0.2, .high, ReplyReading(action: .escalate, urgency: .ongoing)),
      (0.2, .review, ReplyReading(action: .review, urgency: .ongoing)),
      (0.2, .watch, ReplyReading(action: .watch)),
    ]
    for row in rows {
      #expect(try reading("ada yang aneh", CueSamples.score(disclosure: row.disclosure, band: row.band)) == row.reading)
    }
  }

  @Test func evidenceOfSelfHarmCountsInADisclosureAlone() throws {
    let own = ReplyReading(action: .support, urgency: .immediate, isSelfHarm: true)
    for source in [
      "rule:id.disclosure.rule.own-self-harm", "rule:overlay/en.disclosure.rule.own-self-harm",
      "lexicon:id.disclosure.selfharm.hurts-self", "answer:id.context.self-harm-word",
    ] {
      #expect(try reading("begitu kak", CueSamples.score(disclosure: 0.6, sources: [source])) == own)
      #expect(
        try reading("begitu kak", CueSamples.score(disclosure: 0.4, sources: [source])) == ReplyReading(action: .none))
    }
    #expect(
      try reading("begitu kak", CueSamples.score(disclosure: 0.6, sources: ["lexicon:id.disclosure.afraid"]))
        == ReplyReading(action: .support, urgency: .ongoing))
  }

  @Test func yesToAQuestionAboutSelfHarmIsOwn() throws {
    let question = "Pernah merasa ingin menyakiti diri sendiri?"
    for text in ["pernah", "iya kak", "Sering", "kadang"] {
      #expect(try reading(text, CueSamples.score(), question: question).isSelfHarm, "\(text)")
      #expect(try reading(text, CueSamples.score(), question: nil) == ReplyReading(action: .none), "\(text)")
    }
    for text in ["tidak", "ga pernah", "belum pernah", "alhamdulillah tidak"] {
      #expect(try reading(text, CueSamples.score(), question: question) == ReplyReading(action: .none), "\(text)")
    }
  }

  @Test func anUnknownLanguageGetsTheLowestThreshold() throws {
    let cues = try UrgencyCues(files: [
      .init(path: "id/urgency.yaml", text: "{language: id, support_from: 0.6, support_from_near: 0.4}"),
      .init(path: "en/urgency.yaml", text: "{language: en, support_from: 0.5, support_from_near: 0.4}"),
    ])
    let reader = ReplyReader(cues: cues)
    for (language, action) in [(Language.id, ReplyAction.none), (.en, .support), (.mix, .support), (.other, .support)] {
      let score = CueSamples.score(disclosure: 0.55, language: language)
      #expect(reader.reading(of: "hm", score: score, question: nil).action == action)
    }
  }

  @Test func saysWhatIsWrongInAFile() {
    let rows = [
      (
        "language: id\nsupport_from: 0.5\nsupport_from_near: 0.3\nnear: [\"(dia\"]",
        "urgency.yaml:4: error: 'near' cannot be '(dia'; give a phrase such as '(dia|he) ~2 depan rumah*'"
      ),
      (
        "language: id\nsupport_from: 2\nsupport_from_near: 0.3",
        "urgency.yaml:2: error: 'support_from' cannot be '2'; give a share from 0 to 1"
      ),
      (
        "language: id\nsupport_from: 0.5\nsupport_from_near: 0.3\nneer: []",
        "urgency.yaml:4: error: the file has no key 'neer'; take it out or correct its spelling"
      ),
      ("language: id\nsupport_from: 0.5", "urgency.yaml:1: error: the file lacks 'support_from_near'; add it"),
      (
        "language: id\nsupport_from: 0.5\nsupport_from_near: 0.3\nspellings: {sudah: [udh], belum: [udh]}",
        "urgency.yaml:4: error: 'udh' stands twice; give each its own id"
      ),
    ]
    for (text, sentence) in rows {
      do {
        _ = try UrgencyCues(files: [.init(path: "urgency.yaml", text: text)])
        Issue.record("no error for \(text)")
      } catch {
        #expect(error.description == sentence)
      }
    }
  }
}
