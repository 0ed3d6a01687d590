import Foundation
import JagaAuthoring
import JagaCore
import JagaLexicon
import JagaRules
import JagaText
import Testing

struct CompileTests {
  static let context = """
    language: id
    track: context
    lists:
      reward: [diamond, "weekly pass", pulsa]
    entries:
      - id: id.context.negator
        phrases: [tidak, jangan]
        note: negators
      - id: id.context.picture
        phrases: ["foto?  (diri|kamu)", foto]
        note: pictures
    """

  static let topup = """
    language: id
    track: topup
    lists:
      giver: [gue, "aku {kin}"]
      kin: [kakak, om]
    entries:
      - id: id.topup.offer.credit
        label: topup.offer
        phrases:
          - "{giver} (isiin|beliin) ~2 {reward}"
          - "{reward} gratis"
        weight: 1.25
        source: "seed 003"
      - id: id.topup.condition.asal
        label: topup.condition
        phrases: ["(asal|syaratnya)", "=harus dulu"]
        sensitivity: coded
        note: conditions
    rules:
      - id: id.topup.rule.offer-then-picture
        when: {all: [{hit: id.topup.offer.*}, {hit: id.context.picture, negated: false}]}
        earlier: [{any: ["label:topup.*"], author: same, within: 4}]
        votes: {topup.request: 1.5, move: 0.5, disclosure: -1}
        source: "seed 003"
    """

  static let slang = """
    language: id
    slang:
      tidak: [gak, no]
      "tidak apa apa": [gpp]
    """

  static func directory(reversed: Bool = false) -> LexiconSourceDirectory {
    let files = [
      LexiconSourceFile(path: "lexicons/id/context.yaml", text: context),
      LexiconSourceFile(path: "lexicons/id/topup.yaml", text: topup),
      LexiconSourceFile(path: "lexicons/id/slang.yaml", text: slang),
      LexiconSourceFile(
        path: "lexicons/id/words.yaml", text: "language: id\nroots: [kirim, foto]\nwords: [yang, no]\n"),
    ]
    return LexiconSourceDirectory(files: reversed ? files.reversed() : files)
  }

  private func open() throws -> (Lexicon, RuleSet, TextAnalyzer) {
    let compilation = LexiconCompiler.compile(CompileTests.directory())
    #expect(compilation.findings.map(\.description) == [])
    let compiled = try #require(compilation.compiled)
    let lexicon = try Lexicon(section: Section(copying: compiled.lexicon))
    let rules = try RuleSet(section: Section(copying: compiled.rules), lexicon: lexicon)
    let tables = try TextTables(section: Section(copying: compiled.text))
    return (lexicon, rules, TextAnalyzer(tables: tables))
  }

  @Test func compilesEntriesAndRules() throws {
    let (lexicon, rules, _) = try open()
    #expect(
      (0..<UInt32(lexicon.count)).map { lexicon.id(of: $0) } == [
        "id.context.negator", "id.context.picture", "id.topup.condition.asal", "id.topup.offer.credit",
      ])
    let offer = try #require(lexicon.entry(id: "id.topup.offer.credit"))
    #expect(lexicon.label(of: offer) == .topupOffer)
    #expect(lexicon.weight(of: offer) == 1.25)
    #expect(lexicon.source(of: offer) == "seed 003")
    #expect(lexicon.sensitivity(of: try #require(lexicon.entry(id: "id.topup.condition.asal"))) == .coded)
    #expect(rules.count == 1 && rules.markCount == 1 && rules.needsHistory(0))
    #expect(rules.id(of: 0) == "id.topup.rule.offer-then-picture" && rules.source(of: 0) == "seed 003")
    let votes = Array(rules.votes(of: 0))
    #expect(
      votes[Int(Label.topupRequest.rawValue)] == 1536 && votes[Head.move] == 2048 && votes[Head.disclosure] == -1024)
  }

  @Test(arguments: [
    ("aku om beliin lo weekly pass ya", ["id.topup.offer.credit 0..<6"]),
    ("Weekly Pass, gratis!", ["id.topup.offer.credit 0..<4"]),
    ("gak usah foto kamu", ["id.context.negator 0..<1", "id.context.picture 2..<4"]),
    ("gpp", ["id.context.negator 0..<1"]),
    ("harus dulu ya", ["id.topup.condition.asal 0..<2"]),
    ("halo apa kabar", []),
  ])
  func matchesAnalyzedText(_ source: String, _ expected: [String]) throws {
    let (lexicon, _, analyzer) = try open()
    var scratch = LexiconScratch()
    var hits: [LexiconHit] = []
    lexicon.match(analyzer.analyze(source), scratch: &scratch, into: &hits)
    #expect(hits.map { "\(lexicon.id(of: $0.entry)) \($0.begin)..<\($0.end)" } == expected)
  }

  /// A phrase may be written in any spelling: the analyzer's own canonical forms are what is compiled.
  @Test func spellingsOfPhrasesAreResolved() throws {
    let files = [
      LexiconSourceFile(
        path: "lexicons/en/slang.yaml", text: "language: en\nslang:\n  \"do not\": [dont]\n  you: [u]\n"),
      LexiconSourceFile(
        path: "lexicons/en/context.yaml",
        text:
          "language: en\ntrack: context\nentries:\n  - {id: en.context.a, phrases: [\"dont tell (u|you)\"], note: n}\n"),
    ]
    let compiled = try #require(LexiconCompiler.compile(LexiconSourceDirectory(files: files)).compiled)
    let lexicon = try Lexicon(section: Section(copying: compiled.lexicon))
    let analyzer = TextAnalyzer(tables: try TextTables(section: Section(copying: compiled.text)))
    var scratch = LexiconScratch()
    var hits: [LexiconHit] = []
    for text in ["dont tell u", "do not tell you", "DONT tell you"] {
      lexicon.match(analyzer.analyze(text), scratch: &scratch, into: &hits)
      #expect(hits.count == 1, "\(text)")
    }
  }

  /// Hits of one context entry, with these phrases and words, in a text.
  private func hits(_ phrases: String, _ text: String, words: String = "words: [siapa, foto, kamu]") throws -> Int {
    let files = [
      LexiconSourceFile(path: "lexicons/id/words.yaml", text: "language: id\n\(words)\n"),
      LexiconSourceFile(
        path: "lexicons/id/context.yaml",
        text: "language: id\ntrack: context\nlists: {who: [\"siapa siapa\", kamu]}\nentries:\n"
          + "  - {id: id.context.a, phrases: [\(phrases)], note: n}\n"),
    ]
    let compilation = LexiconCompiler.compile(LexiconSourceDirectory(files: files))
    #expect(compilation.findings.map(\.description) == [])
    let compiled = try #require(compilation.compiled)
    let lexicon = try Lexicon(section: Section(copying: compiled.lexicon))
    let analyzer = TextAnalyzer(tables: try TextTables(section: Section(copying: compiled.text)))
    var scratch = LexiconScratch()
    var hits: [LexiconHit] = []
    lexicon.match(analyzer.analyze(text), scratch: &scratch, into: &hits)
    return hits.count
  }

  /// A doubled word is one token where a hyphen or a 2 joins it: a phrase that doubles it finds every spelling.
  @Test(arguments: [
    "\"foto siapa siapa\"", "\"foto (siapa siapa|dia)\"", "\"foto {who}\"", "\"foto siapa siapa kamu?\"",
  ])
  func doubledWordsMatchHoweverTheyAreWritten(_ phrase: String) throws {
    for text in ["foto siapa siapa", "foto siapa-siapa", "foto siapa2", "foto siapa"] {
      #expect(try hits(phrase, text) == 1, "\(text)")
    }
    #expect(try hits(phrase, "siapa foto") == 0)
  }

  @Test func onlyTheRepetitionMayBeMissing() throws {
    #expect(try hits("\"siapa siapa\"", "foto kamu") == 0)
    #expect(try hits("\"foto siapa foto\"", "foto siapa") == 0, "not in a row")
    #expect(try hits("\"foto kamu kamu siapa\"", "foto siapa") == 0)
    #expect(try hits("\"foto kamu kamu siapa\"", "foto kamu siapa") == 1)
    #expect(try hits("\"foto ~2 foto\"", "foto") == 0, "a gap stands between")
  }

  /// A word of a phrase that no list has means itself, though it looks like a slip of a word of a list; that word does not match it.
  @Test(arguments: [("kiat", "kita"), ("kdrt", "kodrat"), ("asma", "sama")])
  func wordsOfPhrasesAreNoSlips(_ word: String, _ known: String) throws {
    let words = "words: [kita, kodrat, sama]"
    #expect(try hits("\"\(word)\"", "ada \(word)", words: words) == 1)
    #expect(try hits("\"\(word)\"", "ada \(known)", words: words) == 0)
    #expect(try hits("\"\(known)\"", "ada \(known)", words: words) == 1)
    // Where no phrase has it, it is one.
    #expect(try hits("\"\(known)\"", "ada \(word)", words: words) == 1)
    #expect(try hits("\"\(known)\", \"x \(word)\"", "ada \(word)", words: words) == 0)
  }

  /// A phrase may name any word of a class, and it finds all of them; so does one that names the class.
  @Test func neutralWordsOfAPhraseAreTheirClass() throws {
    let words = "neutral: {anyname: [budi, siti], aku: [gue, saya]}"
    for phrase in ["\"kirim budi\"", "\"kirim siti\"", "\"kirim anyname\""] {
      for text in ["kirim budi", "kirim Siti", "KIRIM BUDI"] { #expect(try hits(phrase, text, words: words) == 1) }
      #expect(try hits(phrase, "kirim gue", words: words) == 0)
    }
    #expect(try hits("\"gue kirim\"", "saya kirim", words: words) == 1)
    #expect(try hits("\"saya kirim\"", "aku kirim", words: words) == 1)
  }

  /// A file of neutral words alone is one, and its words are counted; what is not a mapping from classes to lists of words is reported.
  @Test(
    arguments: [
      ("neutral: {anyname: [budi, siti], anyplace: [medan]}", 3, []),
      (
        "neutral: [budi]", 0,
        ["lexicons/any/neutral.yaml:2:10: error: 'neutral' must be a mapping from classes to lists of words"]
      ),
      ("neutral: {anyname: budi}", 0, ["lexicons/any/neutral.yaml:2:20: error: 'anyname' must be a list of words"]),
      ("neutral: {anyname: [two words]}", 0, nil),
    ] as [(String, Int, [String]?)])
  func neutralFiles(_ text: String, _ count: Int, _ findings: [String]?) {
    let compilation = LexiconCompiler.compile(
      LexiconSourceDirectory(files: [
        LexiconSourceFile(path: "lexicons/any/neutral.yaml", text: "language: any\n\(text)\n")
      ]))
    #expect(compilation.statistics.words == count)
    if let findings {
      #expect(compilation.findings.map(\.description) == findings)
    } else {
      #expect(!compilation.findings.isEmpty)
    }
  }

  @Test func bytesDoNotDependOnTheOrderOfFiles() throws {
    let forward = try #require(LexiconCompiler.compile(CompileTests.directory()).compiled)
    let backward = try #require(LexiconCompiler.compile(CompileTests.directory(reversed: true)).compiled)
    #expect(forward.lexicon == backward.lexicon)
    #expect(forward.rules == backward.rules)
    #expect(forward.text == backward.text)
  }

  @Test func countsWhatThereIs() {
    let statistics = LexiconCompiler.compile(CompileTests.directory()).statistics
    #expect(statistics.entries == 4 && statistics.phrases == 8 && statistics.rules == 1)
    #expect(statistics.slangForms == 3 && statistics.words == 4)
    #expect(
      statistics.rows.map { "\($0.language) \($0.label) \($0.entries) \($0.phrases) \($0.coded)" } == [
        "id - 2 4 0", "id topup.offer 1 2 0", "id topup.condition 1 2 1", "id rule 1 0 0",
      ])
  }

  @Test func listsOfContextFilesAreShared() {
    let any = LexiconSourceFile(
      path: "lexicons/any/context.yaml", text: "language: any\ntrack: context\nlists: {game: [ml], kin: [x]}\n")
    let english = LexiconSourceFile(
      path: "lexicons/en/topup.yaml",
      text: """
        language: en
        track: topup
        entries:
          - {id: en.topup.offer.game, label: topup.offer, phrases: ["{game} skin"], note: n}
          - {id: en.topup.offer.reward, label: topup.offer, phrases: ["{reward}"], note: "a list of the other language"}
        """)
    let compilation = LexiconCompiler.compile(
      LexiconSourceDirectory(files: CompileTests.directory().files + [any, english]))
    #expect(
      compilation.findings.map(\.description) == ["lexicons/en/topup.yaml:5:64: error: unknown list '{reward}'"])
  }

  @Test func leavesTheBotsTextsAlone() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lexicons-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder.appending(path: "id"), withIntermediateDirectories: true)
    let names = [
      "helplines.yaml", "id/responses.yaml", "id/response-checks.yaml", "id/urgency.yaml", "id/common-words.txt",
      "id/more-responses.yaml",
    ]
    for name in names { try Data("language: id\n".utf8).write(to: folder.appending(path: name)) }
    let directory = try LexiconSourceDirectory(path: folder.path())
    #expect(
      directory.files.map { $0.path.split(separator: "/").suffix(2).joined(separator: "/") } == [
        "id/more-responses.yaml"
      ])
    try FileManager.default.removeItem(at: folder.appending(path: "id/more-responses.yaml"))
    #expect(throws: LexiconSourceError.self) { try LexiconSourceDirectory(path: folder.path()) }
  }

  @Test func readsADirectory() throws {
    let root = Fixtures.root.appending(path: "faulty").path()
    let directory = try LexiconSourceDirectory(path: root)
    #expect(directory.files.count == (try Fixtures.directory("faulty").count))
    #expect(throws: LexiconSourceError.notADirectory(path: "/nowhere")) { try LexiconSourceDirectory(path: "/nowhere") }
    #expect(
      LexiconSourceError.notADirectory(path: "/nowhere").sentence
        == "'/nowhere' is not a directory that can be read; give the folder that holds the .yaml files")
  }
}
