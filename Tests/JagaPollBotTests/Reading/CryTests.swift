import JagaPollBot
import Testing

/// Whole replies that only call for help.
struct CryTests {
  private func reading(_ text: String) throws -> ReplyReading {
    try ReplyReaderTests.reader.get().reading(of: text, score: CueSamples.score(), question: nil)
  }

  static let cries = [
    "tolong", "Tolong", "TOLONG!!!", "tolooong", "tolonggg", "tolong aku", "tolong saya kak", "tolong gue", "tlg",
    "tlong",
    "tolongin", "tolongin aku dong", "tolongin gw kak", "tulung", "tulungin aku", "kak tolong",
    "kak, tolong aku please",
    "tolong tolong tolong", "tolong 😭😭", "ya allah tolong", "tolong kak 🙏", "bantu aku", "bantu saya", "bantuin aku",
    "bantuin dong kak", "bantuin kak please", "tolong bantu", "tolong bantu aku kak", "bantuu akuu",
    "aku butuh bantuan",
    "butuh pertolongan", "butuh tolong", "aku mau minta tolong", "bisa bantu aku", "tolong selamatkan aku",
    "help me", "HELP ME", "help meee", "help me please", "please help", "please help me", "pls help", "plz help me",
    "heeelp", "helppp", "help 😭", "help help", "i need help", "need help", "I need help please", "someone help me",
    "somebody help", "can you help me", "can u help me pls", "save me", "help us", "pleaseee help", "sos",
    // Behind a picture, and a picture alone.
    "😭 tolong", "🥺🙏 tolong aku", "🆘", "🆘🆘", "🆘 help",
    // For somebody to talk to.
    "boleh curhat kak?", "mau curhat dong", "aku mau curhat", "boleh cerita sesuatu?", "bisa cerita sama kakak?",
    "butuh temen buat cerita", "ada orang yang bisa diajak ngomong gak kak", "can i talk to someone",
    "i need someone to talk to",
    "can i tell you something", "is there a real person i can talk to", "i just want to talk to somebody please",
  ]

  @Test(arguments: cries) func aCryIsAnsweredAsOne(text: String) throws {
    #expect(try reading(text) == ReplyReading(action: .support, urgency: .ongoing))
  }

  static let others = [
    // Words for the bot.
    "HELP", "help", "BANTUAN", "bantuan", "bantuan dong kak", "INFO", "info", "bantu", "bantuin", "menu",
    // Said of homework as often.
    "bantuin dong", "bantuin ya", "bantu dong",
    // Sentences and answers.
    "tolong ulangi", "tolong kirim lagi pertanyaannya", "minta tolong", "minta tolong guru", "tolong menolong",
    "aku suka tolong teman", "bantu orang tua", "bantu ibu di rumah", "saling bantu", "tolong wkwk", "tolong 😂",
    "bantuin adek ngerjain pr", "ga butuh bantuan", "tidak perlu bantuan", "bantu aku ngerjain soal nomor 3",
    "help my mom", "i help my friends", "ask for help", "helpful", "help me with question 2", "helping people",
    "no need help", "please repeat", "please",
    "cerita ke kakak", "curhat", "curhat sama temen", "kalau mau curhat", "bisa ngobrol sama orang",
    "butuh teman cerita", "can i ask you something", "mau cerita soal liburan", "bisa curhat ke ibu",
    "talk to a teacher", "i talk to my mum",
    "can you repeat", "lol help", "", "😭", "aku", "kak",
  ]

  @Test(arguments: others) func whatSaysMoreOrLessIsNone(text: String) throws {
    #expect(try reading(text) == ReplyReading(action: .none))
  }

  @Test func dangerInItStaysMoreUrgent() throws {
    #expect(try reading("aku mau bunuh diri tolong").isSelfHarm)
  }

  @Test func theBotAnswersACryAndRests() throws {
    var talk = PollTalk(try PollSamples.machine())
    talk.reply("tolong", try reading("tolong"))
    #expect(talk.turn.say == [.response(.disclosure), .response(.offer)])
    #expect(talk.turn.caseNote == CaseNote(reading: PollSamples.told, response: .disclosure))
    for word in ["HELP", "bantuan", "INFO"] {
      var other = PollTalk(try PollSamples.machine())
      other.reply(word, try reading(word))
      #expect(other.turn.say.first == .response(.help) && other.turn.caseNote == nil)
    }
  }

  @Test func theAnswerToHelpNamesAHelpline() throws {
    let book = try ResponseBook.bundled()
    for language in ["id", "en"] {
      #expect(!book.response(.help, language: language, now: 1_795_000_000_000).helplines.isEmpty)
    }
  }
}
