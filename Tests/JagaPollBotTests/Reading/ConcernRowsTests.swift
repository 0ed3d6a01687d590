import JagaCore
import JagaPollBot
import Testing

/// What a call for help is about chooses the words of the answer.
struct ConcernRowsTests {
  private func reading(_ text: String, question: String? = nil) throws -> ReplyReading {
    try ReplyReaderTests.reader.get().reading(
      of: text, score: CueSamples.score(disclosure: 0.8), question: question)
  }

  static let rows: [(Occasion, [String])] = [
    (
      .pressure,
      [
        "dia ancam sebar foto aku", "fotoku disebar ke grup kelas", "aku diperas terus kak",
        "disuruh bayar terus sama dia",
        "om itu minta pap terus", "dia nyuruh aku vc", "akun ml ku diambil sama dia",
        "dia bilang kirim lagi kalo ga disebar",
        "aku dipaksa kirim video", "diancem ama org yg tau fotoku", "he threatens to share my pictures",
        "someone is blackmailing me", "he keeps asking for pics", "she wants me to pay her money",
        "he will leak my video", "someone hacked my account and scares me",
      ]
    ),
    (
      .pressureUrgent,
      [
        "dia mau sebar foto aku malam ini", "kasih waktu sampe besok buat transfer", "he will post my pics tonight",
        "i have until midnight to pay him",
      ]
    ),
    (
      .violence,
      [
        "bapak suka mukul aku", "aku sering dipukul ayah", "omku suka pegang aku", "my dad hits me",
        "i get beaten at home",
        "my uncle touches me", "kami disiksa di rumah",
      ]
    ),
    (
      .danger,
      [
        "dia di depan rumah aku", "org itu nungguin di depan sekolah", "aku lagi ngumpet di kamar",
        "ada yg gedor pintu",
        "he is outside my house", "he is following me home", "i am hiding in my room", "mau dibunuh dia kak",
      ]
    ),
    (
      .friend,
      [
        "temenku diancam orang", "sahabatku diperas", "ini soal temanku bukan aku", "adikku dipukul ibu",
        "foto temenku disebar orang", "ada yang ngancem temanku", "my friend is being blackmailed",
        "someone is threatening my friend", "it is about my friend", "my sister gets hit at home",
      ]
    ),
    (
      .friendSelfHarm,
      [
        "temenku mau bunuh diri", "adikku pengen mati", "my friend wants to die",
        "my best friend keeps hurting herself",
      ]
    ),
    (.selfHarm, ["aku pengen mati aja", "i want to kill myself", "capek hidup"]),
    (
      .disclosure,
      [
        "iya", "pernah kak", "ada yang bikin aku takut", "aku takut banget", "tolong", "help me",
        "something bad happened",
        "yes", "aku ga tau harus gimana", "masih terjadi sampai sekarang",
      ]
    ),
    (.urgent, ["tolong sekarang kak dia", "darurat kak"]),
  ]

  @Test(arguments: rows.indices) func chooseTheAnswer(row: Int) throws {
    let (occasion, texts) = Self.rows[row]
    for text in texts { #expect(try reading(text).response == occasion, "\(text)") }
  }

  /// A friend who threatens, or to whom something is shown, is not the one it happens to.
  @Test(arguments: [
    "dia mau kirim foto aku ke temanku", "temanku nyebar foto aku", "dia sebar ke semua temen sekolah fotoku",
    "he will send my pics to all my friends", "my friend threatens me with my pictures",
  ])
  func ownTroubleWithFriendsInItStaysOwn(text: String) throws {
    #expect(try reading(text).concern == .pressure, "\(text)")
  }

  @Test func whatPressesWithAThreatOfItsOwnIsPressure() throws {
    #expect(try reading("dia mau bunuh diri kalo aku ga kirim foto").response == .pressureUrgent)
  }

  @Test func aBareYesIsGeneralWhateverWasAsked() throws {
    for question in ["Apakah kamu pernah dipukul?", "Is anybody hurting you?", "Did anybody share your pictures?"] {
      #expect(try reading("ya", question: question).response == .disclosure)
    }
  }

  /// Where no cue is found, a move that the score sees in the words is what was told.
  @Test func theScoreSpeaksWhereNoCueDoes() throws {
    let reader = try ReplyReaderTests.reader.get()
    var score = CueSamples.score(disclosure: 0.8)
    #expect(reader.reading(of: "begitu kak", score: score, question: nil).concern == .general)
    score.labels = Label.moves.map { $0 == .sextortionThreat ? 0.3 : 0 }
    #expect(reader.reading(of: "begitu kak", score: score, question: nil).concern == .pressure)
    score.labels = Label.moves.map { $0 == .groomingTrust ? 0.9 : 0 }
    #expect(reader.reading(of: "begitu kak", score: score, question: nil).concern == .general)
  }

  /// It chooses words and nothing else: who tells of nothing has no concern.
  @Test func withoutACaseThereIsNone() throws {
    let reader = try ReplyReaderTests.reader.get()
    for text in ["aku suka kirim foto kucing", "temenku dipaksa ikut lomba", "he is outside"] {
      #expect(reader.reading(of: text, score: CueSamples.score(), question: nil).concern == .general, "\(text)")
    }
  }

  @Test func helpAloneIsACryWhereHarmWasAsked() throws {
    let reader = try ReplyReaderTests.reader.get()
    func action(_ text: String, _ question: String?) -> ReplyAction {
      reader.reading(of: text, score: CueSamples.score(), question: question).action
    }
    for text in ["help", "HELP", "bantuan", "bantu"] {
      #expect(action(text, "Apakah ada yang menyakitimu?") == .support, "\(text)")
      #expect(action(text, "Is anybody hurting you?") == .support, "\(text)")
      #expect(action(text, "Kamu suka main game?") == .none && action(text, nil) == .none, "\(text)")
    }
  }

  @Test func whoScoldsTheBotOpensNothing() throws {
    let reader = try ReplyReaderTests.reader.get()
    func read(_ text: String) -> ReplyReading { reader.reading(of: text, score: CueSamples.score(), question: nil) }
    for text in [
      "bot goblok", "dasar bot bego", "anjing", "tolol lu", "bacot", "GOBLOKKK", "survei ga jelas", "diem lu bot",
      "stupid bot",
      "shut up", "you are stupid", "u r useless", "fuck off bot", "this bot sucks",
    ] { #expect(read(text) == ReplyReading(action: .none, isAbuse: true), "\(text)") }
    for text in [
      "dia goblok", "kata dia aku bodoh", "aku merasa bodoh", "i am stupid", "he says i am stupid",
      "anjing tetangga lucu",
      "bot", "he told me to shut up", "aku benci diriku", "nilai ujianku jelek banget",
    ] { #expect(!read(text).isAbuse, "\(text)") }
  }
}
