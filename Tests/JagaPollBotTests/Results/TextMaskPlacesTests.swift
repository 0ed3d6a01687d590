import JagaPollBot
import Testing

struct TextMaskPlacesTests {
  static let rows: [(String, String)] = [
    // Streets.
    ("rumahku jl. mawar no 3", "rumahku [address]"), ("Jl Mawar Merah No. 12, kota", "[address], kota"),
    ("tinggal di jln melati 5 rt 01 rw 02", "tinggal di [address]"), ("jl.mawar 7", "[address]"),
    ("di Jalan Kenanga nomor 8 ya", "di [address] ya"), ("rt/rw 03/05", "[address]"), ("RT 03 RW 05", "[address]"),
    ("rt03/rw05", "[address]"), ("gang 5 no 2", "[address]"), ("Perumahan Asri Indah blok c no 1", "[address]"),
    ("blok c3", "[address]"), ("blok c no 1", "[address]"), ("I live at 12 Mango Street", "I live at [address]"),
    ("12 mango road, ok", "[address], ok"), ("jl mawar 3 no 0812 0000 0000", "[address]"),
    ("0812 0000 12 Mango Street", "[address]"),
    // And what is none.
    ("jalan sama teman", "jalan sama teman"), ("aku jalan ke sekolah", "aku jalan ke sekolah"),
    ("jalan jalan", "jalan jalan"),
    ("aku blok dia", "aku blok dia"), ("block the account", "block the account"), ("rt dong", "rt dong"),
    ("on the street", "on the street"), ("in the street", "in the street"), ("gang motor", "gang motor"),
    ("cara dia jalan, Aku takut", "cara dia jalan, Aku takut"), ("kampung halaman", "kampung halaman"),
    // Schools.
    ("aku di SMP N 3 Kota Baru", "aku di [school]"), ("SMAN 5", "[school]"), ("sman 1 mawar kak", "[school] kak"),
    ("sekolahku smp negeri 3", "sekolahku [school]"), ("smpn3", "[school]"), ("SD Negeri 01 pagi", "[school]"),
    ("aku sekolah di SMA Harapan", "aku sekolah di [school]"), ("smk n 2", "[school]"), ("man 1", "[school]"),
    ("I go to Mango High School", "I go to [school]"), ("mango high school", "[school]"),
    ("at Mango Tree Academy.", "at [school]."), ("Mango Primary School is fun", "[school] is fun"),
    // And what is none.
    ("aku kelas 2 smp", "aku kelas 2 smp"), ("waktu sd aku takut", "waktu sd aku takut"),
    ("smp kelas 8", "smp kelas 8"),
    ("dulu pas smp 2 tahun lalu", "dulu pas smp 2 tahun lalu"), ("anak SMA suka game", "anak SMA suka game"),
    ("my high school", "my high school"), ("in high school", "in high school"), ("at my school", "at my school"),
    ("school is fun", "school is fun"), ("a man told me", "a man told me"), ("min 5 orang", "min 5 orang"),
    ("tolong min", "tolong min"), ("AKU KELAS SMP BARU", "AKU KELAS SMP BARU"),
    // What was there before, beside them.
    ("a@contoh.com SMAN 5 https://contoh.example", "[email] [school] [link]"), ("kode 123456", "kode [number]"),
  ]

  @Test(arguments: rows) func aPlaceIsMasked(text: String, masked: String) {
    #expect(TextMask.masked(text) == masked)
    #expect(TextMask.masked(masked) == masked)
  }
}
