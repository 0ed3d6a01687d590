/// What the bot itself understands, whatever a poll says, in both languages.
public enum BotCommand: String, Sendable, CaseIterable {
  /// No more messages: STOP, BERHENTI.
  case stop
  /// The menu: HELP, BANTUAN. 'Tolong' and 'help me' are none: they are calls for help, see ``ReplyReader``; and so is HELP said twice.
  case help
  /// Who asks, and what does it cost? 'Siapa ini', 'is it free'.
  case about
  /// A person should write: HUBUNGI, CONTACT.
  case contact
  /// Back to the questions: LANJUT, GO ON.
  case goOn = "go-on"
  /// Leave a question out: LEWATI, SKIP.
  case skip
  /// Begin: MULAI, START.
  case start

  /// The command that a whole reply is; nil for every other reply. A sentence with such a word in it is none:
  /// 'suruh dia berhenti' goes on.
  public static func heard(in text: String, stopWords: [String] = []) -> BotCommand? {
    heard(in: ReplyWords(text), stopWords: stopWords)
  }

  static func heard(in reply: ReplyWords, stopWords: [String]) -> BotCommand? {
    let words = reply.trimmed().words
    guard !words.isEmpty, words.count <= 6 else { return nil }
    if let command = table[words] { return command }
    return stopWords.contains { ReplyWords($0).trimmed().words == words } ? .stop : nil
  }

  private static let table: [[String]: BotCommand] = {
    let rows: [(BotCommand, [String])] = [
      (
        .stop,
        [
          "stop", "stop all", "stopall", "stop it", "stop this", "stop now", "stop stop", "berhenti", "berhenti kirim",
          "keluar", "unsubscribe", "unsub", "unreg", "quit", "cancel", "batal", "end", "opt out", "optout", "remove me",
          "jangan kirim lagi", "jangan chat lagi", "jangan hubungi lagi", "jangan ganggu", "tidak mau ikut lagi",
          "stop chat", "stop sms",
        ]
      ),
      (.help, ["help", "bantuan", "info", "menu"]),
      (
        .about,
        [
          "ini siapa", "siapa ini", "ini siapa sih", "siapa kamu", "kamu siapa", "ini dari mana", "dari mana ini",
          "dari siapa", "dari siapa ini", "ini apa", "apa ini", "ini apaan", "apaan ini", "ini survei apa",
          "untuk apa ini", "ini untuk apa", "gratis", "gratis tidak", "ini gratis", "ini gratis tidak", "apakah gratis",
          "bayar", "bayar tidak", "bayar berapa", "ini bayar tidak", "berapa biayanya", "kena pulsa tidak",
          "pakai pulsa tidak", "tahu nomorku dari mana", "dapat nomorku dari mana", "kok tahu nomorku",
          "who is this", "who are you", "who is it", "whos this", "what is this", "whats this", "what is it",
          "what is this about", "is it free", "is this free", "free", "does it cost", "how much", "how much is it",
          "do i have to pay", "why me", "how did you get my number", "is this a scam", "is this real", "ini penipuan",
        ]
      ),
      (.contact, ["hubungi", "hubungin", "contact"]),
      (
        .goOn,
        [
          "lanjut", "lanjutkan", "lanjutin", "terus", "lanjut lagi", "mau lanjut", "ya lanjut", "go on", "goon",
          "continue",
          "next", "resume",
        ]
      ),
      (.skip, ["lewati", "lewat", "lewatin", "skip", "pass", "tidak mau jawab", "rahasia"]),
      (.start, ["mulai", "mulai lagi", "start", "start again", "restart", "begin", "ikut lagi"]),
    ]
    var table: [[String]: BotCommand] = [:]
    for (command, phrases) in rows {
      for phrase in phrases { table[ReplyWords(phrase).trimmed().words] = command }
    }
    return table
  }()
}
