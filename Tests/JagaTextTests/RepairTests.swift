import JagaCore
import JagaText
import TestSupport
import Testing

/// Words without their vowels and words with two letters swapped become the known word that they are a slip or a disguise of.
@Suite struct RepairTests {
  private static func builder(_ words: [String], forms: [String: Int] = [:], phrases: [String] = [])
    -> TextTablesBuilder
  {
    var builder = TextTablesBuilder()
    for word in words { builder.addWord(word, language: .id) }
    for (word, count) in forms.sorted(by: { $0.key < $1.key }) {
      for number in 0..<count { builder.addSlang(form: "\(word)form\(number)q", canonical: [word], language: .id) }
    }
    builder.addPhraseWords(phrases)
    return builder
  }

  private static func analyzer(
    _ words: [String], forms: [String: Int] = [:], phrases: [String] = []
  ) throws -> TextAnalyzer {
    TextAnalyzer(
      tables: try TextTables(section: Section(copying: builder(words, forms: forms, phrases: phrases).build())))
  }

  private static let words = [
    "transfer", "rahasia", "kirim", "teman", "diamond", "foto", "aman", "aku", "pulsa", "hapus",
  ]

  /// What is written, and what stands for it.
  @Test(arguments: [
    // Vowels dropped; the first letter stays.
    ("trnsfr", "transfer"), ("rhs", "rahasia"), ("krm", "kirim"), ("TMN", "teman"), ("dmnd", "diamond"),
    ("amn", "aman"),
    ("pls", "pulsa"), ("hps", "hapus"),
    // Some vowels only, another letter dropped, or too little left: no slip that can be told.
    ("trnsfer", "trnsfer"), ("trnsf", "trnsf"), ("ft", "ft"), ("mn", "mn"), ("dmndz", "dmndz"),
    // Two neighbours swapped.
    ("trasnfer", "transfer"), ("rahsaia", "rahasia"), ("ikrim", "kirim"), ("temna", "teman"), ("Pulas", "pulsa"),
    ("hapsu", "hapus"), ("ofto", "foto"),
    // Two swaps, or letters that are no neighbours.
    ("trasnfre", "trasnfre"), ("ranafser", "ranafser"), ("mirik", "mirik"), ("aslup", "aslup"),
    // Words of three letters have too many neighbours.
    ("auk", "auk"), ("kau", "kau"), ("kua", "kua"),
    // What is known stands for itself.
    ("transfer", "transfer"), ("foto", "foto"),
  ]) func slips(_ written: String, _ canonical: String) throws {
    let text = try Self.analyzer(Self.words).analyze(written)
    #expect(text.canonicals == [canonical])
    #expect(text.flags[0].contains(.slang) == (written.lowercased() != canonical))
  }

  /// A key that fits several words: word of a phrase first, then the number of chat forms; a tie stands for none.
  @Test(
    arguments: [
      ([:], [], "krm", "krm"), (["kirim": 1], [], "krm", "kirim"), (["karam": 2, "kirim": 1], [], "krm", "karam"),
      (["karam": 2, "kirim": 2], [], "krm", "krm"), (["karam": 9], ["kirim"], "krm", "kirim"),
      ([:], ["karam", "kirim"], "krm", "krm"),
      ([:], [], "trali", "trali"), (["trail": 1], [], "trali", "trail"), ([:], ["trail"], "trali", "trail"),
      // Of words with the same letters the one that matters most is the only one that slips are repaired to.
      ([:], ["trial"], "trali", "trali"), ([:], ["trial"], "rtial", "trial"),
      ([:], ["trail", "trial"], "trali", "trali"),
    ] as [([String: Int], [String], String, String)])
  func rivals(_ forms: [String: Int], _ phrases: [String], _ written: String, _ canonical: String) throws {
    let analyzer = try Self.analyzer(["kirim", "karam", "trail", "trial"], forms: forms, phrases: phrases)
    #expect(analyzer.analyze(written).canonicals == [canonical])
  }

  /// Words of phrases stand for themselves though no list has them, and so does what is slang already.
  @Test func whatMeansSomethingIsNoSlip() throws {
    let phrase = try Self.analyzer(["kirim", "trail"], phrases: ["krm", "trial"])
    #expect(phrase.analyze("krm trial").canonicals == ["krm", "trial"])
    var builder = Self.builder(["kirim", "karam", "trail"])
    builder.addSlang(form: "krm", canonical: ["karam"], language: .id)
    builder.addSlang(form: "trial", canonical: ["coba"], language: .id)
    let slang = TextAnalyzer(tables: try TextTables(section: Section(copying: builder.build())))
    #expect(slang.analyze("krm trial").canonicals == ["karam", "coba"])
  }

  /// Two words of phrases that differ by a swap stay apart, however many chat forms one of them has.
  @Test func aWordOfAPhraseIsNotASlipOfAnother() throws {
    let analyzer = try Self.analyzer([], forms: ["trail": 3], phrases: ["trail", "trial"])
    #expect(analyzer.analyze("trail trial").canonicals == ["trail", "trial"])
  }

  @Test func offsetsStillSliceTheOriginal() throws {
    let analyzer = try Self.analyzer(Self.words)
    let source = "Ya, TRNSFR dulu ke temna😀 rhs!"
    let text = analyzer.analyze(source)
    #expect(text.canonicals == ["ya", ",", "transfer", "dulu", "ke", "teman", "😀", "rahasia", "!"])
    let bytes = Array(source.utf8)
    let slices = zip(text.begins, text.ends).map { String(decoding: bytes[Int($0)..<Int($1)], as: UTF8.self) }
    #expect(slices == ["Ya", ",", "TRNSFR", "dulu", "ke", "temna", "😀", "rhs", "!"])
    #expect(text.surfaces == slices.map { $0.lowercased() })
  }

  /// A word met before, by itself or among others, is analysed as one met for the first time.
  @Test func rememberedWordsAreRepairedAlike() throws {
    let used = try Self.analyzer(Self.words)
    let texts = ["trnsfr", "temna krm", "trnsfr trnsfr trasnfer", "rahsaia, rhs", "mirik trnsfr ofto"]
    for text in texts + texts.reversed() + texts {
      let fresh = try Self.analyzer(Self.words).analyze(text)
      let isSame = WayPair.isEqual(used.analyze(text), fresh)
      #expect(isSame, "\(text)")
    }
  }

  /// Letters that no list has, so that nothing but repairs can happen to a word; no letter twice in a row, which is elongation, and no two
  /// letters in turn, which is laughter.
  @Test func generatedSlipsAreThoseOfASlowReference() throws {
    let seed: UInt64 = 83
    var dice = Dice(seed: seed)
    let consonants = Array("xzqvj".utf8)
    let vowels = Array("aeiou".utf8)
    func word(_ length: Int) -> String {
      var letters: [UInt8] = []
      while letters.count < length {
        let letter = dice.chance(50) ? dice.pick(vowels) : dice.pick(consonants)
        if letters.last != letter { letters.append(letter) }
      }
      return String(decoding: letters, as: UTF8.self)
    }
    var repaired = 0
    for round in 0..<40 {
      let words = Set((0..<60).map { _ in word(3 + dice.below(4)) }).sorted()
      // Some of one word's letters in another order, so that keys have rivals.
      let twins = words.prefix(20).compactMap { SlowRepair.swapped($0, at: dice.below($0.utf8.count - 1)) }
      let all = Set(words + twins).sorted()
      let forms = Dictionary(uniqueKeysWithValues: all.filter { _ in dice.chance(40) }.map { ($0, 1 + dice.below(3)) })
      let phrases = all.filter { _ in dice.chance(20) }
      let reference = SlowRepair(words: all, forms: forms, phrases: phrases)
      let analyzer = try Self.analyzer(all, forms: forms, phrases: phrases)
      let slips =
        all.flatMap { word in (0..<word.utf8.count - 1).compactMap { SlowRepair.swapped(word, at: $0) } }
        + all.map(SlowRepair.bare) + (0..<50).map { _ in word(4) }
      for slip in Set(slips).sorted()
      where Set(slip.utf8).count > 2 && zip(slip.utf8, slip.utf8.dropFirst()).allSatisfy(!=) {
        let expected = reference.canonical(slip)
        #expect(analyzer.analyze(slip).canonicals == [expected], "seed \(seed), round \(round), \(slip)")
        repaired += expected == slip ? 0 : 1
      }
    }
    #expect(repaired > 1000, "seed \(seed)")
  }
}

/// Repairs by their definition, over whole lists.
private struct SlowRepair {
  private let weights: [String: Int]

  init(words: [String], forms: [String: Int], phrases: [String]) {
    var weights = Dictionary(uniqueKeysWithValues: words.map { ($0, 0) })
    for (word, count) in forms { weights[word, default: 0] += count }
    for word in phrases { weights[word, default: 0] += 100 }
    self.weights = weights
  }

  func canonical(_ written: String) -> String {
    if weights[written] != nil { return written }
    let long = weights.filter { $0.key.utf8.count >= 4 }
    if written.utf8.count >= 3, let word = heaviest(long.filter { $0.key != written && Self.bare($0.key) == written }) {
      return word
    }
    guard written.utf8.count >= 4, let word = heaviest(long.filter { $0.key.utf8.sorted() == written.utf8.sorted() })
    else { return written }
    let isSwap = (0..<word.utf8.count - 1).contains { Self.swapped(word, at: $0) == written }
    return isSwap ? word : written
  }

  /// The only one of the greatest weight.
  private func heaviest(_ rivals: [String: Int]) -> String? {
    let most = rivals.filter { $0.value == rivals.values.max() }
    return most.count == 1 ? most.first?.key : nil
  }

  /// Without the vowels after the first letter.
  static func bare(_ word: String) -> String {
    String(word.prefix(1)) + word.dropFirst().filter { !"aeiou".contains($0) }
  }

  /// With two neighbours swapped; nil where they are the same.
  static func swapped(_ word: String, at place: Int) -> String? {
    var letters = Array(word.utf8)
    guard letters[place] != letters[place + 1] else { return nil }
    letters.swapAt(place, place + 1)
    return String(decoding: letters, as: UTF8.self)
  }
}
