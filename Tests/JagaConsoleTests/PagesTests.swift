import Foundation
import JagaConsole
import JagaCore
import Testing

/// Single parts of pages.
@Suite struct PagesTests {
  private let console: Console

  init() throws { console = try Console() }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
  private func queue(_ view: QueueView, _ language: ConsoleLanguage = .en) -> String {
    text(console.queue(view, Samples.frame(language)))
  }
  private func item(_ view: ItemView, _ language: ConsoleLanguage = .en, veil: Bool = true) -> String {
    text(console.item(view, Samples.frame(language, veil: veil)))
  }

  @Test func queueKeepsTheOrderAndPutsHelpFirst() {
    let html = queue(Samples.queue)
    let numbers = html.components(separatedBy: "<a class=\"go\" href=\"/items/").dropFirst().compactMap {
      Int($0.prefix { $0.isNumber })
    }
    #expect(numbers == [18, 9, 12, 14, 7, 3, 5])
    #expect(html.contains("<p class=\"lead\">2 ask for help, 5 to review.</p>"))
    #expect(html.contains("<a class=\"go\" href=\"/items/18\">Asks for help</a>"))
    #expect(html.contains("<a class=\"go\" href=\"/items/12\">Top-up bait · Condition</a>"))
    #expect(html.contains("<span class=\"chip round-second\">Second review</span>"))
    #expect(html.contains("<a rel=\"next\" href=\"/?after=4.1.5\">Next page</a>"))
    #expect(queue(Samples.queue, .id).contains("<a class=\"go\" href=\"/items/18\">Meminta bantuan</a>"))
  }

  @Test func filterIsKept() {
    var view = Samples.queue
    view.filter = QueueFilter(kind: .risk, round: .second, language: "mix", track: .topup)
    view.isContinued = true
    let html = queue(view)
    #expect(html.contains("<option value=\"second\" selected>Second review</option>"))
    #expect(html.contains("<option value=\"topup\" selected>Top-up bait</option>"))
    #expect(html.contains("href=\"/?kind=risk&amp;round=second&amp;language=mix&amp;track=topup&amp;after=4.1.5\""))
    #expect(html.contains("<a href=\"/?kind=risk&amp;round=second&amp;language=mix&amp;track=topup\">First page</a>"))
  }

  @Test func emptyQueue() {
    var view = QueueView(rows: [], disclosures: 0, risks: 0, now: 0)
    #expect(queue(view).contains("<p class=\"empty-title\">Nothing waits</p>"))
    view.risks = 2
    #expect(queue(view).contains("<p class=\"empty-title\">Nothing for you</p>"))
    view.filter.kind = .risk
    #expect(queue(view).contains("<p class=\"empty-title\">Nothing here</p>"))
  }

  @Test func decisionForm() {
    let html = item(Samples.item())
    #expect(html.contains("<form method=\"post\" action=\"/items/12/decision\" id=\"decision-form\">"))
    #expect(html.contains("<input type=\"hidden\" name=\"version\" value=\"3\">"))
    #expect(html.contains("<legend>Is this Top-up bait · Condition?</legend>"))
    for verdict in ItemVerdict.allCases {
      #expect(html.contains("name=\"verdict\" value=\"\(verdict.rawValue)\" required"))
    }
    for label in Label.allCases { #expect(html.contains("<option value=\"\(label.name)\">"), "\(label.name)") }
    #expect(html.components(separatedBy: "<optgroup ").count == 1 + 5)
  }

  /// Where somebody asks for help, the page neither names a stage nor says how dangerous the message is.
  @Test(arguments: ConsoleLanguage.allCases)
  func disclosure(language: ConsoleLanguage) {
    let html = item(Samples.disclosure, language)
    #expect(html.contains(language == .en ? "<h1>Asks for help</h1>" : "<h1>Meminta bantuan</h1>"))
    #expect(
      html.contains(language == .en ? "Does somebody ask for help here?" : "Apakah ada yang meminta bantuan di sini?"))
    #expect(!html.contains("<span class=\"chip b-"))
    #expect(html.contains("<li class=\"message flagged b-help k-disclosure\""))
  }

  @Test func blindRoundHidesWhatWasSaid() {
    var view = Samples.item(task: .decide(blind: true))
    view.decisions = []
    let html = item(view)
    #expect(html.contains("Their decision is hidden until you have made yours."))
    #expect(!html.contains("id=\"history-title\""))
  }

  @Test func closedItem() {
    let html = item(Samples.decided)
    #expect(!html.contains("id=\"decision-form\""))
    #expect(html.contains("action=\"/items/12/appeal\""))
    for reason in AppealReasonCode.allCases { #expect(html.contains("<option value=\"\(reason.rawValue)\">")) }
    #expect(
      html.contains(
        "<li><b>Wrong</b><span>Top-up bait · Offer</span><span class=\"soft\">Second review · <bdi>Sari</bdi> · "))
    #expect(html.contains("<b>Appeal</b><span>More of the conversation is known now</span>"))
  }

  @Test func textIsVeiledAndTheShapeTellsNothing() {
    let html = item(Samples.item())
    #expect(
      html.contains("<input type=\"checkbox\" class=\"reveal\" id=\"show6\" autocomplete=\"off\"><label for=\"show6\""))
    let shape = html.components(separatedBy: "<div class=\"shape\" aria-hidden=\"true\">").dropFirst().map {
      $0.components(separatedBy: "</div>")[0]
    }
    #expect(shape.count == 6)
    #expect(!shape.contains { $0.contains("asal") || $0.contains("takut") || $0.contains("rahasia") })
    #expect(!item(Samples.item(), veil: false).contains("class=\"shape\""))
  }

  @Test func marksAndReasons() {
    let html = item(Samples.item(), veil: false)
    #expect(
      html.contains(
        "<div class=\"text\" dir=\"auto\" lang=\"id\">serius, <mark class=\"k-topup d2\" data-marks=\"1 2\">asal<a class=\"ref\" href=\"#r6-2\""
      ))
    #expect(
      html.contains(
        "<p>Rule id.topup.condition.asal speaks strongly for this (+1.84).</p><p>This word speaks a little for"
      ))
    #expect(
      html.contains(
        "<ul class=\"plain small\"><li>What was written before speaks for this (+0.60).</li></ul>")
    )
    #expect(
      html.contains("<p>Aturan id.topup.condition.asal sangat mengarah ke sini (+1,84).</p>"))
    #expect(html.contains("<summary lang=\"id\">Alasan dalam bahasa Indonesia</summary>"))
    #expect(html.contains("All labels: Top-up bait · Condition 0.93; Top-up bait · Payment 0.21"))
  }

  /// Of many marks only the strongest are numbered on the words.
  @Test func weakerReasonsStandApart() {
    let text = "satu dua tiga empat lima enam tujuh"
    let words = ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh"]
    var view = Samples.item()
    view.messages = [
      Samples.message(
        0, "a", text,
        Samples.flag(
          .topupCondition, .high, 0.9,
          words.enumerated().map { Samples.on($1, in: text, .topupCondition, $0 == 2 || $0 == 4 ? 0.1 : 1, "word") }))
    ]
    let html = item(view, veil: false)
    #expect(html.contains("<mark class=\"k-topup minor\" data-marks=\"6\">tiga</mark>"))
    #expect(html.contains("<mark class=\"k-topup minor\" data-marks=\"7\">lima</mark>"))
    #expect(html.components(separatedBy: "class=\"ref\"").count == 1 + 5)
    #expect(html.contains("<details class=\"minor\"><summary>2 weaker reasons</summary>"))
    #expect(html.contains("<summary>7 reasons</summary>"))
  }

  @Test func withoutText() {
    let html = item(Samples.withoutText)
    #expect(html.contains("<strong>The text is not kept here</strong>"))
    #expect(html.contains("<span class=\"place\">Bytes 8 to 12</span><p>Rule id.topup.condition.asal"))
    #expect(!html.contains("<mark") && !html.contains("id=\"reveal-all\""))
  }

  @Test func anotherTextIsNotMarked() {
    var view = Samples.item()
    view.messages = [Samples.conversation[2]]
    view.messages[0].content = .differs("something else altogether, as long as the other")
    let html = item(view)
    #expect(html.contains("This text is not the one that was scored, so nothing is marked in it."))
    #expect(!html.contains("<mark"))
    #expect(html.contains("<span class=\"place\">Bytes 8 to 12</span>"))
  }

  @Test func gaps() {
    let html = item(Samples.item())
    let gaps = html.components(separatedBy: "<li class=\"gap\">").dropFirst().map {
      $0.components(separatedBy: "</li>")[0]
    }
    #expect(
      gaps == [
        "2 messages are not at hand", "2 messages are not at hand", "2 messages are not at hand",
        "2 messages are not at hand",
      ])
  }

  @Test func audit() {
    let html = text(console.audit(Samples.audit, Samples.frame()))
    #expect(
      html.contains(
        "<strong>The chain is whole</strong></p><p>12 rows checked; each follows from the one before it.</p>"))
    #expect(html.contains("<td><bdi>Sari</bdi></td><td>Item opened</td>"))
    let broken = text(console.audit(AuditView(rows: [], chain: .broken(sequence: 7, .content)), Samples.frame(.id)))
    #expect(broken.contains("Baris 7: baris ini diubah. Simpan salinan datanya dan beri tahu penanggung jawab."))
    let unchecked = text(console.audit(AuditView(rows: []), Samples.frame()))
    #expect(unchecked.contains("<form method=\"post\" action=\"/audit/verify\">"))
  }

  @Test func strangersSeeNoWayIn() {
    let html = text(console.signIn(SignInView(next: "/items/3"), PageFrame(language: .en)))
    #expect(!html.contains("class=\"tabs\"") && !html.contains("sign-out"))
    #expect(html.contains("<input type=\"hidden\" name=\"next\" value=\"/items/3\">"))
    #expect(html.contains("type=\"password\""))
  }

  @Test func notices() {
    let done = text(console.queue(Samples.queue, Samples.frame(notice: PageNotice(.decided, item: 4))))
    #expect(
      done.contains(
        "<p id=\"notice\" class=\"notice done\" role=\"status\" tabindex=\"-1\">Saved. <a href=\"/items/4\">Item 4</a></p>"
      ))
    let problem = text(console.queue(Samples.queue, Samples.frame(notice: PageNotice(.changed))))
    #expect(problem.contains("<p id=\"notice\" class=\"notice problem\" role=\"alert\""))
  }

  @Test(arguments: [
    (0, 0, false), (7, 49, false), (7, 50, true), (7, 59, true), (7, 60, false), (7, 104, true), (40, 5, true),
    (50, 5, false),
  ])
  func breaks(decisions: Int, minutes: Int, wanted: Bool) {
    var frame = Samples.frame()
    frame.work = WorkSummary(decisions: decisions, minutes: minutes)
    #expect(text(console.queue(Samples.queue, frame)).contains("A short break does good.") == wanted)
  }

  @Test func habits() {
    let html = text(console.queue(Samples.queue, Samples.frame(.id, theme: .dark)))
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"id\" data-theme=\"dark\">"))
    #expect(html.contains("<button name=\"theme\" value=\"dark\" aria-pressed=\"true\">Gelap</button>"))
    #expect(html.contains("<button name=\"language\" value=\"en\" aria-pressed=\"false\" lang=\"en\">English</button>"))
    #expect(html.contains("<body data-shortcuts=\"on\" data-page=\"queue\">"))
  }
}
