import JagaCore
import JagaLexicon
import JagaRules
import JagaText
import TestSupport
import Testing

struct RuleSetTests {
  private static let ids = [
    "negator", "reported", "particle", "question", "send", "picture", "credit", "condition",
  ].map { "id.context.\($0)" }

  private func condition(_ dice: inout Dice, depth: Int) -> RuleCondition {
    func set(_ dice: inout Dice) -> EntrySet { EntrySet((0...dice.below(2)).map { _ in dice.pick(RuleSetTests.ids) }) }
    if depth < 5, dice.chance(45) {
      let parts = (0...dice.below(3)).map { _ in condition(&dice, depth: depth + 1) }
      return [.all(parts), .any(parts), .none(parts)][dice.below(3)]
    }
    switch dice.below(10) {
    case 0, 1, 2:
      let required = HitAttributes(rawValue: dice.chance(40) ? 1 << UInt8(dice.below(4)) : 0)
      let forbidden = HitAttributes(rawValue: dice.chance(30) ? 1 << UInt8(dice.below(4)) : 0)
      return .hit(set(&dice), required: required, forbidden: forbidden)
    case 3, 4: return .sequence((0...(1 + dice.below(2))).map { _ in set(&dice) }, within: dice.below(5))
    case 5: return .near(set(&dice), set(&dice), within: dice.below(4))
    case 6: return .amount(min: dice.chance(50) ? 5 : nil, max: dice.chance(50) ? 8 : nil)
    case 7: return .kind(dice.pick([.link, .phone, .amount]))
    case 8: return dice.chance(50) ? .question : .language(LanguageSet(dice.pick(Language.allCases)))
    default: return .tokens(min: dice.below(4), max: dice.chance(50) ? 3 + dice.below(6) : nil)
    }
  }

  private func text(_ dice: inout Dice) -> AnalyzedText {
    let words = [
      "jangan", "tidak", "usah", "katanya", "dia", "bilang", "ayo", "apa", "kirim", "foto", "kamu", "diamond", "asal",
      "a", "b",
      ",", "?", ".", "<amount:3>", "<amount:7>", "<link>", "<phone>",
    ]
    let source = (0..<dice.below(16)).map { _ in dice.pick(words) }.joined(separator: " ")
    return SpaceAnalyzer(language: dice.pick(Language.allCases)).analyze(source)
  }

  /// 24,000 conditions on texts against the interpreter of trees.
  @Test(arguments: [1, 2] as [UInt64]) func agreesWithNaiveRules(seed: UInt64) throws {
    let bench = try RuleBench(when: "{hit: id.context.send}")
    var dice = Dice(seed: seed)
    var scratch = RuleScratch()
    var held = 0
    for round in 0..<100 {
      var builder = RuleSetBuilder()
      let conditions = (0..<20).map { _ in condition(&dice, depth: 1) }
      for (number, condition) in conditions.enumerated() {
        builder.add(RuleDefinition(id: "id.context.rule.r\(100 + number)", condition: condition, votes: VoteRow()))
      }
      let rules = try RuleSet(section: Section(copying: builder.build(over: bench.lexicon)), lexicon: bench.lexicon)
      for _ in 0..<6 {
        let text = text(&dice)
        let hits = bench.hits(text)
        var findings: [RuleFinding] = []
        var pending: [RuleFinding] = []
        _ = rules.evaluate(text, hits: hits, scratch: &scratch, into: &findings, pending: &pending)
        let naive = NaiveRules(
          lexicon: bench.lexicon, attributes: rules.attributes(of: hits, in: text), hits: hits, text: text)
        let expected = conditions.indices.compactMap { number in
          naive.truth(conditions[number]).map {
            RuleFinding(rule: UInt32(number), begin: $0.lowerBound, end: $0.upperBound)
          }
        }
        held += expected.count
        if findings != expected {
          Issue.record("seed \(seed), round \(round): \(findings), expected \(expected) of \(conditions)")
          return
        }
      }
    }
    #expect(held > 3_000 && held < 10_000)
  }

  @Test func rulesAreNumberedByID() throws {
    let bench = try RuleBench(
      """
        - {id: id.context.rule.z, when: {hit: id.context.send}, votes: {benign: 1.5}, source: s}
        - {id: id.context.rule.a, when: {hit: id.context.send}, votes: {topup.request: 1, move: -0.5}, note: n}
      """)
    #expect(bench.findings("kirim") == ["a 0..<1", "z 0..<1"])
    let first = Array(bench.rules.votes(of: 0))
    #expect(first[Int(Label.topupRequest.rawValue)] == 1024 && first[Head.move] == 512 && first[Head.disclosure] == 0)
    let second = Array(bench.rules.votes(of: 1))
    #expect(second[Head.move] == -1536 && second[Head.disclosure] == -1536)
    #expect(bench.rules.source(of: 1) == "s" && bench.rules.note(of: 0) == "n" && bench.rules.language(of: 0) == .id)
  }

  @Test func scratchForgetsTheLastMessage() throws {
    let bench = try RuleBench(when: "{all: [{hit: id.context.send}, {hit: id.context.picture, negated: true}]}")
    var scratch = RuleScratch()
    for (source, count) in [
      ("kirim jangan foto", 1), ("kirim", 0), ("jangan foto", 0), ("kirim , jangan foto", 1), ("", 0),
    ] {
      let text = SpaceAnalyzer().analyze(source)
      var findings: [RuleFinding] = []
      var pending: [RuleFinding] = []
      _ = bench.rules.evaluate(text, hits: bench.hits(text), scratch: &scratch, into: &findings, pending: &pending)
      #expect(findings.count == count, "\(source)")
    }
  }

  @Test func refusesWhatCannotBeCompiled() throws {
    let bench = try RuleBench(when: "{hit: id.context.send}")
    func error(_ rules: RuleDefinition...) -> RuleBuildError? {
      var builder = RuleSetBuilder()
      for rule in rules { builder.add(rule) }
      do throws(RuleBuildError) { _ = try builder.build(over: bench.lexicon) } catch { return error }
      return nil
    }
    let send = EntrySet(["id.context.send"])
    func rule(_ id: String, _ condition: RuleCondition? = nil, earlier: [HistoryCondition] = []) -> RuleDefinition {
      RuleDefinition(
        id: id, condition: condition ?? .hit(send, required: [], forbidden: []), earlier: earlier, votes: VoteRow())
    }
    #expect(error(rule("a"), rule("a")) == .duplicateID("a"))
    #expect(
      error(rule("a", .hit(EntrySet(["x"]), required: [], forbidden: []))) == .unknownEntry(rule: "a", entry: "x"))
    #expect(
      error(rule("a", earlier: [HistoryCondition(entries: EntrySet(["x"]))])) == .unknownEntry(rule: "a", entry: "x"))
    #expect(
      error(rule("a", earlier: [HistoryCondition(entries: send, rules: ["b"])])) == .unknownRule(rule: "a", wanted: "b")
    )
    #expect(error(rule("a", earlier: [HistoryCondition(entries: send, within: 13)])) == .reach(rule: "a", within: 13))
    #expect(
      error(
        rule("a", earlier: [HistoryCondition(entries: EntrySet([]), rules: ["b"])]),
        rule("b", earlier: [HistoryCondition(entries: send)])) == .rulesChain(rule: "a", wanted: "b"))
    #expect(error(rule("a", .all([.any([.none([.all([.any([.question])])])])]))) == .tooDeep(rule: "a", depth: 5))
  }

  private static let rich = """
      - id: id.context.rule.a
        when: {all: [{any: [{hit: id.context.send, negated: false}, {kind: link}]}, {none: [{amount: {min: 5}}]}]}
        votes: {topup.request: 1}
        note: n
      - id: id.context.rule.b
        when: {any: [{sequence: [id.context.send, id.context.picture], within: 3}, {near: [id.context.send, id.context.credit]}]}
        earlier: [{any: [id.context.credit, id.context.rule.a], author: same, within: 3}]
        unless_earlier: [{any: id.context.condition}]
        votes: {move: 1}
        note: n
      - id: id.context.rule.c
        when: {all: [{question: true}, {language: [id, mix]}, {tokens: {max: 9}}]}
        votes: {disclosure: 1}
        note: n
    """

  @Test func truncatedSectionsAreRefused() throws {
    let bench = try RuleBench(RuleSetTests.rich)
    for length in 0..<bench.compiled.rules.count {
      #expect(throws: SectionError.self) {
        try RuleSet(section: Section(copying: Array(bench.compiled.rules.prefix(length))), lexicon: bench.lexicon)
      }
    }
  }

  /// A flipped bit is either refused or harmless.
  @Test func flippedBitsNeverCrash() throws {
    struct Everything: RuleHistory {
      var count: Int { 12 }
      func marks(age: Int) -> HistoryMarks {
        var marks = HistoryMarks()
        marks.low = age % 2 == 0 ? ~0 : 0
        marks.high = ~0
        return marks
      }
      func isSameAuthor(age: Int) -> Bool { age % 3 == 0 }
    }
    let bench = try RuleBench(RuleSetTests.rich)
    let text = SpaceAnalyzer().analyze("jangan kirim a foto , kirim diamond <link> <amount:7> asal apa ?")
    let hits = bench.hits(text)
    var scratch = RuleScratch()
    var refused = 0
    for index in bench.compiled.rules.indices {
      for bit in 0..<8 {
        var bytes = bench.compiled.rules
        bytes[index] ^= 1 << UInt8(bit)
        guard let rules = try? RuleSet(section: Section(copying: bytes), lexicon: bench.lexicon) else {
          refused += 1
          continue
        }
        var findings: [RuleFinding] = []
        var pending: [RuleFinding] = []
        _ = rules.evaluate(text, hits: hits, scratch: &scratch, into: &findings, pending: &pending)
        rules.settle(pending, history: Everything(), into: &findings)
        for finding in findings { _ = (rules.id(of: finding.rule), rules.votes(of: finding.rule).count) }
      }
    }
    #expect(refused > bench.compiled.rules.count)
  }

  @Test func refusesAnotherLexicon() throws {
    let bench = try RuleBench(when: "{hit: id.context.send}")
    var builder = LexiconBuilder()
    builder.add(LexiconEntry(id: "x", phrases: [Phrase([.choice([[.word("a")]], optional: false)])]))
    let other = try Lexicon(section: Section(copying: builder.build()))
    #expect(throws: SectionError.invalid(what: "lexicon of the rules")) {
      try RuleSet(section: Section(copying: bench.compiled.rules), lexicon: other)
    }
  }
}
