import JagaPollBot
import TestSupport
import Testing

struct TextMaskTests {
  static let rows: [(String, String)] = [
    // Phone numbers.
    ("wa aku 0812-0000-0000 ya", "wa aku [phone] ya"), ("0812 0000 0000", "[phone]"), ("08120000000", "[phone]"),
    ("+62 812 0000 0000", "[phone]"), ("+62812-0000-0000.", "[phone]."), ("62 812 00000000", "[phone]"),
    ("(021) 000-0000", "([phone]"), ("no:081200000000ya", "no:[phone]ya"), ("0 8 1 2 0 0 0 0 0 0", "[phone]"),
    ("o812 0000 0000", "[phone]"), ("０８１２ ００００ ００００", "[phone]"), ("0812\u{200B}00\u{200B}000000", "[phone]"),
    ("nol delapan satu dua nol nol nol nol", "[phone]"), ("zero eight one two three four five", "[phone]"),
    ("0812 nol nol nol 000", "[phone]"), ("0812/0000/0000 atau 0813-0000-0000", "[phone] atau [phone]"),
    // Numbers of any other kind.
    ("rek 1234567890123", "rek [number]"), ("id ml 123456", "id ml [number]"), ("kode 12 34 56 78", "kode [number]"),
    ("lahir 12/05/2010", "lahir [number]"), ("kartu 1111-2222-3333-4444", "kartu [number]"),
    // Numbers of a story stay.
    ("umur 13 kelas 7", "umur 13 kelas 7"), ("tahun 2024 ada 10 orang", "tahun 2024 ada 10 orang"),
    ("50.000 sehari", "50.000 sehari"), ("jam 10.30", "jam 10.30"), ("1. satu 2. dua", "1. satu 2. dua"),
    ("08xx-xxxx-xxxx", "08xx-xxxx-xxxx"), ("satu dua tiga", "satu dua tiga"),
    // Links and e-mail.
    ("lihat https://contoh.example/a?b=1 ya", "lihat [link] ya"), ("www.contoh.example", "[link]"),
    ("bit.ly/abc", "[link]"), ("cek contoh.com.", "cek [link]."), ("t.me/abc", "[link]"), ("CONTOH.CO.ID", "[link]"),
    ("contoh titik com", "[link]"), ("contoh dot com", "[link]"), ("aku.terus lari", "aku.terus lari"),
    ("dst. gitu", "dst. gitu"), ("a@contoh.com", "[email]"), ("tulis ke a.b@contoh.co.id, ya", "tulis ke [email], ya"),
    ("budi @ contoh.com", "[email]"), ("budi at contoh.com", "[email]"), ("budi at contoh dot com", "[email]"),
    // Handles.
    ("follow @contoh_1 ya", "follow [handle] ya"), ("(@contoh)", "([handle])"), ("@ contoh", "[handle]"),
    ("ig: contoh", "ig: [handle]"), ("ig:contoh", "ig:[handle]"), ("IG aku contoh", "IG aku [handle]"),
    ("igku contoh", "igku [handle]"), ("my tiktok is contoh", "my tiktok is [handle]"), ("lewat wa", "lewat wa"),
    ("wa dia diblokir", "wa dia diblokir"), ("ig dan wa", "ig dan wa"),
    ("instagram lebih aman", "instagram lebih aman"),
    // Names.
    ("nama saya budi", "nama saya [name]"), ("Nama saya Budi Santoso dari kota", "Nama saya [name] dari kota"),
    ("namaku siti umur 13", "namaku [name] umur 13"), ("NAMA AKU BUDI", "NAMA AKU [name]"),
    ("nama: budi", "nama: [name]"), ("namanya budi, dia jahat", "namanya [name], dia jahat"),
    ("nama panggilanku dewi aku suka game", "nama panggilanku [name] aku suka game"),
    ("panggil aku dewi aja", "panggil aku [name]"), ("biasa dipanggil dewi", "biasa dipanggil [name]"),
    ("kenalin aku budi", "kenalin aku [name]"),
    ("my name is budi and i like games", "my name is [name] and i like games"),
    ("My name's Budi", "My name's [name]"), ("i'm called dewi", "i'm called [name]"),
    ("I’m called Dewi.", "I’m called [name]."),
    ("i am called dewi", "i am called [name]"), ("call me dewi please", "call me [name] please"),
    ("his name is Budi Santoso Wijaya", "his name is [name]"), ("nama temanku rina", "nama temanku [name]"),
    ("aku takut", "aku takut"), ("aku dipanggil guru", "aku dipanggil guru"),
    ("the game has no name", "the game has no name"),
    ("panggil guru saja", "panggil guru saja"), ("nama saya", "nama saya"), ("", ""), ("   ", "   "),
    // Several at once.
    (
      "nama saya budi, wa 0812-0000-0000, ig: contoh, a@contoh.com",
      "nama saya [name], wa [phone], ig: [handle], [email]"
    ),
    ("baris satu\nnama saya budi", "baris satu\nnama saya [name]"),
  ]

  @Test(arguments: rows) func aTextIsMasked(text: String, masked: String) {
    #expect(TextMask.masked(text) == masked)
  }

  @Test(arguments: rows) func aMaskedTextStaysAsItIs(text: String, masked: String) {
    #expect(TextMask.masked(masked) == masked)
  }

  @Test func anyTextEnds() {
    var random = SeededGenerator.announced("masks")
    let parts = [
      "nama", " ", "saya", "@", ".", "0", "8", "12", ":", "ig", "com", "\n", "+", "o", "at", "é", "👍", "/", "jl", "rt",
      "smpn", "street", "school", "no",
    ]
    for _ in 0..<3_000 {
      let text = (0..<random.below(30)).map { _ in random.pick(parts) }.joined()
      let masked = TextMask.masked(text)
      // No six digits in a row are left.
      #expect(!masked.contains(/[0-9]{6}/), "\(text)")
    }
    let long = String(repeating: "nama 08 ", count: 20_000)
    #expect(!TextMask.masked(long).isEmpty)
  }
}
