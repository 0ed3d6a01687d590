import JagaAuthoring
import JagaCore
import JagaLexicon
import JagaRules
import JagaText
import TestSupport
import Testing

/// A small lexicon with the rules under test, compiled from YAML as authors write it.
struct RuleBench {
  let lexicon: Lexicon
  let rules: RuleSet
  let compiled: CompiledLexicon

  static let entries = """
    language: id
    track: context
    entries:
      - {id: id.context.negator, phrases: [jangan, tidak, "tidak usah"], note: n}
      - {id: id.context.reported, phrases: [katanya, "dia bilang"], note: n}
      - {id: id.context.particle, phrases: [ayo, dong, "ya kak"], note: n}
      - {id: id.context.question, phrases: [apa, kapan], note: n}
      - {id: id.context.send, phrases: [kirim, kasih], note: n}
      - {id: id.context.picture, phrases: [foto, "foto kamu"], note: n}
      - {id: id.context.credit, label: topup.offer, phrases: [diamond, pulsa], note: n}
      - {id: id.context.condition, label: topup.condition, phrases: [asal, syaratnya], note: n}
    """

  init(_ rules: String) throws {
    let text = RuleBench.entries + "\nrules:\n" + rules
    let file = LexiconSourceFile(path: "lexicons/id/context.yaml", text: text)
    let compilation = LexiconCompiler.compile(LexiconSourceDirectory(files: [file]))
    #expect(compilation.findings.map(\.description) == [])
    compiled = try #require(compilation.compiled)
    lexicon = try Lexicon(section: Section(copying: compiled.lexicon))
    self.rules = try RuleSet(section: Section(copying: compiled.rules), lexicon: lexicon)
  }

  /// One rule with a condition in YAML flow style.
  init(when condition: String) throws {
    try self.init("  - {id: id.context.rule.test, when: \(condition), votes: {move: 1}, note: n}\n")
  }

  func hits(_ text: AnalyzedText) -> [LexiconHit] {
    var scratch = LexiconScratch()
    var hits: [LexiconHit] = []
    lexicon.match(text, scratch: &scratch, into: &hits)
    return hits
  }

  /// Findings as `name begin..<end`, pending ones with a `?`.
  func findings(_ source: String, language: Language = .id) -> [String] {
    let text = SpaceAnalyzer(language: language).analyze(source)
    var findings: [RuleFinding] = []
    var pending: [RuleFinding] = []
    _ = rules.evaluate(text, hits: hits(text), into: &findings, pending: &pending)
    return findings.map { describe($0) } + pending.map { describe($0) + "?" }
  }

  func describe(_ finding: RuleFinding) -> String {
    let name = rules.id(of: finding.rule).split(separator: ".").last.map(String.init) ?? ""
    return "\(name) \(finding.begin)..<\(finding.end)"
  }
}
