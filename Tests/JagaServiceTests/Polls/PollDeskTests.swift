import JagaPollBot
import JagaStore
import Testing

@testable import JagaService

/// A contact's way through a poll, from the gateway's message to the gateway's message.
struct PollDeskTests {
  private func said(_ fixture: DeskFixture, _ text: String) -> [String] { SMSParts.split(text) }

  /// The replies of somebody who answers everything, and what the bot says to each; in Indonesian.
  @Test func aWholePollIsGoneThrough() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    let optIn =
      "Hai! Ada 8 pertanyaan singkat soal dunia online. Tanpa nama. Tim kami bisa membaca jawabanmu. Balas STOP kapan saja. Mau ikut? YA atau TIDAK"
    #expect(try await fixture.say("halo") == [optIn])
    #expect(
      try await fixture.say("iyaa kak") == ["Berapa umurmu?\n1. 12 atau 13\n2. 14 atau 15\n3. 16 atau 17\n4. Umur lain"]
    )
    #expect(
      try await fixture.say("14") == ["Kamu tinggal di mana?\n1. Di kota\n2. Di kota kecil\n3. Di desa"])
    #expect(
      try await fixture.say("c") == [
        "Paling suka apa kalau online?\n1. Chat dengan teman\n2. Main game\n3. Nonton video\n4. Yang lain"
      ])
    #expect(
      try await fixture.say("mabar") == [
        "Pernah ada orang yang tidak kamu kenal mengajakmu chat?\n1. Ya, pernah\n2. Tidak, belum pernah\n3. Tidak tahu"
      ])
    let whom =
      "Kalau ada yang bikin kamu tidak nyaman, kamu mau cerita ke siapa?\n1. Keluarga\n2. Guru\n3. Teman\n4. Tidak ke siapa-siapa"
    #expect(try await fixture.say("blm prnh") == [whom])
    let consent =
      "Bolehkah tulisanmu nanti dipakai dalam laporan kami? Nama dan nomor selalu kami hapus. Balas YA atau TIDAK. Dua-duanya tidak apa-apa."
    #expect(
      try await fixture.say("4") == [
        "Terima kasih sudah jujur. Kadang memang sulit. Di nomor 129 ada orang yang mau mendengar.", consent,
      ])
    #expect(
      try await fixture.say("ya boleh") == [
        "Terakhir: apa yang bisa bikin dunia online lebih aman buat kamu? Tulis bebas, atau balas LEWATI."
      ])
    #expect(try await fixture.say("orang tua ikut belajar main game") == fixture.response(.done))
    #expect(try await fixture.say("makasih kak") == [])

    var answers: [String] = []
    try fixture.store.forEachPollAnswer("online-safety") { answer in
      answers.append("\(answer.questionID)=\(answer.choiceID ?? "-") \(answer.groups.count) \(answer.mayLeave)")
    }
    #expect(
      answers == [
        "age=14-15 1 false", "home=village 2 false", "time=games 2 false", "strangers=no 2 false",
        "whom=nobody 2 false", "idea=- 2 true",
      ])
    #expect(try fixture.rows("SELECT item FROM review_item").isEmpty)
    #expect(try fixture.rows("SELECT status FROM outgoing WHERE status <> 'sent'").isEmpty)
  }

  @Test func startWordsChooseTheLanguage() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    #expect(try await fixture.say("Safe").first?.hasPrefix("Hi! We have 8 short questions") == true)
    #expect(try await fixture.say("yes") == ["How old are you?\n1. 12 or 13\n2. 14 or 15\n3. 16 or 17\n4. Another age"])
    #expect(try await fixture.say("STOP") == fixture.response(.stop, "en"))
    // Who comes back is spoken to as before.
    #expect(try await fixture.say("start").last?.hasPrefix("Hi! We have 8") == true)
    #expect(try await fixture.say("aman", from: "+62000002").first?.hasPrefix("Hai! Ada 8") == true)
  }

  @Test func stopIsTheLastWordUntilSomebodyBeginsAgain() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    try await fixture.say("halo")
    // The question waits in the outbox, and goes no more.
    try await fixture.receive("ya")
    try await fixture.receive("stop")
    #expect(await fixture.delivered(to: "+62000001") == fixture.response(.stop))
    for text in ["halo", "1", "ya", "stop", "kamu siapa"] {
      #expect(try await fixture.say(text) == [], "\(text)")
    }
    fixture.clock.advance(by: 30 * 86_400_000)
    try await fixture.desk.lookAtTheClock()
    #expect(await fixture.delivered(to: "+62000001") == [])
    let again = try await fixture.say("mulai")
    #expect(again.starts(with: fixture.response(.restart)) && again.last?.hasPrefix("Hai! Ada 8") == true)
    #expect(try await fixture.say("ya").first?.hasPrefix("Berapa umurmu?") == true)
    #expect(try await fixture.say("stop") == fixture.response(.stop))
    #expect(try await fixture.say("bantuan") == fixture.response(.help))
    let audit = try fixture.store.audit(from: 1, limit: 100).filter { $0.action == "poll.stopped" }
    #expect(audit.count == 2 && audit.first?.detail.contains("\"withdrawn\":1") == true)
  }

  /// Whoever calls for help has begun to talk: they are answered once, and nothing follows.
  @Test func whatTheyTellAfterStopIsAnsweredAndReachesAPerson() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    try await fixture.say("halo")
    try await fixture.say("stop")
    #expect(try await fixture.say(SurfaceLines.disclosure) == fixture.response(.pressure))
    #expect(try await fixture.say("1") == [])
    let item = try #require(try fixture.store.queue(QueueQuery()).items.first)
    #expect(item.kind == .disclosure)
    #expect(try fixture.store.reviewCase(item: item.number)?.isStopped == true)
    await #expect(throws: CaseError.stopped(item: item.number)) {
      _ = try await fixture.desk.answer(case: item.number, text: "Halo", reviewer: "sari")
    }
    #expect(await fixture.delivered(to: "+62000001") == [])
  }

  @Test func aFloodIsAnsweredOnceAndHoldsNobodyUp() async throws {
    let fixture = try DeskFixture { $0.repliesPerMinute = 3 }
    defer { fixture.remove() }
    var answers: [[String]] = []
    for number in 0..<6 {
      try await fixture.receive("halo \(number)")
      answers.append(await fixture.delivered(to: "+62000001"))
    }
    #expect(answers[0].count == 1 && !answers[1].isEmpty && !answers[2].isEmpty)
    #expect(answers[3] == fixture.response(.flood) && answers[4] == [] && answers[5] == [])
    // Need is heard and answered in the middle of it, once; a person is told.
    #expect(
      try await fixture.say(SurfaceLines.disclosure) == fixture.response(.pressure) + fixture.response(.offer))
    #expect(try fixture.store.queue(QueueQuery()).items.map(\.kind) == [.disclosure])
    var outcomes: [PollDesk.Outcome] = []
    for _ in 7..<62 { outcomes.append(try await fixture.receive("halo")) }
    #expect(outcomes.filter { $0 == .dropped }.count == 2 && outcomes.last == .dropped)
    #expect(try await fixture.say("halo", from: "+62000002").count == 1)
    fixture.clock.advance(by: 60_000)
    #expect(try await fixture.say("lanjut") != [])
  }

  /// Beyond what is answered, and beyond what is read.
  @Test(arguments: [20, 70]) func stopIsHeardInAnyFlood(messages: Int) async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    try await fixture.say("halo")
    try await fixture.say("ya")
    for _ in 0..<messages { try await fixture.receive("halo") }
    _ = try await fixture.say("stop")
    #expect(try fixture.rows("SELECT ended_at IS NULL FROM poll_session") == [[.integer(0)]])
    fixture.clock.advance(by: 60_000)
    #expect(try await fixture.say("halo") == [])
  }

  @Test func longAndEmptyRepliesAreNoAnswers() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    try await fixture.say("halo")
    try await fixture.say("ya")
    #expect(try await fixture.say(String(repeating: "main bola ", count: 200)) == fixture.response(.tooLong))
    for blank in ["", "   ", "\u{200B}", "\n"] {
      #expect(try await fixture.say(blank) == fixture.response(.unreadable))
    }
    // The question is open as before.
    #expect(try await fixture.say("2").first?.hasPrefix("Kamu tinggal di mana?") == true)
    let long = SurfaceLines.disclosure + String(repeating: " terus dia chat lagi", count: 100)
    #expect(try await fixture.say(long) == fixture.response(.pressure) + fixture.response(.offer))
    #expect(try fixture.store.queue(QueueQuery()).items.map(\.kind) == [.disclosure])
  }

  @Test(arguments: [
    "'; DROP TABLE outgoing; --", "{{to}} {{id}}", "<script>alert(1)</script>", "@(contact.urn)", "a\u{0}b",
    "\u{202E}pots",
    "stop\u{0}", "=1+1", String(repeating: "\u{0301}", count: 900), "$(reboot)", "\r\nFrom: 2", "{\"text\":\"ya\"}",
  ])
  func whatLooksLikeACommandIsAReply(text: String) async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    try await fixture.say("halo")
    try await fixture.say("ya")
    let answer = try await fixture.say(text)
    // No answer, or the first choice, or the goodbye; never anything else.
    let known = [.again, .unreadable, .stop].map { fixture.response($0)[0] }
    let first = try #require(answer.first)
    #expect(known.contains(first) || first.hasPrefix("Kamu tinggal di mana?"), "\(first)")
    #expect(try fixture.rows("SELECT count(*) FROM outgoing WHERE status = 'sent'").first != [.integer(0)])
    #expect(try await fixture.say("halo", from: "+62000002").count == 1)
  }

  @Test func theFirstMessageIsAnsweredWhateverItIs() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    #expect(try await fixture.say("", from: "+62000003").first?.hasPrefix("Hai! Ada 8") == true)
    let long = SurfaceLines.disclosure + String(repeating: " terus dia chat lagi", count: 100)
    #expect(
      try await fixture.say(long, from: "+62000004") == fixture.response(.pressure) + fixture.response(.offer))
  }

  @Test func aMessageThatIsRepeatedIsTakenOnce() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    try await fixture.say("halo")
    let first = try await fixture.say("ya", id: "x1")
    #expect(first.count == 1)
    #expect(try await fixture.receive("ya", id: "x1") == .repeated)
    #expect(await fixture.delivered(to: "+62000001") == [])
    // The same words under another id are another answer: no age.
    #expect(try await fixture.say("ya", id: "x2").first == fixture.response(.again).first)
  }

  @Test func repliesOfOneContactAreTakenInTurn() async throws {
    let fixture = try DeskFixture { $0.repliesPerMinute = 1_000 }
    defer { fixture.remove() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<40 {
        let contact = "+6200\(100 + number % 8)"
        group.addTask { try await fixture.receive("stop dulu", from: contact, id: "r\(number)") }
      }
      try await group.waitForAll()
    }
    // One session and one opening for each of the eight.
    #expect(
      try fixture.rows("SELECT count(DISTINCT contact), count(*) FROM poll_session").first == [
        .integer(8), .integer(8),
      ])
  }
}
