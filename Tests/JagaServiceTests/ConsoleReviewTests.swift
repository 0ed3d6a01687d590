import Foundation
import Hummingbird
import JagaStore
import Testing

@testable import JagaService

struct ConsoleReviewTests {
  /// The way of a reviewer: queue, conversation, decision, the next one, and what the audit has of it.
  @Test func fromTheQueueToTheNextItem() async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    try await fixture.scoreRisky("c")
    try await fixture.scoreRisky("d")
    let browser = ConsoleBrowser(fixture)
    try await browser.signIn("sari")
    let waiting = try fixture.parts.store.queue(QueueQuery(reviewer: "sari")).items
    #expect(waiting.count >= 2)
    let numbers = browser.page.components(separatedBy: "<a class=\"go\" href=\"/items/").dropFirst().map {
      $0.prefix { $0.isNumber }
    }
    #expect(numbers.map(String.init) == waiting.map { String($0.number) })
    for (index, item) in waiting.enumerated() {
      try await browser.get("/items/\(item.number)")
      let answer = try await browser.post(
        "/items/\(item.number)/decision",
        [
          "verdict": index == 0 ? "wrong" : "confirm", "version": browser.version,
          "label": index == 1 ? "grooming.trust" : "",
        ])
      let next = index + 1 < waiting.count ? "/items/\(waiting[index + 1].number)" : "/"
      #expect(answer.headers[.location] == next)
      let page = try await browser.get(next).text
      #expect(page.contains("role=\"status\" tabindex=\"-1\">Tersimpan. "))
      #expect(page.contains("<a href=\"/items/\(item.number)\">Butir \(item.number)</a>"))
      #expect(try await !browser.get(next).text.contains("id=\"notice\""), "said once")
    }
    #expect(try await browser.get("/").text.contains("Tidak ada yang menunggu"))
    #expect(try await browser.get("/work").text.contains("<dd>\(waiting.count)</dd>"))
    let decided = try fixture.parts.store.decisions(item: waiting[1].number)
    #expect(decided.map(\.label) == [.groomingTrust] && decided.map(\.reviewer) == ["sari"])
    let actions = try fixture.actions()
    for item in waiting {
      let rows = try fixture.parts.store.audit(from: 1, limit: 1000).filter {
        $0.detail.contains("\"item\":\(item.number),")
      }
      #expect(
        rows.contains {
          $0.action == "item.viewed" && $0.actor == "sari"
            && $0.subject == fixture.parts.keys.subject(of: item.conversationID)
        })
    }
    #expect(actions.filter { $0 == "sari item.decided" }.count == waiting.count)
    #expect(try fixture.parts.store.verifyAudit().isWhole)
  }

  @Test func whatChangedMeanwhileIsNotDecided() async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    try await fixture.scoreRisky("c")
    let browser = ConsoleBrowser(fixture)
    try await browser.signIn("sari")
    try await browser.get("/items/1")
    #expect(try await browser.post("/items/1/decision", ["version": browser.version]).headers[.location] == "/items/1")
    #expect(try await browser.get("/items/1").text.contains("Silakan pilih sesuai, tidak sesuai, atau ragu."))
    let version = browser.version
    #expect(browser.page.contains("dan “tidak sesuai” tidak cocok dengan tahap di atas."))
    let named = try #require(try fixture.parts.store.item(1)).label.name
    for (verdict, label) in [("confirm", "benign"), ("wrong", named)] {
      try await browser.post("/items/1/decision", ["verdict": verdict, "version": version, "label": label])
      #expect(try await browser.get("/items/1").text.contains("Jawaban dan tahap saling bertentangan."))
    }
    #expect(
      try await browser.post("/items/1/decision", ["verdict": "wrong", "version": "999"]).headers[.location]
        == "/items/1")
    #expect(try await browser.get("/items/1").text.contains("Tidak ada yang disimpan; silakan periksa lagi."))
    for bad in [
      ["verdict": "wrong"], ["verdict": "wrong", "version": "x"],
      ["verdict": "wrong", "version": version, "label": "grooming.none"],
    ] {
      #expect(try await browser.post("/items/1/decision", bad).status == .badRequest)
      try await browser.get("/items/1")
    }
    #expect(try fixture.parts.store.decisions(item: 1) == [])
    let other = ConsoleBrowser(fixture)
    try await other.signIn("budi")
    try await other.get("/items/1")
    try await other.post("/items/1/decision", ["verdict": "confirm", "version": other.version])
    try await browser.post("/items/1/decision", ["verdict": "wrong", "version": version])
    #expect(try await browser.get("/items/1").text.contains("Butir ini sudah diputuskan. Tidak ada yang disimpan."))
    #expect(try fixture.parts.store.decisions(item: 1).map(\.reviewer) == ["budi"])
  }

  /// The second reviewer sees nothing of the first; the administrator sees both; then the item is closed and all see everything.
  @Test func theSecondReviewIsBlind() async throws {
    let fixture = try ServiceFixture.withReviewers { $0.secondReviewShare = 1 }
    defer { fixture.remove() }
    try await fixture.scoreRisky("c")
    let first = ConsoleBrowser(fixture)
    try await first.signIn("sari")
    try await first.get("/items/1")
    #expect(!first.page.contains("Keputusannya disembunyikan"))
    try await first.post("/items/1/decision", ["verdict": "confirm", "version": first.version])
    let waits = try await first.get("/items/1").text
    #expect(waits.contains("Anda sudah memutuskan ini") && !waits.contains("id=\"decision-form\""))
    #expect(waits.contains("Tinjauan pertama · <bdi>sari</bdi>"))

    let second = ConsoleBrowser(fixture)
    try await second.signIn("budi")
    let blind = try await second.get("/items/1").text
    #expect(blind.contains("Keputusannya disembunyikan sampai Anda memutuskan.") && !blind.contains("<bdi>sari</bdi>"))
    #expect(!blind.contains("id=\"history-title\""))
    try await second.post("/items/1/decision", ["verdict": "wrong", "version": second.version])
    #expect(try fixture.parts.store.item(1)?.status == .final)
    #expect(try await !second.get("/items/1").text.contains("<bdi>sari</bdi>"), "their own decision alone")

    let third = ConsoleBrowser(fixture)
    try await third.signIn("citra")
    let foreign = try await third.get("/items/1").text
    #expect(foreign.contains("Menunggu keputusan akhir") && !foreign.contains("<bdi>budi</bdi>"))
    let admin = ConsoleBrowser(fixture)
    try await admin.signIn("dewi")
    let both = try await admin.get("/items/1").text
    #expect(
      both.contains("<bdi>sari</bdi>") && both.contains("<bdi>budi</bdi>") && both.contains("id=\"decision-form\""))
    try await admin.post("/items/1/decision", ["verdict": "confirm", "version": admin.version])
    #expect(try await third.get("/items/1").text.contains("<bdi>dewi</bdi>"))
  }

  @Test func anAppealGoesToSomebodyElse() async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    try await fixture.scoreRisky("c")
    let browser = ConsoleBrowser(fixture)
    try await browser.signIn("sari")
    try await browser.get("/items/1")
    #expect(!browser.page.contains("/items/1/appeal"))
    #expect(try await browser.post("/items/1/appeal", ["reason": "context"]).headers[.location] == "/items/1")
    #expect(try await browser.get("/items/1").text.contains("Ini tidak dapat Anda lakukan pada butir ini."))
    try await browser.post("/items/1/decision", ["verdict": "confirm", "version": browser.version])
    try await browser.get("/items/1")
    #expect(browser.page.contains("/items/1/appeal"))
    #expect(try await browser.post("/items/1/appeal", ["reason": "because"]).status == .badRequest)
    try await browser.get("/items/1")
    #expect(try await browser.post("/items/1/appeal", ["reason": "context"]).headers[.location] == "/items/1")
    #expect(try await browser.get("/items/1").text.contains("Banding dicatat."))
    #expect(try fixture.parts.store.appeals(item: 1).map(\.reason) == [.context])
    let other = ConsoleBrowser(fixture)
    try await other.signIn("budi")
    let page = try await other.get("/items/1").text
    #expect(page.contains("id=\"decision-form\"") && page.contains("Kini lebih banyak isi percakapan diketahui"))
    #expect(!page.contains("Tinjauan pertama · "))
  }

  @Test func theFilterIsKeptForTheNextItem() async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    try await fixture.scoreRisky("c")
    try await fixture.scoreRisky("d")
    let browser = ConsoleBrowser(fixture)
    try await browser.signIn("sari")
    let risks = try fixture.parts.store.queue(QueueQuery(reviewer: "sari", kind: .risk)).items
    try #require(risks.count == 2)
    try await browser.get("/?kind=risk&round=&language=")
    #expect(!browser.page.contains("id=\"group-disclosure\""))
    #expect(browser.cookies["jaga_filter"] == "kind=risk")
    try await browser.get("/items/\(risks[0].number)")
    let answer = try await browser.post(
      "/items/\(risks[0].number)/decision", ["verdict": "confirm", "version": browser.version])
    #expect(answer.headers[.location] == "/items/\(risks[1].number)")
    try await browser.get("/items/\(risks[1].number)")
    let last = try await browser.post(
      "/items/\(risks[1].number)/decision", ["verdict": "confirm", "version": browser.version])
    #expect(last.headers[.location] == "/?kind=risk")
    try await browser.get("/")
    #expect(browser.cookies["jaga_filter"] == nil)
  }

  @Test func thereIsNoSuchItem() async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    let browser = ConsoleBrowser(fixture)
    try await browser.signIn("sari")
    for path in ["/items/1", "/items/0", "/items/-1", "/items/x", "/items/99999999999999999999"] {
      let answer = try await browser.get(path)
      #expect(answer.status == .notFound && answer.text.contains("Halaman ini tidak ada"), "\(path)")
    }
  }

  @Test func audit() async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    try await fixture.scoreRisky("c")
    let reviewer = ConsoleBrowser(fixture)
    try await reviewer.signIn("sari")
    #expect(!reviewer.page.contains("href=\"/audit\""))
    #expect(try await reviewer.get("/audit").status == .forbidden)
    #expect(try await reviewer.post("/audit/verify", [:]).status == .forbidden)
    let admin = ConsoleBrowser(fixture)
    try await admin.signIn("dewi")
    try await admin.get("/audit")
    #expect(admin.page.contains("Rantai tidak diperiksa pada halaman ini"))
    #expect(admin.page.contains("<bdi>sari</bdi></td><td>Masuk</td>"))
    let rows = try fixture.parts.store.auditHead().sequence
    #expect(
      try await admin.post("/audit/verify", [:]).text.contains(
        "<strong>Rantai utuh</strong></p><p>\(rows) baris diperiksa;"))
    for _ in 0..<120 { try await admin.get("/items/1") }
    try await admin.get("/audit")
    let total = try fixture.parts.store.auditHead().sequence
    #expect(admin.page.components(separatedBy: "<th scope=\"row\" class=\"n\">").count == 101)
    #expect(admin.page.contains("<a rel=\"next\" href=\"/audit?before=\(total - 100)\">"))
    try await admin.get("/audit?before=\(total - 100)")
    #expect(admin.page.components(separatedBy: "<th scope=\"row\" class=\"n\">").count == total - 100 + 1)
    #expect(!admin.page.contains("rel=\"next\"") && admin.page.contains("<a href=\"/audit\">Terbaru</a>"))
    for odd in ["-5", "0", "x", "99999999999999999999"] {
      #expect(try await admin.get("/audit?before=\(odd)").status == .ok)
    }
  }

  @Test func find() async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    try await fixture.scoreRisky("room 1")
    let browser = ConsoleBrowser(fixture)
    try await browser.signIn("sari")
    #expect(try await browser.get("/find?conversation=room+1").text.contains("<a class=\"go\" href=\"/items/1\">"))
    #expect(try await browser.get("/find?conversation=%3Cb%3E").text.contains("value=\"&lt;b&gt;\""))
    #expect(try await browser.get("/find?conversation=" + String(repeating: "x", count: 257)).status == .badRequest)
    #expect(try await browser.get("/find").text.contains("type=\"search\""))
  }
}
