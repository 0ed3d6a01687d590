/// Makes text that looks like chat, like an attack, or like nothing at all.
public enum HostileText {
  /// Pieces of chat in plain ASCII, with everything that the chat layer treats specially.
  public static let asciiPieces: [String] = [
    "aku", "kamu", "foto", "Foto", "KIRIM", "maluuuu", "saat", "gpp", "gw", "tmnku", "ngirimin", "fotoin", "r4h4s1a",
    "s@y@",
    "mp3", "ff4", "b2b", "2x", "10k", "smp2", "foto2", "foto2nya", "foto-foto", "teman-temannya", "k e l a s", "p a p",
    "r.a.h.a.s.i.a", "v-c-s", "50rb", "1,5jt", "1.5jt", "Rp50.000,-", "rp 20 rb", "50rb-an", "goceng", "seratus ribu",
    "setengah juta", "cepek ceng", "86 dm", "10k followers", "0812-0000-0000", "+62 812 0000 0000", "08xx-xxxx-xxxx",
    "1234567890", "https://example.com/a?b=1", "t.me/abc", "www.example.org", "toko.co.id", "a@b.com", "@nama_ku",
    "@ku",
    "xxxuserxxx", "[USERNAME]", "<USER>", "URL", "can't", "friend's", "jum'at", "wkwkwk", "hahaha", "sends", "tried",
    "$50",
    "50 dollars", "2 juta 500 ribu", "jam 7an", "umur15", "5menit", "??", "!!!", "...", ":)", "a", "g", "x", "1", "0",
    "99",
    "the", "you", "yang", "di", "dua", "satu", "rp", "http", "url", "an", "x x x", "a b c d", "<3", "~", "_", "*", "'",
  ]

  /// What stands between pieces.
  public static let asciiGlue: [String] = [
    " ", " ", " ", " ", "  ", "", "", "\n", "\t", "\r\n", ".", ",", "-", "'", "*", "@", "$", "/", ":", "!", "\u{0}",
    "\u{7f}",
  ]

  /// Pieces beyond ASCII: disguises, emoji, other scripts, what normalisation expands, drops or reorders.
  public static let foreignPieces: [String] = [
    "о", "а", "е", "фото", "привет", "ухо", "ｆｏｔｏ", "𝗳𝗼𝘁𝗼", "f\u{336}o\u{336}to", "f\u{200B}o\u{200B}to", "café",
    "cafe\u{301}", "temen²", "😀", "fo😀to", "👍🏽", "👨\u{200D}👩\u{200D}👧", "🇮🇩", "🇮", "❤\u{FE0F}", "1\u{FE0F}\u{20E3}",
    "🏴\u{E0067}\u{E0062}\u{E007F}", "’", "don’t", "“", "–", "…", "½", "x½y", "ﷺ", "㎏", "ﬁ", "Ⅷ", "ß", "İ", "ı", "ſ",
    "K", "漢字",
    "カタカナ", "สวัสดีครับ", "안녕", "\u{1100}\u{1161}", "مرحبا", "שלום", "हिन्दी", "\u{301}", "\u{327}\u{301}", "\u{f73}",
    "\u{200D}", "\u{200C}", "\u{AD}", "\u{FEFF}", "\u{202E}", "\u{A0}", "\u{2028}", "\u{85}", "\u{FFFD}", "\u{10FFFF}",
    "\u{E000}", "€5", "£20", "·", "•", "f•o•t•o", "٣", "Ω", "ᴘᴀᴘ", "\u{1F3FD}", "＄", "＠", "？", "ａ．ｂ",
  ]

  /// Bytes that are not UTF-8.
  public static let brokenBytes: [[UInt8]] = [
    [0xff], [0xc3], [0xe2, 0x80], [0xf0, 0x9f, 0x98], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0x80],
    [0xf4, 0x90, 0x80, 0x80],
  ]

  /// One to eight pieces of ASCII chat.
  public static func ascii(_ random: inout SeededGenerator) -> [UInt8] {
    if random.below(4) == 0 { return (0..<random.below(40)).map { _ in UInt8(random.below(128)) } }
    if random.below(4) == 0 {
      let letters = Array("aaeiiouknmtrs0134527@$.,-' xz\n".utf8)
      return (0..<random.below(30)).map { _ in random.pick(letters) }
    }
    var text: [UInt8] = []
    for _ in 0...random.below(8) {
      text += random.pick(asciiPieces).utf8
      text += random.pick(asciiGlue).utf8
    }
    return text
  }

  /// Chat with foreign pieces in between, and broken bytes in one text of eight.
  public static func mixed(_ random: inout SeededGenerator) -> [UInt8] {
    let breaks = random.below(8) == 0
    var text: [UInt8] = []
    for _ in 0...random.below(8) {
      switch random.below(breaks ? 4 : 3) {
      case 0: text += random.pick(asciiPieces).utf8
      case 3: text += random.pick(brokenBytes)
      default: text += random.pick(foreignPieces).utf8
      }
      if random.below(2) == 0 { text += random.pick(asciiGlue).utf8 }
    }
    return text
  }

  /// Scalars of all planes that are in use, in clusters of neighbours so that scripts meet themselves and others.
  public static func scalars(_ random: inout SeededGenerator) -> [UInt8] {
    var text = ""
    for _ in 0...random.below(5) {
      let start = UInt32(random.below(random.below(3) == 0 ? 0x1FBFF : 0x3100))
      for _ in 0...random.below(3) {
        if let scalar = Unicode.Scalar(start + UInt32(random.below(40))) { text.unicodeScalars.append(scalar) }
      }
      if random.below(3) == 0 { text += random.pick(asciiGlue) }
      if random.below(3) == 0 { text += random.pick(asciiPieces) }
    }
    return Array(text.utf8)
  }
}
