import Testing

@testable import JagaPollBot

struct ChoiceHearingTests {
  private func hear(_ labels: [String], _ reply: String, words: [[String]] = [], listed: Bool = true) -> Int? {
    let choices = labels.enumerated().map { index, label in
      PollChoice(
        id: "c\(index)", label: LocalText(["id": label]), words: index < words.count ? words[index] : [])
    }
    let question = PollQuestion(text: LocalText(["id": "?"]), choices: choices, listsChoices: listed)
    let poll = Poll(
      id: "p", version: 1, title: LocalText([:]), languages: ["id", "en"], optIn: nil, startWords: [], stopWords: [],
      timeout: 1, reminder: nil, consent: nil, steps: [PollStep(id: "q", kind: .ask(question))])
    return ChoiceHearing(question, poll: poll, language: "id").choice(in: ReplyWords(reply))
  }

  static let yesOrNo: [(String, Int?)] = [
    ("ya", 0), ("Ya", 0), (" YA ", 0), ("y", 0), ("iya", 0), ("iyaa", 0), ("iyaaaaa!!", 0), ("iya kak", 0),
    ("yes", 0), ("yup", 0), ("yoi", 0), ("ok", 0), ("Oke", 0), ("mau", 0), ("boleh kak", 0), ("sure", 0), ("1", 0),
    ("1.", 0), ("(1)", 0), ("1️⃣", 0), ("no 1", 0), ("nomor satu", 0), ("satu", 0), ("one", 0), ("pertama", 0),
    ("a", 0), ("A.", 0), ("👍", 0), ("👍🏽", 0), ("１", 0), ("١", 0), ("jawabannya ya", nil),
    ("tidak", 1), ("g", 1), ("ga", 1), ("gak", 1), ("nggak", 1), ("nggaaak", 1), ("engga kak", 1), ("enggak ya", 1),
    ("tdk", 1), ("no", 1), ("n", 1), ("nope", 1), ("2", 1), ("dua", 1), ("b", 1), ("gak mau", 1), ("👎", 1),
    ("ogah", 1), ("aku tidak", 1), ("saya gak", 1), ("kagak dong", 1),
    // A choice and a text.
    ("ya, dia minta foto terus", 0), ("iya kemarin di game", 0), ("gak pernah", 1), ("1. soalnya sering", 0),
    ("2, takut", 1), ("a) kemarin", 0), ("no, never", 1),
    // Neither, or both.
    ("", nil), ("   ", nil), ("3", nil), ("c", nil), ("0", nil), ("12", nil), ("ya allah", nil), ("ya ampun", nil),
    ("ya gak", nil), ("iya enggak lah", nil), ("2 hari lalu dia marah", nil), ("mungkin", nil), ("?!", nil),
    ("😀", nil), ("yakin", nil), ("gakpapa", nil),
  ]

  @Test(arguments: yesOrNo) func yesAndNoAreHeard(reply: String, choice: Int?) {
    #expect(hear(["Ya", "Tidak"], reply) == choice)
  }

  static let longer: [(String, Int?)] = [
    ("ya, pernah", 0), ("pernah", 0), ("ya", 0), ("prnah", 0), ("tidak, belum pernah", 1), ("blm pernah", 1),
    ("gak", 1), ("gak tau", 2), ("ga tahu", 2), ("tidak tahu deh", 2), ("ndak tau kak", 2), ("3", 2), ("kadang2", 3),
    ("kadang-kadang", 3), ("kdg kdg", 3), ("Kadang kadang sih", 3), ("kadang kadang, kalau malam", 3), ("d", 3),
    ("e", nil),
  ]

  @Test(arguments: longer) func labelsAndTheirPartsAreHeard(reply: String, choice: Int?) {
    let labels = ["Ya, pernah", "Tidak, belum pernah", "Tidak tahu", "Kadang-kadang"]
    #expect(hear(labels, reply) == choice)
  }

  static let ages: [(String, Int?)] = [
    ("13", 0), ("umur 13", 0), ("aku 13 tahun", 0), ("13 thn", 0), ("14", 1), ("14 tahun kak", 1), ("1", 0), ("2", 1),
    ("15", nil), ("12 atau 13", 0),
  ]

  @Test(arguments: ages) func agesAreHeardByWords(reply: String, choice: Int?) {
    #expect(hear(["12 atau 13", "14"], reply, words: [["12", "13"], ["14"]]) == choice)
  }

  @Test func numbersAreHeardOnlyWhereTheyWereShown() {
    #expect(hear(["Merah", "Biru"], "2") == 1)
    #expect(hear(["Merah", "Biru"], "2", listed: false) == nil)
    #expect(hear(["Merah", "Biru"], "b", listed: false) == nil)
    #expect(hear(["Merah", "Biru"], "biru", listed: false) == 1)
    // A word of its own goes before a place.
    #expect(hear(["Merah", "Biru"], "2", words: [["2"]]) == 0)
  }

  static let alone: [(String, Bool)] = [
    ("1", true), (" 1. ", true), ("YA", true), ("iyaaa kak!!", true), ("a", true), ("1️⃣", true), ("👍🏽", true),
    ("pernah", true), ("nomor satu", true), ("ya, dia minta foto terus", false), ("ya 😭", false), ("1. takut", false),
    ("ya" + String(repeating: " ", count: 1_200), true),
    ("ya" + String(repeating: " ", count: 1_200) + "dia marah", false),
  ]

  @Test(arguments: alone) func whatIsWrittenBesideTheChoiceIsNoticed(reply: String, isAll: Bool) {
    let choices = ["Ya, pernah", "Tidak"].enumerated().map {
      PollChoice(id: "c\($0)", label: LocalText(["id": $1]))
    }
    let poll = Poll(
      id: "p", version: 1, title: LocalText([:]), languages: ["id"], optIn: nil, startWords: [], stopWords: [],
      timeout: 1, reminder: nil, consent: nil, steps: [])
    let hearing = ChoiceHearing(PollQuestion(text: LocalText([:]), choices: choices), poll: poll, language: "id")
    #expect(hearing.hear(ReplyWords(reply)) == ChoiceHearing.Heard(place: 0, isAll: isAll))
  }

  @Test func oneLabelForTwoChoicesIsNoAnswer() { #expect(hear(["Ya", "Iya"], "ya") == nil) }

  @Test func commandsAreWholeReplies() {
    let rows: [(String, BotCommand?)] = [
      ("STOP", .stop), ("stop dong kak", .stop), ("Stoppp", .stop), ("berhenti", .stop), ("Unsubscribe", .stop),
      ("keluar", .stop), ("sudah dulu", .stop), ("udah dulu ya", .stop), ("suruh dia berhenti", nil),
      ("dia tidak mau berhenti", nil), ("HELP", .help), ("bantuan", .help), ("info", .help), ("tolong kak", nil),
      ("help me", nil),
      ("tolong aku dia marah", nil), ("LANJUT", .goOn), ("go on", .goOn), ("lanjut ya kak", .goOn), ("MULAI", .start),
      ("start", .start), ("lewati", .skip), ("skip", .skip), ("", nil), ("ya", nil),
    ]
    for (text, command) in rows {
      #expect(BotCommand.heard(in: text, stopWords: ["sudah dulu"]) == command, "\(text)")
    }
  }

  @Test func longAndOddTextsEnd() {
    let long = String(repeating: "ya tidak ", count: 100_000)
    #expect(hear(["Ya", "Tidak"], long) == nil)
    #expect(hear(["Ya", "Tidak"], "\u{0}\u{200B}ya\u{FE0F}") == 0)
    #expect(hear(["Ya", "Tidak"], String(repeating: "\u{301}", count: 5_000)) == nil)
  }
}
