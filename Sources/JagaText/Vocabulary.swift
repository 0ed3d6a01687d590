/// The closed sets of words that the chat layer itself needs: numerals, currencies, units, function words.
///
/// Open vocabulary (slang, roots, names) is data of the model; see ``TextTables``.
final class Vocabulary: Sendable {
  static let shared = Vocabulary()

  /// Words of at most eight ASCII bytes by ``shortWord(_:)``.
  let multipliers: [UInt64: Int64]
  let trailingCurrencies: [UInt64: Int64]
  let numerals: [UInt64: Numeral]
  let strictDomains: Set<UInt64>
  let looseDomains: Set<UInt64>
  let secondLevelDomains: Set<UInt64>
  let reduplicationSuffixes: Set<UInt64>
  let englishClitics: Set<UInt64>

  private init() {
    multipliers = Vocabulary.table(Vocabulary.multiplierWords)
    trailingCurrencies = Vocabulary.table(Vocabulary.currencyWords)
    numerals = Vocabulary.table(Vocabulary.numeralWords)
    strictDomains = Vocabulary.set("com net org io gg ly xyz info biz")
    looseDomains = Vocabulary.set(
      "id me co tv link app shop store site online live my sg us uk to cc fun pro ws in club page dev ai be gl gle top vip "
        + "space world today party")
    secondLevelDomains = Vocabulary.set("co go ac sch or web my net biz desa")
    reduplicationSuffixes = Vocabulary.set("nya nye nyah an in kan ku mu i lah pun kah")
    englishClitics = Vocabulary.set("s m d re ll ve")
  }

  /// What a word contributes to an amount in words.
  enum Numeral: Sendable {
    /// Adds to the group (`tiga`, `sebelas`).
    case digit(Int64)
    /// Makes the digit before it a teen (`belas`), tens (`puluh`) or hundreds (`ratus`).
    case belas, puluh, ratus
    /// `seratus`.
    case hundred
    /// Closes a group (`ribu`, `juta`).
    case big(Int64)
    /// A group by itself (`sejuta`).
    case one(Int64)
    /// `setengah`.
    case half
    /// Hokkien money: an amount by itself (`goceng`).
    case money(Int64)
    /// Hokkien hundreds, thousands before `ceng` (`cepek`).
    case pek(Int64)
    /// `ceng`, after Hokkien hundreds only.
    case ceng
  }

  /// Packs a word of at most eight bytes into a number; 0 for longer ones.
  @inline(__always)
  static func shortWord(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard bytes.count <= 8 else { return 0 }
    var packed: UInt64 = 0
    for byte in bytes { packed = packed << 8 | UInt64(byte) }
    return packed
  }

  private static func shortWord(_ word: Substring) -> UInt64 {
    var packed: UInt64 = 0
    for byte in word.utf8 { packed = packed << 8 | UInt64(byte) }
    return packed
  }

  private static func set(_ words: String) -> Set<UInt64> { Set(words.split(separator: " ").map { shortWord($0) }) }

  private static func table<Value>(_ rows: [(String, Value)]) -> [UInt64: Value] {
    var table: [UInt64: Value] = [:]
    for (words, value) in rows {
      for word in words.split(separator: " ") { table[shortWord(word)] = value }
    }
    return table
  }

  private static let multiplierWords: [(String, Int64)] = [
    ("k rb rbu ribu rebu ribuan rebuan rbuan rban ceng thousand grand", 1000),
    ("jt jta juta jutaan jtan jeti million", 1_000_000),
    ("m b miliar milyar", 1_000_000_000), ("ratus", 100), ("puluh", 10),
  ].map { ($0.0, Int64($0.1)) }

  /// Rupiah for one unit of a currency. Foreign ones are nominal, for comparing sizes only.
  private static let currencyWords: [(String, Int64)] = [
    ("rupiah perak idr rp", 1), ("dollar dollars usd bucks dolar", 16_000), ("euro euros eur", 18_000),
    ("pounds quid gbp", 20_000), ("ringgit myr", 3_600), ("sgd", 12_000),
  ]

  private static let numeralWords: [(String, Numeral)] = [
    ("satu", .digit(1)), ("dua", .digit(2)), ("tiga", .digit(3)), ("empat", .digit(4)), ("lima", .digit(5)),
    ("enam", .digit(6)), ("tujuh", .digit(7)), ("delapan", .digit(8)), ("sembilan", .digit(9)), ("sepuluh", .digit(10)),
    ("sebelas", .digit(11)), ("belas", .belas), ("puluh", .puluh), ("ratus ratusan", .ratus), ("seratus", .hundred),
    ("ribu rebu rb ribuan rebuan", .big(1000)), ("juta jt jutaan", .big(1_000_000)),
    ("miliar milyar", .big(1_000_000_000)),
    ("seribu serebu", .one(1000)), ("sejuta sejeti cetiau", .one(1_000_000)),
    ("semiliar semilyar", .one(1_000_000_000)),
    ("setengah", .half), ("seceng", .money(1000)), ("goceng", .money(5000)), ("ceban", .money(10_000)),
    ("noban", .money(20_000)), ("goban", .money(50_000)), ("gocap", .money(50_000)), ("gotiau", .money(5_000_000)),
    ("cepek", .pek(100)), ("nopek", .pek(200)), ("gopek", .pek(500)), ("ceng", .ceng),
  ]

  /// Words by the role that ``TextTablesBuilder`` stores with them.
  static let roles: [(WordRole, [Substring])] = [
    (
      .numeral,
      split(
        "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas seratus seribu serebu sejuta sejeti cetiau "
          + "semiliar semilyar setengah seceng goceng ceban noban goban gocap gotiau cepek nopek gopek")
    ),
    (.currency, split("rp idr")),
    (.nameMask, split("xxxuserxxx username user")),
    (.linkMask, split("url")),
    (.scheme, split("http https www")),
    (.school, split("smp sma smk sd tk mts ma sdn smpn sman smkn man min")),
    (
      .unit,
      split("th thn thun tahun yo y yr yrs kg km cm jam menit mnt hari hr bln bulan pm am pcs wib wit wita aja")
    ),
    (
      .countNoun,
      split(
        "dm dms diamond diamonds dias uc vp cp robux followers follower subs subscriber subscribers koin coin coins poin point "
          + "points view views like likes member members mb gb orang org kali x")
    ),
  ]

  static let functionID: [String] = split(
    "yang yg dan di ke dari dr itu ini aku kamu saya gue gua gw lu lo elu dia kita kami mereka anda kalian ada tidak tdk nggak "
      + "ngga gak ga enggak bukan udah udh sudah belum blm lagi aja saja juga dengan dgn untuk utk buat karena krn kalau kalo klo kok "
      + "sih deh dong nih tuh ya iya yaa apa siapa kapan dimana kapan gimana gmn bagaimana kenapa knp berapa brp bisa mau akan jangan jgn "
      + "harus banget bgt sama kak kakak bang mas mbak dik adik atau tapi tp jadi jd pas terus trus masih pernah sangat lebih semua "
      + "oleh pada sebagai tau gitu gini kayak kyk biar dulu nanti kemarin sekarang emang bgmn kpd mu nya pun"
  ).map(String.init)

  static let functionEN: [String] = split(
    "the and of is are was were i you he she it we they my your his her their this that these those not don't dont doesn't does did "
      + "have has had will would can can't could should what who when where why how with for from at but or if so just im i'm it's its "
      + "him them there here been am u ur r please about because than then some any all get got want know like really our me as be"
  ).map(String.init)

  private static func split(_ words: String) -> [Substring] { words.split(separator: " ") }
}
