import Foundation
import JagaConsole
import JagaCore
import Testing

/// What the pages say of cases of the poll bot.
@Suite struct CasePagesTests {
  private let console: Console

  init() throws { console = try Console() }

  private func item(_ view: ItemView, _ language: ConsoleLanguage = .en, veil: Bool = true) -> String {
    String(decoding: console.item(view, Samples.frame(language, veil: veil)), as: UTF8.self)
  }
  private func queue(_ view: QueueView, _ language: ConsoleLanguage = .en) -> String {
    String(decoding: console.queue(view, Samples.frame(language)), as: UTF8.self)
  }
  private func row(_ item: Int, in html: String) -> String {
    html.components(separatedBy: "<li class=\"row").first { $0.contains("href=\"/items/\(item)\"") } ?? ""
  }

  @Test func theQueueSaysHowNearTheHarmIs() {
    let html = queue(Samples.caseQueue)
    #expect(row(18, in: html).contains("<span class=\"chip danger-immediate\">Immediate danger</span>"))
    #expect(row(18, in: html).contains("<span class=\"chip wish\">Would like to be contacted</span>"))
    #expect(row(9, in: html).contains("<span class=\"chip danger-past\">In the past</span>"))
    #expect(row(12, in: html).contains("<span class=\"chip danger-ongoing\">Still going on</span>"))
    #expect(!row(12, in: html).contains("chip wish"))
    #expect(!row(14, in: html).contains("danger-"), "an item that came from no poll")
    #expect(row(18, in: queue(Samples.caseQueue, .id)).contains(">Bahaya segera</span>"))
    #expect(row(18, in: queue(Samples.caseQueue, .id)).contains(">Ingin dihubungi</span>"))
  }

  /// A wish that came after the decision would be seen by nobody otherwise.
  @Test func decidedCasesThatWaitForAnAnswerStandAfterThoseWhoAskForHelp() {
    let html = queue(Samples.caseQueue)
    let titles = html.components(separatedBy: "<h2 id=\"group-").dropFirst().map { $0.components(separatedBy: "\"")[0] }
    #expect(titles == ["disclosure", "wishes", "risk"])
    #expect(
      html.contains(
        "<p class=\"lead\">2 ask for help, 5 to review. 1 whose case is decided still waits for an answer.</p>"))
    #expect(row(4, in: html).contains(">Closed</span>") && row(4, in: html).contains("chip wish"))
    var view = Samples.caseQueue
    view.rows = []
    #expect(!queue(view).contains("class=\"empty\"") && queue(view).contains("id=\"group-wishes\""))
    view.wishes = []
    #expect(queue(view).contains("class=\"empty\""))
  }

  @Test func theCaseIsSummedUp() {
    let html = item(Samples.caseItem)
    #expect(html.contains("<div><dt>Danger</dt><dd>Immediate danger</dd></div>"))
    #expect(html.contains("<div><dt>Contact</dt><dd>Would like to be contacted</dd></div>"))
    #expect(html.contains("<div><dt>Their language</dt><dd>Indonesian</dd></div>"))
    #expect(html.contains("<p class=\"to-case\"><a href=\"#case\">"))
    #expect(
      html.contains(
        "<li><b>Thanks for telling, and what to do at once</b><span class=\"soft\"><bdi>The bot</bdi> · <time datetime=\"2025-11-28T20:50:00Z\">2025-11-28 20:50 UTC</time> · arrived</span></li>"
      ))
    #expect(html.contains("<li><b>id.custom</b>") && html.contains("given to the flow that asked"))
    #expect(html.contains("<li><b>An answer from a person</b><span class=\"soft\"><bdi>Sari</bdi> · "))
    #expect(html.contains("kept nowhere but in the outbox"))
    #expect(!item(Samples.item()).contains("id=\"case\""))
  }

  @Test(
    arguments: [
      (nil, "Has not said", "Belum mengatakan"),
      (false, "Would rather not be contacted", "Tidak ingin dihubungi"),
      (true, "Would like to be contacted", "Ingin dihubungi"),
    ] as [(Bool?, String, String)])
  func wishes(wantsContact: Bool?, english: String, indonesian: String) {
    let view = Samples.caseItem { $0.wantsContact = wantsContact }
    #expect(item(view).contains("<dd>\(english)</dd>"))
    #expect(item(view, .id).contains("<dd>\(indonesian)</dd>"))
  }

  /// A wish is met once a person has answered.
  @Test func marks() {
    #expect(Samples.caseView.mark == CaseMark(danger: .immediate, isWaiting: false))
    var known = Samples.caseView
    known.awaitsAnswer = true
    #expect(known.mark.isWaiting)
  }

  /// Where somebody asks for help, nothing on the page calls it a risk; a risky reply is said to be about the message.
  @Test(arguments: ConsoleLanguage.allCases)
  func neverSuspicion(language: ConsoleLanguage) {
    let html = item(Samples.caseItem, language)
    #expect(html.contains(language == .en ? "They are under no suspicion." : "Ia sama sekali tidak dicurigai."))
    #expect(!html.contains("<span class=\"chip b-"))
    var risky = Samples.caseItem
    risky.row.kind = .risk
    #expect(
      item(risky, language).contains(
        language == .en ? "not about whoever wrote it." : "bukan tentang penulisnya."))
  }

  @Test func everyReplyStandsAfterItsQuestion() throws {
    let html = item(Samples.caseItem, veil: false)
    let question = try #require(
      html.range(
        of:
          "<li class=\"asked\"><span class=\"small\"><bdi class=\"id\">poll</bdi> · the bot asked</span><p lang=\"id\" dir=\"auto\">Umurmu berapa?\n1. Di bawah 15</p></li>"
      ))
    let reply = try #require(html.range(of: "<li class=\"message\" id=\"m10\""))
    #expect(question.upperBound < reply.lowerBound)
    #expect(html.components(separatedBy: "<li class=\"asked\">").count == 1 + 2)
    // The bot is not among the authors.
    #expect(html.components(separatedBy: "<bdi class=\"id\">contact</bdi>").count == 1 + 1)
    #expect(html.components(separatedBy: "<li><span class=\"who").count == 1 + 1)
  }

  @Test func theFormForAnAnswer() {
    let html = item(Samples.caseItem)
    let form = html.components(separatedBy: "id=\"answer-form\">").last?.components(separatedBy: "</form>")[0] ?? ""
    #expect(html.contains("<form method=\"post\" action=\"/items/18/answer\" id=\"answer-form\">"))
    #expect(form.contains("<input type=\"hidden\" name=\"case\" value=\"1764363000000\">"))
    #expect(form.contains("maxlength=\"1000\" required lang=\"id\""))
    #expect(form.contains("data-one=\"@\n&quot;&lt;&amp;&#39;abc\" data-two=\"^{}€\">\n</textarea>"))
    #expect(form.contains("At most 1,000 characters. <span class=\"needs-script n\""))
    #expect(form.contains("data-text=\"{n} characters, {parts} SMS\""))
    #expect(!html.contains("role=\"alert\""))
  }

  @Test func whatWasRefusedIsStillThere() {
    let html = item(Samples.refusedCase, .id)
    #expect(
      html.contains("role=\"alert\">Tidak ada yang dikirim, karena jawaban terlalu panjang. Silakan persingkat.</p>"))
    #expect(html.contains(">\nHalo &lt;teman&gt;\nkami di sini</textarea>"))
  }

  @Test(arguments: CaseView.Fault.allCases, ConsoleLanguage.allCases)
  func anObstacleStandsInPlaceOfTheForm(fault: CaseView.Fault, language: ConsoleLanguage) {
    let before = item(Samples.caseItem { $0.obstacle = fault }, language)
    #expect(!before.contains("answer-form") && !before.contains("role=\"alert\""))
    let refused = item(
      Samples.caseItem {
        $0.obstacle = fault
        $0.form.fault = fault
      }, language)
    #expect(!refused.contains("answer-form"))
    #expect(refused.components(separatedBy: "role=\"alert\">").count == 2)
  }

  @Test func theWayOfAnAnswer() {
    let html = item(Samples.caseItem { $0.ways = [.page, .stopped] })
    #expect(html.contains("An answer is seen only in the same browser") && html.contains("This one answer may go"))
    #expect(html.contains("answer-form"))
    #expect(!item(Samples.caseItem { _ in }).contains("in the same browser"))
  }

  @Test func afterAStop() {
    let html = item(Samples.caseItem { $0.obstacle = .stopped })
    #expect(
      html.contains(
        "<p class=\"callout\">This contact asked for no more messages and waits for no answer, so none can be sent."
      ))
  }

  @Test(arguments: [
    (CaseView.Texts.noKey, "because the operator has set no key for texts (text.key)."),
    (.gone, "The words of this case are deleted"), (.locked, "they were encrypted with another key"),
  ])
  func withoutWords(texts: CaseView.Texts, sentence: String) {
    let html = item(Samples.caseItem { $0.texts = texts })
    #expect(html.contains("<strong>The text is not kept here</strong></p><p>") && html.contains(sentence))
    #expect(!html.contains("Your pipeline can supply the text"))
    #expect(!item(Samples.caseItem).contains("The text is not kept here"))
  }

  @Test(arguments: [
    "case.opened", "case.responded", "case.contactWanted", "case.answered", "poll.stopped", "outgoing.dead",
  ])
  func theAuditHasWordsForWhatTheBotDoes(action: String) {
    let entry = AuditEntry(sequence: 1, at: 0, actor: "jaga", action: action, hash: "00")
    for language in ConsoleLanguage.allCases {
      let html = String(decoding: console.audit(AuditView(rows: [entry]), Samples.frame(language)), as: UTF8.self)
      #expect(!html.contains(action))
    }
  }
}
