import Foundation
import JagaCore
import JagaPollBot
import JagaStore
import JagaConsole
import Testing

@testable import JagaService

/// A child tells the bot; a reviewer reads it and answers.
struct ConsoleCaseTests {
  private func browser(_ bench: CaseBench, _ name: String = "sari", english: Bool = true) async throws -> ConsoleBrowser
  {
    let browser = ConsoleBrowser(bench.fixture)
    if english { browser.headers["Accept-Language"] = "en" }
    try await browser.signIn(name)
    return browser
  }

  @Test func fromTheReplyToTheAnswer() async throws {
    var bench = try CaseBench()
    defer { bench.remove() }
    try await bench.tell()
    let item = try bench.item()
    let before = try bench.answers()
    let browser = try await browser(bench)
    #expect(browser.page.contains("<a class=\"go\" href=\"/items/\(item)\">Asks for help</a>"))
    #expect(browser.page.contains("<span class=\"chip danger-ongoing\">Still going on</span>"))
    #expect(!browser.page.contains("chip wish"))

    // The offer to be contacted is taken up.
    try await bench.write("1")
    #expect(try await browser.get("/").text.contains("<span class=\"chip wish\">Would like to be contacted</span>"))

    let page = try await browser.get("/items/\(item)").text
    #expect(page.contains("<h1>Asks for help</h1>") && page.contains("<dd>Would like to be contacted</dd>"))
    #expect(
      page.contains("<b>Thanks for telling; keep the chat, pay and send nothing</b>")
        && page.contains("waits to be sent"))
    #expect(page.contains("maxlength=\"1000\"") && page.contains("data-two=\"^{}\\[~]|€\""))

    let answer = try await browser.post(
      "/items/\(item)/answer",
      ["text": "Halo, terima kasih.\r\nKami di sini.", "case": browser.value(after: "name=\"case\" value=\"")])
    #expect(answer.status == .seeOther && answer.headers[.location] == "/items/\(item)")
    #expect(try bench.answers().dropFirst(before.count).last == "Halo, terima kasih.\nKami di sini.")
    let after = try await browser.get("/items/\(item)").text
    #expect(after.contains("Your answer goes out next."))
    #expect(after.contains("<b>An answer from a person</b><span class=\"soft\"><bdi>sari</bdi>"))
    #expect(!after.contains("terima kasih.\n"), "what was written is in the outbox alone")
    #expect(try await !browser.get("/").text.contains("chip wish"), "the wish is met")
    #expect(try bench.fixture.actions().filter { $0 == "sari case.answered" }.count == 1)
    let row = try #require(
      try bench.fixture.parts.store.audit(from: 1, limit: 99).last { $0.action == "case.answered" })
    #expect(row.detail == "{\"item\":\(item),\"parts\":1}")
    #expect(try bench.fixture.parts.store.verifyAudit().isWhole)
  }

  /// Each reply after its question, what was said before the case included; and what came after.
  @Test func theWordsOfACase() async throws {
    var bench = try CaseBench()
    defer { bench.remove() }
    try await bench.tell()
    try await bench.write("masih takut")
    let browser = try await browser(bench)
    let page = try await browser.get("/items/\(try bench.item())").text
    let places = [
      "<bdi class=\"id\">poll</bdi> · the bot asked</span><p lang=\"id\" dir=\"auto\">Kamu suka main apa?",
      "lang=\"und\">1</div>",
      "Ada yang mau kamu ceritakan?", "ancam", "masih takut",
    ].map { page.range(of: $0)?.lowerBound }
    #expect(!places.contains(nil) && places.compactMap { $0 } == places.compactMap { $0 }.sorted())
    #expect(page.contains("<bdi class=\"id\">contact</bdi>") && !page.contains(CaseBench.address))
    #expect(!page.contains("The text is not kept here"))
  }

  @Test func withoutTheKeyThePageSaysWhy() async throws {
    var bench = try CaseBench(textKey: nil)
    defer { bench.remove() }
    try await bench.tell()
    let browser = try await browser(bench, english: false)
    let page = try await browser.get("/items/\(try bench.item())").text
    #expect(page.contains("Isi kasus ini tidak disimpan, karena pengelola belum memasang kunci teks (text.key)."))
    #expect(!page.contains("ancam mau") && !page.contains("class=\"asked\"") && page.contains("id=\"answer-form\""))
  }

  @Test func afterTheirTimeWordsAreGone() async throws {
    var bench = try CaseBench { $0.caseTextHours = 2 }
    defer { bench.remove() }
    try await bench.tell()
    bench.fixture.clock.advance(by: 3 * 3_600_000)
    let browser = try await browser(bench)
    let page = try await browser.get("/items/\(try bench.item())").text
    #expect(page.contains("The words of this case are deleted") && !page.contains("ancam mau"))
  }

  @Test func anotherKeyOpensNothing() async throws {
    var bench = try CaseBench()
    defer { bench.remove() }
    try await bench.tell()
    let item = try bench.item()
    try await bench.fixture.stop()
    let other = try ServiceFixture(
      folder: bench.fixture.folder, clock: bench.fixture.clock, { $0.access.isLoopback = false },
      textKey: [UInt8](repeating: 8, count: 32))
    let browser = ConsoleBrowser(other)
    browser.headers["Accept-Language"] = "en"
    try await browser.signIn("sari")
    let page = try await browser.get("/items/\(item)").text
    #expect(page.contains("they were encrypted with another key"))
    // And this service runs no bot.
    #expect(page.contains("This service runs no poll bot") && !page.contains("answer-form"))
    let answer = try await browser.post("/items/\(item)/answer", ["text": "Halo"])
    #expect(answer.status == .conflict && answer.text.contains("role=\"alert\">This service runs no poll bot"))
  }

  @Test(arguments: [
    ("", "Nothing was sent, because nothing was written."),
    ("  \r\n\t ", "Nothing was sent, because nothing was written."),
    (String(repeating: "a", count: 1_001), "the answer is too long."),
  ])
  func whatCannotBeSentComesBack(text: String, sentence: String) async throws {
    var bench = try CaseBench()
    defer { bench.remove() }
    try await bench.tell()
    let item = try bench.item()
    let before = try bench.known()
    let browser = try await browser(bench)
    try await browser.get("/items/\(item)")
    let answer = try await browser.post("/items/\(item)/answer", ["text": text])
    #expect(answer.status == .badRequest)
    #expect(answer.text.contains("role=\"alert\">") && answer.text.contains(sentence))
    if text.count > 100 { #expect(answer.text.contains(">\n\(text)</textarea>")) }
    #expect(answer.text.contains("name=\"return\" value=\"/items/\(item)\""), "habits lead back to the item")
    #expect(try bench.known() == before)
  }

  @Test func afterAStopNothingCanBeSent() async throws {
    var bench = try CaseBench()
    defer { bench.remove() }
    try await bench.tell()
    let item = try bench.item()
    let browser = try await browser(bench, english: false)
    try await browser.get("/items/\(item)")
    // The contact says stop while the answer is being written.
    try await bench.write("stop")
    let answer = try await browser.post("/items/\(item)/answer", ["text": "Halo, kami di sini."])
    #expect(answer.status == .conflict)
    let sentence =
      "Kontak ini meminta tidak dikirimi pesan lagi dan tidak menunggu jawaban, jadi jawaban tidak dapat dikirim."
    #expect(answer.text.contains("role=\"alert\">" + sentence) && !answer.text.contains("answer-form"))
    #expect(try await browser.get("/items/\(item)").text.contains("<p class=\"callout\">" + sentence))
    #expect(try !bench.answers().contains("Halo, kami di sini."))
    #expect(try !bench.fixture.actions().contains("sari case.answered"))
  }

  /// Whoever asked for an answer gets it after a stop; the page says that it is the last.
  @Test func afterAStopTheAnswerThatWasAskedForIsTheLast() async throws {
    var bench = try CaseBench()
    defer { bench.remove() }
    try await bench.tell()
    try await bench.write("1", "stop")
    let item = try bench.item()
    let browser = try await browser(bench)
    let page = try await browser.get("/items/\(item)").text
    #expect(page.contains("This one answer may go; after it none can be sent.") && page.contains("answer-form"))
    let fields = ["text": "Kami di sini.", "case": browser.value(after: "name=\"case\" value=\"")]
    #expect(try await browser.post("/items/\(item)/answer", fields).status == .seeOther)
    let after = try await browser.get("/items/\(item)").text
    #expect(after.contains("waits for no answer") && !after.contains("answer-form"))
    #expect(try bench.answers().last == "Kami di sini.")
  }

  /// A case that was told and decided.
  private func decided(_ bench: inout CaseBench) async throws -> (item: Int, browser: ConsoleBrowser) {
    try await bench.tell()
    let item = try bench.item()
    let browser = try await browser(bench)
    try await browser.get("/items/\(item)")
    try await browser.post("/items/\(item)/decision", ["verdict": "confirm", "version": browser.version])
    return (item, browser)
  }

  @Test func anItemNamesTheOneBefore() async throws {
    var bench = try CaseBench()
    defer { bench.remove() }
    let (item, browser) = try await decided(&bench)
    try await bench.write("masih ada lagi")
    let next = try bench.item()
    #expect(next != item)
    #expect(
      try await browser.get("/items/\(next)").text.contains(
        "<a href=\"/items/\(item)\">This came after the decision on item \(item): somebody should look again.</a>"))
  }

  /// A form that is sent twice from one page answers once; the same words from the next page are another answer.
  @Test func twiceIsOnce() async throws {
    var bench = try CaseBench()
    defer { bench.remove() }
    try await bench.tell()
    let item = try bench.item()
    let browser = try await browser(bench)
    try await browser.get("/items/\(item)")
    let fields = ["text": "Kami di sini.", "case": browser.value(after: "name=\"case\" value=\"")]
    for _ in 0..<2 {
      #expect(try await browser.post("/items/\(item)/answer", fields).status == .seeOther)
      bench.fixture.clock.advance(by: 500)
    }
    #expect(try bench.known().responses.count { $0.reviewer == "sari" } == 1)
    try await browser.get("/items/\(item)")
    try await browser.post(
      "/items/\(item)/answer",
      ["text": "Kami di sini.", "case": browser.value(after: "name=\"case\" value=\"")])
    #expect(try bench.known().responses.count { $0.reviewer == "sari" } == 2)
  }

  @Test func whoMayAnswer() async throws {
    var bench = try CaseBench()
    defer { bench.remove() }
    try await bench.tell()
    let item = try bench.item()
    let browser = try await browser(bench)
    try await browser.get("/items/\(item)")
    #expect(try await browser.post("/items/\(item)/answer", ["text": "Halo", "csrf": "0"]).status == .badRequest)
    browser.headers["Origin"] = "https://elsewhere.example"
    try await browser.get("/items/\(item)")
    #expect(try await browser.post("/items/\(item)/answer", ["text": "Halo"]).status == .badRequest)
    let stranger = ConsoleBrowser(bench.fixture)
    #expect(try await stranger.post("/items/\(item)/answer", ["text": "Halo"]).headers[.location] == "/sign-in")
    #expect(try bench.known().responses.allSatisfy { $0.reviewer == nil })
  }

  @Test func anItemThatCameFromNoPollHasNobodyToAnswer() async throws {
    let bench = try CaseBench()
    defer { bench.remove() }
    try await bench.fixture.scoreRisky("c")
    let browser = try await browser(bench)
    #expect(!browser.page.contains("chip danger-"))
    #expect(try await !browser.get("/items/1").text.contains("id=\"case\""))
    for item in [1, 99] {
      #expect(try await browser.post("/items/\(item)/answer", ["text": "Halo"]).status == .notFound)
      try await browser.get("/items/1")
    }
  }

  /// The wish may come after the decision, when nobody has the item before them any more.
  @Test func aWishAfterTheDecisionIsSeen() async throws {
    var bench = try CaseBench()
    defer { bench.remove() }
    let (item, browser) = try await decided(&bench)
    #expect(try await !browser.get("/").text.contains("group-wishes"))
    try await bench.write("1")
    let page = try await browser.get("/").text
    #expect(page.contains("id=\"group-wishes\"") && page.contains("href=\"/items/\(item)\">Asks for help</a>"))
    #expect(try await !browser.get("/?kind=risk").text.contains("group-wishes"))
    try await browser.get("/items/\(item)")
    try await browser.post("/items/\(item)/answer", ["text": "Kami di sini."])
    #expect(try await !browser.get("/").text.contains("group-wishes"))
  }

  /// The console has words for every occasion at which the bot speaks, and for everything that the store puts on record.
  @Test func everythingHasWords() throws {
    #expect(Set(CaseView.occasions) == Set(Occasion.allCases.map(\.rawValue)))
    #expect(Set(KeptUrgency.allCases.map(\.rawValue)) == Set(CaseDanger.allCases.map(\.rawValue)))
    #expect(
      Set(KeptOutgoing.Status.allCases.map(\.rawValue)).isSubset(of: CaseView.Saying.Delivery.allCases.map(\.rawValue)))
    let console = try Console()
    for action in AuditAction.allCases {
      let entry = AuditEntry(sequence: 1, at: 0, actor: "a", action: action.rawValue, hash: "")
      let page = String(decoding: console.audit(AuditView(rows: [entry]), PageFrame()), as: UTF8.self)
      #expect(!page.contains(action.rawValue), "\(action)")
    }
  }

  @Test(arguments: [
    ("id.self-harm.v12", "self-harm"), ("en.go-on.v1", "go-on"), ("disclosure.id", "disclosure.id"), ("", ""),
    ("a.b.c.d", "a.b.c.d"),
  ])
  func occasions(id: String, occasion: String) { #expect(CaseView.Saying.occasion(of: id) == occasion) }
}
