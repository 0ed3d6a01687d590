// The words that every poll hears, in both languages. Spelled as `ReplyWords` leaves them: no letter twice in a row.
extension ReplyWords {
  /// One spelling for the many of chat. 'ya' and 'tidak' stand for yes and no in either language.
  static let spellings: [String: String] = {
    var table: [String: String] = [:]
    func add(_ word: String, _ spellings: String) {
      for spelling in spellings.split(separator: " ") { table[String(spelling)] = word }
    }
    add("ya", "y iya iy iyah yah yo yoi yoa yup yap yep yes ye yea yeah ys")
    add("tidak", "tdk tak tida tdak ga gak gk gag g nga ngak enga engak kagak kaga ndak ndk no nope n not nop")
    add("tahu", "tau thu taw")
    add("sudah", "udah udh dah sdh uda")
    add("belum", "blm belom blum blom lom")
    add("pernah", "prnah prnh pnah pernh")
    add("kadang", "kdg kdang")
    add("jarang", "jrg jrang")
    add("sering", "srg sring")
    add("orang", "org orng")
    add("teman", "tmn temen tmen")
    add("jangan", "jgn jngan")
    add("yang", "yg")
    add("sama", "sm ama")
    add("dengan", "dgn dg")
    add("mau", "mo mw")
    add("lagi", "lg lgi")
    add("bantuan", "bantuin bantu")
    return table
  }()

  /// Thumbs and ticks.
  static let signs: [Unicode.Scalar: String] = [
    "\u{1F44D}": "ya", "\u{2705}": "ya", "\u{2714}": "ya", "\u{1F44E}": "tidak", "\u{274C}": "tidak",
  ]

  /// Said before an answer.
  static let opening: Set<String> = [
    "aku", "saya", "sy", "aq", "gue", "gw", "gua", "i", "im", "umur", "usia", "umurku", "kak", "min", "maf", "sory",
    "kayaknya", "mungkin", "eh", "em", "hm", "jawabanku",
  ]
  /// Said after one.
  static let closing: Set<String> = [
    "ya", "yah", "kak", "ka", "min", "kok", "sih", "deh", "dong", "aja", "bang", "mas", "mbak", "pak", "bu", "lah",
    "loh",
    "please", "pleas", "pls", "plis", "sir", "mis", "thanks", "makasih", "hehe", "haha", "wkwk", "wkwkwk",
  ]
  static let years: Set<String> = ["tahun", "thn", "th", "years", "year", "old", "yo"]

  /// Said before the number of a choice.
  static let numberOpening: Set<String> = [
    "no", "nomor", "nomer", "nmr", "number", "pilih", "pilihan", "jawab", "jawaban", "jwb", "option", "opsi", "yang",
    "yg",
    "ke", "the", "choice",
  ]
  /// 'satu' and 'first' are 1.
  static let numbers: [String: Int] = {
    let rows = [
      "satu pertama one first", "dua kedua two second", "tiga ketiga thre third", "empat keempat four fourth",
      "lima kelima five fifth", "enam keenam six sixth", "tujuh ketujuh seven seventh",
      "delapan kedelapan eight eighth",
      "sembilan kesembilan nine ninth", "sepuluh kesepuluh ten tenth",
    ]
    var table: [String: Int] = [:]
    for (index, row) in rows.enumerated() {
      for word in row.split(separator: " ") { table[ReplyWords(String(word)).spelled.joined()] = index + 1 }
    }
    return table
  }()

  /// Means yes to every question of yes or no.
  static let affirming = forms(["betul", "benar", "true", "of course", "tentu"])
  /// Means yes where something is proposed; to 'does anybody hurt you?' it is no answer.
  static let consenting = forms([
    "ok", "oke", "okay", "okey", "okeh", "mau", "boleh", "setuju", "siap", "bisa", "sure", "agree", "i agree", "gas",
  ])
  /// Means yes to an invitation; in the middle of a poll it is a word for the bot.
  static let joining = forms(["mulai", "start", "lanjut", "ikut", "join"])
  /// Means no to every question of yes or no.
  static let denying = forms(["salah", "false"])
  /// Means no where something is proposed.
  static let declining = forms([
    "tidak mau", "tidak usah", "tidak boleh", "jangan", "ogah", "males", "malas", "nanti", "later", "dont",
    "tidak dulu", "tidak thanks", "no thank you", "refuse",
  ])
  /// Directly behind a no they make it another thing: 'ga ngerti', 'tidak aman', 'not only once'.
  static let turning = words([
    "ngerti", "mengerti", "paham", "jelas", "tahu", "ingat", "inget", "yakin", "bisa", "boleh", "berani", "aman",
    "nyaman",
    "cuma", "hanya", "berhenti", "juga", "comment", "idea", "sure", "only", "just", "one", "allowed", "anymore", "safe",
  ])
  /// Anywhere behind a no they take it back: 'nggak kok, kadang', 'gak, eh iya', 'ga pernah berhenti'.
  static let retracting = words(["kecuali", "kadang", "berhenti", "ya", "except", "sometimes", "stopping"])
  /// 'Ya Allah' is no yes.
  static let exclamations: Set<String> = ["alah", "ampun", "tuhan", "rabi", "robi", "gusti", "elah"]

  private static func forms(_ phrases: [String]) -> [[String]] { phrases.map { ReplyWords($0).words } }
  private static func words(_ list: [String]) -> Set<String> { Set(list.flatMap { ReplyWords($0).words }) }
}
