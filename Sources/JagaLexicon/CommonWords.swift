/// How often words occur in chat, roughly: patterns are anchored at their rarest words, so that ordinary messages try few of them.
///
/// The figures steer speed alone; any others give the same hits.
enum CommonWords {
  /// What a word costs as an anchor: its occurrences in a million tokens.
  static func cost(of word: String, uses: Int) -> Int {
    // Chat follows the usual law of ranks; the constants fit the first and the hundredth word.
    if let rank = ranks[word] { return 102_000 / (6 + rank) }
    return 20 + uses * 2 / 5
  }

  /// What a special symbol costs as an anchor.
  static func cost(of kind: TokenClass) -> Int {
    switch kind {
    case .any: 800_000
    case .emoji: 100_000
    case .number, .question, .link, .mention: 30_000
    case .amount: 3_000
    case .phone, .account: 300
    }
  }

  private static let ranks = Dictionary(
    uniqueKeysWithValues: list.split(whereSeparator: \.isWhitespace).enumerated().map { (String($1), $0) })

  /// The commonest words of Indonesian and English chat, by rank.
  private static let list = """
    di nya yang aku dan saya tidak ini the ada ke i gue kamu dengan a untuk bisa itu mau lo to dari sudah and u tempat juga kalau
    makan ya it orang saja foto me in on if enak no baru sini tapi my buat that sama jam you jangan biar jadi sangat malam at banget
    banyak of one video dia karena masuk cuma is atau masih kami kita your kirim lewat call hari dm do lagi sekali anak tiap jalan apa
    satu so min rumah pernah suka minta harus for after what by semua send dong kakak are kali sampai om pesan paling lebih can or get
    be kok adalah just pada salah tahu teman now langsung he only gratis kasih terus seperti usah punya she tell more any her sendiri
    who sih sekarang lama bagus not saat beli bayar datang bukan this will besok mencari sayang dua biasa nanti boleh we uang akan oke
    baik tanya bersama when selalu eh like pasti bakal tunggu bawa ku mana gimana bagaimana kapan siapa kenapa berapa an mas bang abang
    adik anda pagi belum dulu setelah begitu begini cari lihat bilang pakai dapat game main id nomor chat how up go with as have
    """
}
