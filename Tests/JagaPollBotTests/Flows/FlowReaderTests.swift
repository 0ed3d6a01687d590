import JagaPollBot
import Testing

struct FlowReaderTests {
  private let nodes = [
    FlowSamples.message("hello", "Halo @contact.first_name, ini survei.", to: "ask"),
    FlowSamples.message("ask", "Pernah? 1. Ya 2. Tidak", to: "wait"),
    FlowSamples.wait(
      "wait",
      [
        ("has_any_word", "ya y 1", "Ya", "age"), ("has_phrase", "belum pernah", "Tidak", "bye"),
        ("has_any_word", "2 tidak", "Tidak", "bye"),
      ],
      other: "sorry", result: "Pernah Chat"),
    FlowSamples.message("sorry", "Balas 1 atau 2.", to: "wait"),
    FlowSamples.message("age", "Umurmu?", to: "wait2"),
    FlowSamples.wait(
      "wait2", [("has_number_between", "12|14", "Muda", "bye"), ("has_number_eq", "15", "Tua", "bye")], other: "idea",
      result: "Umur"),
    FlowSamples.message("idea", "Idemu?", to: "wait3"),
    FlowSamples.wait("wait3", [], other: "bye"),
    FlowSamples.message("bye", "Terima kasih.", to: nil),
  ]

  @Test func aFlowBecomesAPoll() throws {
    let poll = try #require(try FlowSamples.read(nodes).polls.first)
    #expect(poll.id == "aman-online" && poll.version == 7 && poll.languages == ["id"] && poll.timeout == 720 * 60_000)
    #expect(poll.questions.map(\.id) == ["pernah-chat", "umur", "question-8"])
    let first = poll.questions[0].question
    #expect(first.text == LocalText(["id": "Pernah? 1. Ya 2. Tidak"]) && !first.listsChoices && !first.takesText)
    #expect(first.choices.map(\.id) == ["ya", "tidak"])
    #expect(first.choices.map(\.words) == [["ya", "y", "1"], ["belum pernah", "2", "tidak"]])
    #expect(poll.questions[1].question.choices.map(\.words) == [["12", "13", "14"], ["15"]])
    #expect(poll.questions[2].question.takesText && poll.questions[2].question.choices.isEmpty)
    #expect(
      PollCheck(poll: poll, file: "f", fitsOneMessage: { _ in true }).findings().map(\.fault).filter(\.isError) == [])
  }

  @Test func thePollIsGoneThroughAsTheFlow() throws {
    let poll = try #require(try FlowSamples.read(nodes).polls.first)
    var talk = PollTalk(PollMachine(poll: poll))
    #expect(talk.turn.say == [.text("Halo, ini survei."), .text("Pernah? 1. Ya 2. Tidak")])
    #expect(talk.reply("1").say == [.text("Umurmu?")] && talk.turn.answers.map(\.choiceID) == ["ya"])
    #expect(talk.reply("aku 13").say == [.text("Terima kasih."), .response(.done)])
    var other = PollTalk(PollMachine(poll: poll))
    #expect(other.reply("gak").say == [.text("Terima kasih."), .response(.done)])
    var unclear = PollTalk(PollMachine(poll: poll))
    for _ in 0..<2 { #expect(unclear.reply("apa?").say.first == .response(.again)) }
    #expect(unclear.reply("apa?").say.first == .response(.skipped))
    var text = PollTalk(PollMachine(poll: poll))
    for reply in ["ya", "99", "98", "97"] { text.reply(reply) }
    #expect(text.turn.say == [.response(.skipped), .text("Idemu?")])
    #expect(text.reply("lampu").say == [.text("Terima kasih."), .response(.done)])
    // Without consent nothing is kept.
    #expect(text.turn.answers.map(\.text) == [nil])
  }

  @Test func whatIsLeftOutIsToldByNode() throws {
    let sentences = try FlowSamples.read(nodes).findings.map(\.description)
    #expect(
      sentences == [
        "f.json: flow 'aman-online', node hello: 1 expression(s) are taken out of a text; read the text again",
        "f.json: flow 'aman-online', node wait: is asked by several nodes; the first one's text is the question",
        "f.json: flow 'aman-online', node wait: the way of other replies goes back; the bot asks twice again by itself, then goes on",
        "f.json: flow 'aman-online', node wait2: the way of other replies is taken after the third one; before, the bot asks again",
      ])
  }

  @Test func languagesAreTakenOver() throws {
    let bytes = FlowSamples.export(
      [
        FlowSamples.message("ask", "Pernah?", to: "w"),
        FlowSamples.wait(
          "w", [("has_any_word", "ya", "Ya", nil), ("has_any_word", "tidak", "Tidak", nil)], other: nil),
      ],
      localization: """
        {"eng": {"ask-m": {"text": ["Ever?"]}, "w-t0": {"arguments": ["yeah sure"]}, "w-c-Ya": {"name": ["Yes"]}},
         "fra": {"ask-m": {"text": ["Jamais?"]}}}
        """)
    let result = try FlowReader.read(bytes, file: "f.json")
    let poll = try #require(result.polls.first)
    #expect(poll.languages == ["id", "en"])
    #expect(poll.questions[0].question.text == LocalText(["id": "Pernah?", "en": "Ever?"]))
    #expect(poll.questions[0].question.choices[0].label == LocalText(["id": "Ya", "en": "Yes"]))
    #expect(poll.questions[0].question.choices[0].words == ["ya", "yeah", "sure"])
    #expect(result.findings.contains { $0.fault == .language(code: "fra") })
    let base = try FlowReader.read(
      FlowSamples.export([FlowSamples.message("a", "Hi", to: nil)], language: "und"), file: "f", language: "en")
    #expect(base.polls.first?.languages == ["en"] && base.findings.map(\.fault) == [.language(code: "und")])
  }

  @Test func triggersAreStartWords() throws {
    let bytes = FlowSamples.export(
      [FlowSamples.message("a", "Hai", to: nil)],
      more: """
        , "triggers": [{"trigger_type": "K", "keyword": "aman", "flow": {"uuid": "f1"}},
         {"trigger_type": "K", "keywords": ["safe", "aman"], "flow": {"uuid": "f1"}}, {"keyword": "x", "flow": {"uuid": "f2"}}]
        """)
    #expect(try FlowReader.read(bytes, file: "f").polls.first?.startWords == ["aman", "safe"])
  }

  /// Nodes, and what is told about them.
  static let lacking: [([String], [FlowFault])] = [
    (
      [
        """
        {"uuid": "a", "actions": [{"uuid": "m", "type": "send_msg", "text": "Hai", "attachments": ["image:x"]},
          {"uuid": "n", "type": "add_contact_groups", "groups": []}], "exits": [{"uuid": "x"}]}
        """
      ], [.attachments, .action(type: "add_contact_groups")]
    ),
    ([FlowSamples.message("a", "Hai", to: "gone")], [.missingNode]),
    (
      [
        FlowSamples.message("a", "Hai", to: "s"),
        """
        {"uuid": "s", "actions": [], "router": {"type": "switch", "operand": "@contact.groups", "cases": [],
          "categories": [{"uuid": "c1", "name": "In", "exit_uuid": "x1"}, {"uuid": "c2", "name": "Other", "exit_uuid": "x2"}],
          "default_category_uuid": "c2"}, "exits": [{"uuid": "x1"}, {"uuid": "x2", "destination_uuid": "b"}]}
        """, FlowSamples.message("b", "Dadah", to: nil),
      ], [.split(on: "@contact.groups", followed: "Other")]
    ),
    ([FlowSamples.wait("w", [], other: nil)], [.noQuestion]),
    (
      [
        FlowSamples.message("a", "?", to: "w"),
        FlowSamples.wait(
          "w",
          [("has_pattern", "x+", "Pola", nil), ("has_number_gt", "3", "Besar", nil), ("has_any_word", "a", "A", nil)],
          other: nil),
      ],
      [.test(type: "has_pattern", category: "Pola"), .test(type: "has_number_gt", category: "Besar"), .otherLeads]
    ),
    (
      [FlowSamples.message("a", "?", to: "w"), FlowSamples.wait("w", [("has_number", "", "Angka", nil)], other: nil)],
      [.looseTest(type: "has_number", category: "Angka")]
    ),
    (
      [
        FlowSamples.message("a", "?", to: "w"),
        FlowSamples.wait(
          "w", [("has_text", "", "Teks", nil)], other: nil,
          more: ", \"timeout\": {\"seconds\": 60, \"category_uuid\": \"w-c-Late\"}"),
      ],
      [.timeout]
    ),
    (["{\"uuid\": \"a\", \"actions\": [], \"exits\": []}"], [.nothing]),
  ]

  @Test(arguments: lacking) func whatAPollLacksIsTold(nodes: [String], faults: [FlowFault]) throws {
    #expect(try FlowSamples.read(nodes).findings.map(\.fault) == faults)
  }

  @Test func otherKindsAndVersionsAreLeftOut() throws {
    let node = FlowSamples.message("a", "Hai", to: nil)
    let rows: [([UInt8], FlowFault)] = [
      (FlowSamples.export([node], version: "12.0"), .version(found: "12.0")),
      (FlowSamples.export([node], type: "voice"), .kind(found: "voice")),
      (
        FlowSamples.export(
          [
            node, FlowSamples.wait("w", (0..<21).map { ("has_any_word", "w\($0)", "C\($0)", nil) }, other: nil),
          ].map { $0.replacing("\"a-x\", \"destination_uuid\": null", with: "\"a-x\", \"destination_uuid\": \"w\"") }),
        .tooMany(what: "choices", count: 21, limit: 20)
      ),
      (
        FlowSamples.export((0..<101).map { FlowSamples.message("n\($0)", "Hai", to: "n\($0 + 1)") }),
        .tooMany(what: "steps", count: 101, limit: 100)
      ),
    ]
    for (bytes, fault) in rows {
      let result = try FlowReader.read(bytes, file: "f")
      #expect(result.polls.isEmpty && result.findings.map(\.fault).filter(\.isError) == [fault])
    }
  }

  @Test func whatIsNoExportIsAnError() {
    let rows: [([UInt8], String)] = [
      (Array("{".utf8), "f.json: not JSON; export the flows of RapidPro again"),
      (Array("[]".utf8), "f.json: no flows in it; export them with 'Export' in RapidPro's list of flows"),
      (Array("{\"flows\": 3}".utf8), "f.json: no flows in it; export them with 'Export' in RapidPro's list of flows"),
      (Array(String(repeating: "[", count: 10_000).utf8), "f.json: not JSON; export the flows of RapidPro again"),
    ]
    for (bytes, sentence) in rows {
      let error = #expect(throws: FlowError.self) { try FlowReader.read(bytes, file: "f.json") }
      #expect(error?.description == sentence)
    }
  }

  @Test func circlesAndOddFlowsEnd() throws {
    let circle = [FlowSamples.message("a", "Hai", to: "b"), FlowSamples.message("b", "Lagi", to: "a")]
    let poll = try #require(try FlowSamples.read(circle).polls.first)
    #expect(PollMachine(poll: poll).start(language: nil, now: 1).ended == .finished)
    let silent = ["{\"uuid\": \"a\", \"exits\": [{\"uuid\": \"x\", \"destination_uuid\": \"a\"}]}"]
    #expect(try FlowSamples.read(silent).polls.isEmpty)
    let loop = [
      FlowSamples.message("a", "?", to: "w"), FlowSamples.wait("w", [("has_any_word", "ya", "Ya", "w")], other: "w"),
    ]
    var talk = PollTalk(PollMachine(poll: try #require(try FlowSamples.read(loop).polls.first)))
    for _ in 0..<9 { talk.reply("hm") }
    #expect(talk.session.isEnded)
  }

  @Test func hugeFlowsAreRefusedSoon() throws {
    let nodes = (0..<5_000).map { FlowSamples.message("n\($0)", "Hai", to: "n\($0 + 1)") }
    #expect(
      try FlowSamples.read(nodes).findings.map(\.fault).last == .tooMany(what: "nodes", count: 5_000, limit: 500))
    let words = (0..<100_000).map { "w\($0)" }.joined(separator: " ")
    let wordy = [
      FlowSamples.message("a", "?", to: "w"), FlowSamples.wait("w", [("has_any_word", words, "A", nil)], other: nil),
    ]
    #expect(
      try FlowSamples.read(wordy).findings.map(\.fault).contains(.tooMany(what: "words", count: 100_000, limit: 200)))
  }

  @Test func anyCutOfAnExportIsReadOrRefused() throws {
    let bytes = try FlowSamples.file("Examples/rapidpro/jaga-webhook-flow.json")
    for length in stride(from: 0, to: bytes.count - 2, by: 97) {
      #expect(throws: FlowError.self) { try FlowReader.read(Array(bytes[..<length]), file: "f") }
    }
  }

  static let texts: [(String, String)] = [
    ("Halo @contact.name!", "Halo!"), ("Tulis ke a@@b.example", "Tulis ke a@b.example"), ("@(upper(\"a)b\")) ya", "ya"),
    ("Nilai @results.umur.value. Oke", "Nilai. Oke"), ("follow @contoh", "follow @contoh"), ("@", "@"), ("@(", ""),
    ("a @fields.x, b", "a, b"),
  ]

  @Test(arguments: texts) func expressionsAreTakenOut(text: String, plain: String) throws {
    let escaped = text.replacing("\"", with: "\\\"")
    let poll = try FlowSamples.read([
      FlowSamples.message("a", escaped, to: "b"), FlowSamples.message("b", "x", to: nil),
    ]).polls.first
    let said = PollMachine(poll: try #require(poll)).start(language: nil, now: 1).say
    #expect(said.first == .text(plain.isEmpty ? "x" : plain))
  }
}
