import JagaCore
import JagaText
import Testing

@Suite struct AmountTests {
  @Test(arguments: [
    ("50rb", 50_000), ("50 rb", 50_000), ("50ribu", 50_000), ("50 rebu", 50_000), ("1,5jt", 1_500_000),
    ("1.5jt", 1_500_000),
    ("1.25jt", 1_250_000), ("1.500rb", 1_500_000), ("Rp50.000,-", 50_000), ("Rp 50.000", 50_000), ("rp. 50000", 50_000),
    ("Rp1.500.000,00", 1_500_000), ("IDR 25,000", 25_000), ("50rb-an", 50_000), ("50rban", 50_000),
    ("50 ribuan", 50_000),
    ("20k", 20_000), ("2.5k", 2500), ("Rp 2 M", 2_000_000_000), ("3 miliar", 3_000_000_000), ("goceng", 5000),
    ("ceban", 10_000),
    ("noban", 20_000), ("goban", 50_000), ("seceng", 1000), ("gopek", 500), ("cepek", 100), ("cepek ceng", 100_000),
    ("gopek ceng", 500_000), ("gocap", 50_000), ("seratus ribu", 100_000), ("setengah juta", 500_000),
    ("sejuta", 1_000_000),
    ("seribu", 1000), ("dua ratus lima puluh ribu", 250_000), ("dua setengah juta", 2_500_000),
    ("lima belas ribu", 15_000),
    ("dua juta lima ratus ribu", 2_500_000), ("sebelas ribu", 11_000), ("2 juta 500 ribu", 2_500_000),
    ("1jt500rb", 1_500_000),
    ("5 ratus ribu", 500_000), ("500 perak", 500), ("seratus ribu rupiah", 100_000), ("75000 rupiah", 75_000),
    ("86.000,-", 86_000), ("dua ribu lima ratus", 2500), ("$50", 800_000), ("50 dollars", 800_000), ("£20", 400_000),
    ("２０ｋ", 20_000), ("9999999999999999rb", 1 << 53),
  ])
  func oneAmount(row: (text: String, rupiah: Int64)) {
    let text = SampleTables.analyze(row.text)
    #expect(text.kinds == [.amount])
    #expect(text.values == [row.rupiah])
    #expect(text.canonicals == ["<amount>"] && text.roots == ["<amount>"])
    #expect(text.begins == [0] && Int(text.ends.first ?? 0) == row.text.utf8.count)
  }

  @Test(arguments: [
    ("kasih 50rb ya", [TokenKind.word, .amount, .word]), ("86 dm", [.number, .word]),
    ("10k followers", [.number, .word]),
    ("100 diamond", [.number, .word]), ("dua kali", [.word, .word]), ("lima ratus", [.word, .word]), ("satu", [.word]),
    ("seratus", [.word]), ("ribuan orang", [.word, .word]), ("50rb 20rb", [.amount, .amount]), ("rp", [.word]),
    ("Rp50rb Rp20rb", [.amount, .amount]), ("seratus ribu sejuta", [.amount, .amount]), ("50.000", [.number]),
    ("20 k", [.number, .word]), ("0812-0000-0000 50rb", [.phone, .amount]), ("50", [.number]),
    ("5 m", [.number, .word]),
    ("50rb.", [.amount, .punctuation]), ("rb 50", [.word, .number]), ("50,-", [.amount]),
    ("50,", [.number, .punctuation]),
  ])
  func kinds(row: (text: String, kinds: [TokenKind])) {
    #expect(SampleTables.analyze(row.text).kinds == row.kinds)
  }

  @Test(arguments: [
    ("50.000", 50_000), ("50,000", 50_000), ("1.234.567", 1_234_567), ("3.5", 3), ("007", 7), ("14.30", 14),
    ("86 dm", 86),
    ("10k followers", 10_000), ("2,5", 2), ("1,234.50", 1234), ("1.234,50", 1234), ("7an", 7), ("0.500", 0),
  ])
  func numbers(row: (text: String, value: Int64)) {
    let text = SampleTables.analyze(row.text)
    #expect(text.kinds.first == .number)
    #expect(text.values.first == row.value)
    #expect(text.canonicals.first == "<number>")
  }
}
