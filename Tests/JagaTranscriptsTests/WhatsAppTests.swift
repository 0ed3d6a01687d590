import JagaCore
import Testing

@testable import JagaTranscripts

@Suite struct WhatsAppTests {
  /// Milliseconds of a UTC time.
  private func time(_ text: String) -> Int64? {
    Array(text.utf8).withUnsafeBufferPointer { Timestamp.parse($0, offsetMinutes: 0) }
  }

  @Test func readsAndroidIndonesian() {
    let reading = readAll([input("whatsapp-android-id.txt")])
    let expected: [(String, String, String)] = [
      ("Sari", "2025-08-30T18:01:00Z", "halo semua, jadwal kerja kelompok gimana?"),
      ("Budi", "2025-08-30T18:03:00Z", "besok sore bisa\ndi perpustakaan ya\n\njam 4"),
      ("Tono (0812-0000-0000)", "2025-08-30T18:05:00Z", "oke: aku bawa laptop"),
      ("Sari", "2025-08-30T18:07:00Z", "ini denahnya"),
      ("Budi", "2025-08-31T07:15:00Z", "siap 👍🏽"),
    ]
    #expect(reading.messages.map(\.authorID) == expected.map(\.0))
    #expect(reading.messages.map(\.timestamp) == expected.map { time($0.1) })
    #expect(reading.texts == expected.map(\.2))
    #expect(reading.messages.map(\.messageID) == ["3", "4", "6", "8", "9"])
    #expect(reading.messages.allSatisfy { $0.conversationID == "chat-1" })
    #expect(reading.counters.skipped.system == 3)
    #expect(reading.counters.skipped.noText == 2)
    #expect(reading.counters.malformed == 0)
    #expect(reading.counters.records == 10)
    #expect(reading.diagnostics.isEmpty)
  }

  @Test func readsAndroidEnglish() {
    let reading = readAll([input("whatsapp-android-en.txt")])
    #expect(reading.texts == ["anyone up for football?", "yes", "see you there: gate 2"])
    #expect(reading.messages.first?.timestamp == time("2019-05-04T14:59:00Z"), "5/14 shows that the month is first")
    #expect(reading.messages.last?.timestamp == time("2019-05-14T21:05:00Z"))
    #expect(reading.counters.skipped.system == 1)
    #expect(reading.counters.skipped.noText == 1)
  }

  @Test func readsTwelveHourClock() {
    let reading = readAll([input("whatsapp-android-12h.txt")])
    #expect(
      reading.messages.map(\.timestamp)
        == ["2023-12-20T17:46:00Z", "2023-12-20T00:05:00Z", "2023-12-21T12:30:00Z"].map(time))
  }

  @Test func readsIOS() {
    let indonesian = readAll([input("whatsapp-ios-id.txt")])
    #expect(indonesian.texts == ["halo", "itu jadwalnya, @\u{2068}Budi\u{2069}", "makasih"])
    #expect(indonesian.messages.first?.timestamp == time("2025-03-05T10:14:40Z"))
    #expect(indonesian.counters.skipped.system == 1)
    #expect(indonesian.counters.skipped.noText == 1)
    let english = readAll([input("whatsapp-ios-en.txt")])
    #expect(english.texts == ["morning", "lunch?"])
    #expect(english.messages.map(\.timestamp) == ["2025-03-05T10:14:33Z", "2025-03-28T13:00:07Z"].map(time))
    #expect(english.counters.skipped.system == 1)
    #expect(english.counters.skipped.noText == 2)
  }

  @Test(arguments: [
    ("30/08/25 18.00 - ", true), ("30/08/25 18:00 - ", true), ("30/08/25, 18.00 - ", true), ("5/4/19, 14:59 - ", true),
    ("5/4/19, 5:46 pm - ", true), ("5/4/19, 5:46 p. m. - ", true), ("2023-12-20, 5:46 p.m. - ", true),
    ("[05/03/2025, 10:14:33] ", true), ("[5/3/25, 10.14.33] ", true), ("[5/3/25, 1:14:33 PM] ", true),
    ("30.08.25, 18:00 – ", true), ("30/08/25 pukul 18.00 - ", true), ("30/08/2025 18.00 - ", true),
    ("30/08/25 18.00 ", false), ("30/08/25 25.00 - ", false), ("45/67/25 18.00 - ", false),
    ("30/08-25 18.00 - ", false),
    ("30/08/25 - ", false), ("0812-0000-0000 - ", false), ("[05/03/2025, 10:14:33 ", false), ("1/2/3 18.00 - ", false),
    ("20255/1/1 18.00 - ", false), ("", false), ("[", false), ("13/13/25 18.00 - ", false), ("[1/1/25, 10:1", false),
  ])
  func recognisesHeaders(text: String, good: Bool) {
    let line = Array((text + "Budi: halo").utf8)
    let header = line.withUnsafeBufferPointer { WhatsAppHeader($0) }
    #expect((header != nil) == good)
    if let header { #expect(header.bodyStart == text.utf8.count) }
  }

  @Test(arguments: [
    (["5/4/25", "6/4/25", "20/4/25"], "2025-04-05T10:00:00Z", nil),
    (["4/5/25", "4/6/25", "4/20/25"], "2025-04-05T10:00:00Z", nil),
    // Only the order of time tells: as day/month it would run backward.
    (["4/5/25", "4/6/25", "5/1/25"], "2025-04-05T10:00:00Z", nil),
    (["5/4/25", "6/4/25", "1/5/25"], "2025-04-05T10:00:00Z", nil),
    (["5/4/25", "5/4/25"], "2025-04-05T10:00:00Z", Diagnostic.Cause.ambiguousDate),
  ])
  func infersTheOrderOfDayAndMonth(dates: [String], first: String, remark: Diagnostic.Cause?) {
    let reading = readText(dates.map { "\($0), 10:00 - Budi: x\n" }.joined())
    #expect(reading.messages.first?.timestamp == time(first))
    #expect(reading.diagnostics.first?.cause == remark)
    #expect(reading.counters.exitCode == 0)
  }

  @Test func saysWhenDatesConflict() {
    let reading = readText("20/4/25, 10:00 - Budi: x\n4/20/25, 10:00 - Budi: y\n")
    #expect(reading.messages.map(\.timestamp) == [time("2025-04-20T10:00:00Z"), nil])
    #expect(
      reading.rendered == [
        "input: dates fit neither day/month nor month/day throughout; read as day/month, the rest as unknown",
        "input:2: not a time; read as unknown, write RFC 3339 or seconds or milliseconds since 1970",
      ])
  }

  @Test func keepsPastedHeadersOfAnotherStyle() {
    let reading = readText("20/04/25 10.00 - Budi: lihat:\n[1/2/25, 10:00:00] Sari: halo\n20/04/25 10.01 - Budi: ok\n")
    #expect(reading.texts == ["lihat:\n[1/2/25, 10:00:00] Sari: halo", "ok"])
  }

  @Test func countsWhatPrecedesTheFirstHeader() {
    let reading = readText("judul\n\n20/04/25 10.00 - Budi: halo\n", format: .whatsapp)
    #expect(reading.texts == ["halo"])
    #expect(reading.messages.first?.messageID == "2")
    #expect(
      reading.rendered == [
        "input:1: before the first dated line; line skipped, export the chat again or cut what precedes it"
      ])
  }

  @Test func tellsNoticesFromMessages() {
    let reading = readText(
      """
      20/04/25 10.00 - Budi mengubah subjek dari "Main: seru" menjadi "Main"
      20/04/25 10.01 - Sari: kemarin Budi mengubah subjek dari "Main: seru"
      20/04/25 10.02 - Sari: panggilan video yuk
      20/04/25 10.03 - Sari: aku kirim dokumen.pdf (file terlampir) kemarin
      20/04/25 10.04 - Sari: laporan akhir.pdf (file terlampir)
      """)
    #expect(reading.counters.skipped.system == 1)
    #expect(reading.counters.skipped.noText == 1)
    #expect(reading.messages.count == 3)
  }

  @Test func zonesAndInputsAreNumbered() {
    let one = TranscriptInput.bytes(Array("20/04/25 10.00 - Budi: a\n".utf8), name: "Chat with Sari.txt")
    let two = TranscriptInput.bytes(Array("21/04/25 10.00 - Budi: b\n".utf8), name: "x.txt")
    let reading = readAll([one, two]) { $0.utcOffsetMinutes = 420 }
    #expect(reading.messages.map(\.conversationID) == ["chat-1", "chat-2"])
    #expect(reading.messages.map(\.messageID) == ["1", "2"])
    #expect(reading.messages.first?.timestamp == time("2025-04-20T03:00:00Z"))
  }
}
