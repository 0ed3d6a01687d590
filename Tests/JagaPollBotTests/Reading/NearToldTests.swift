import JagaCore
import JagaPollBot
import Testing

/// A time that runs out, a plea to hurry, danger close by: near where the score says that somebody tells of harm, and nothing elsewhere.
struct NearToldTests {
  static let rows = [
    "katanya nanti malam bakal masuk grup kelas", "dia mau ke sini lusa", "cuma dikasih waktu sampai dia pulang kerja",
    "tolong cepat dibalas ya", "butuh orang hari ini juga", "masih gedor-gedor pintu kak",
    "kami ngumpet di loteng, dia nyari aku",
    "pacarku berangkat senin bawa adikku", "sekarang dia duduk di warung depan", "aku gak berani pulang kak",
    "it all goes out by friday", "they want me there tomorrow", "he gave half an hour", "please someone answer",
    "this is urgent",
    "hes in the next room so no calls", "its happening right now", "dont let me go home with him",
    "he is ten minutes away",
    "she says 20 min and then my mum sees it", "my stepdad will be back tomorrow", "i am alone with my dad tonight",
  ]

  @Test(arguments: rows) func isNearOfWhoeverTells(text: String) throws {
    let reader = try ReplyReaderTests.reader.get()
    let told = reader.reading(of: text, score: CueSamples.score(disclosure: 0.9), question: nil)
    #expect(told.action == .support && told.urgency == .immediate)
    #expect(reader.reading(of: text, score: CueSamples.score(disclosure: 0.05), question: nil).action == .none)
  }

  static let later = [
    "every friday he sends me credit", "i have a test tomorrow and this man keeps writing",
    "can you ask me again tomorrow",
    "its not urgent but a man keeps writing to me", "besok ada ulangan, dan om itu masih chat",
    "nanti aku cerita ke guru soal dia",
    "dia chat tiap hari", "my uncle is the one", "dia pernah jemput aku",
    "sampai ketemu besok kak, makasih sudah dengar soal om itu", "dad came home drunk and hit me when i was 7",
    "orang tua di luar kota, aku tinggal sama nenek, om suka pegang",
    "dia datang dua minggu lalu", "this man sat next to me on the bus", "he posted it last monday",
  ]

  @Test(arguments: later) func isNotNearWhereNothingRunsOut(text: String) throws {
    let score = CueSamples.score(disclosure: 0.9)
    let reading = try ReplyReaderTests.reader.get().reading(of: text, score: score, question: nil)
    #expect(reading.action == .support && reading.urgency != .immediate)
  }

  @Test func theQuestionSaysWhatAnAnswerIsAbout() throws {
    let reader = try ReplyReaderTests.reader.get()
    func reading(_ text: String, _ question: String?, disclosure: Double = 0.9) -> ReplyReading {
      reader.reading(of: text, score: CueSamples.score(disclosure: disclosure), question: question)
    }
    for (text, question) in [
      ("tidak, ada dia", "Apakah kamu sedang di tempat yang aman?"),
      ("3", "How soon do you need help? 1 weeks 2 days 3 hours"),
      ("not really", "Are you safe right now?"), ("om", "Nanti malam kamu di rumah dengan siapa?"),
    ] {
      #expect(reading(text, question).urgency == .immediate, "\(question)")
      #expect(reading(text, nil).urgency == .ongoing, "\(question)")
    }
    for question in ["Do you feel safe at school?", "Siapa orangnya?", "Seberapa sering?"] {
      #expect(reading("om", question).urgency == .ongoing, "\(question)")
    }
  }

  @Test func whoeverTellsWhereSelfHarmWasAskedTellsOfThat() throws {
    let reader = try ReplyReaderTests.reader.get()
    func reading(_ text: String, _ question: String, _ disclosure: Double) -> ReplyReading {
      reader.reading(of: text, score: CueSamples.score(disclosure: disclosure), question: question)
    }
    for (text, question) in [
      ("tiap malam", "Pernahkah terlintas untuk menyakiti diri sendiri?"),
      ("3", "Is life not worth living? 1 no 2 sometimes 3 yes"),
    ] {
      let told = reading(text, question, 0.6)
      #expect(told.isSelfHarm && told.urgency == .immediate, "\(question)")
      #expect(reading(text, question, 0.1).action == .none)
      #expect(!reading(text, "Siapa orangnya?", 0.6).isSelfHarm)
    }
    // A no, and another harm.
    let other = reading("no but my uncle hits me", "Have you ever thought of hurting yourself?", 0.9)
    #expect(other.action == .support && !other.isSelfHarm)
    // A question about a friend.
    let friend = reading("ini temanku beneran", "Kalau temanmu bilang tidak mau hidup lagi, kamu jawab apa?", 0.6)
    #expect(!friend.isSelfHarm && friend.urgency == .immediate && friend.concern == .friendSelfHarm)
  }
}
