import Foundation
import JagaAuthoring
import JagaCore
import JagaLexicon
import JagaRules
import JagaText
import Testing

/// Every rule of this repository's lexicons, held to written examples: it fires on some, and stays quiet on harmless twins and near misses.
///
/// Where a line no longer holds because a lexicon changed, mend the line and keep what it shows; where what it shows no longer holds, mend
/// the rule.
struct RuleExamplesTests {
  @Test(arguments: ["id", "en"]) func everyExampleHolds(_ language: String) throws {
    let bench = try ExampleBench.shared.get()
    for example in try RuleExample.load(language) {
      guard let rule = bench.rule(example.rule) else {
        Issue.record("\(example.place): no rule '\(example.rule)'")
        continue
      }
      let (finding, text) = bench.finding(of: rule, in: example.messages)
      #expect((finding != nil) == example.fires, "\(example.place): \(example.rule)")
      guard let finding, finding.begin < finding.end, !example.marked.isEmpty else { continue }
      let begin = text.begins[Int(finding.begin)]
      let end = text.ends[Int(finding.end) - 1]
      #expect(
        example.marked.contains { Int($0.lowerBound) < end && begin < Int($0.upperBound) },
        "\(example.place): \(example.rule) rests on bytes \(begin)..<\(end)")
    }
  }

  /// No rule without an example that fires it and one that does not.
  @Test func everyRuleHasExamplesOfBothKinds() throws {
    let bench = try ExampleBench.shared.get()
    let examples = try ["id", "en"].flatMap { try RuleExample.load($0) }
    let fires = Set(examples.filter(\.fires).map(\.rule))
    let quiet = Set(examples.filter { !$0.fires }.map(\.rule))
    let ids = (0..<UInt32(bench.rules.count)).map { bench.rules.id(of: $0) }
    #expect(ids.filter { !fires.contains($0) } == [], "no + line")
    #expect(ids.filter { !quiet.contains($0) } == [], "no - line")
    #expect(ids.count > 200)
  }

  /// The marks are read, and they can fail: a finding elsewhere in the line does not overlap them.
  @Test func linesAreReadAsWritten() throws {
    let text = """
      # comment

      ## id.a.rule.b
      + ya ⟦foto é⟧ dulu ⟦x⟧
      - a: satu / b: dua / a: ⟦tiga⟧
      """
    let examples = try RuleExample.parse(text, file: "x.txt")
    #expect(examples.map(\.fires) == [true, false])
    #expect(examples[0].messages.map(\.text) == ["ya foto é dulu x"])
    #expect(examples[0].marked == [3..<10, 16..<17])
    #expect(examples[1].messages.map(\.author) == ["a", "b", "a"])
    #expect(examples[1].messages.map(\.text) == ["satu", "dua", "tiga"])
    #expect(examples.map(\.place) == ["x.txt:4", "x.txt:5"])
    for broken in ["+ text before a rule", "## r\n* text", "## r\n+ ⟦open", "## r\n+ close⟧", "## r\n+ a: one / two"] {
      #expect(throws: RuleExample.Fault.self, "\(broken)") { try RuleExample.parse(broken, file: "x.txt") }
    }
  }
}

/// One line of a fixture.
struct RuleExample {
  struct Fault: Error { var place: String }

  var rule: String
  var fires: Bool
  var messages: [(author: String, text: String)]
  /// Bytes of the last message between ⟦ and ⟧; single messages only.
  var marked: [Range<Int>]
  var place: String

  static func load(_ language: String) throws -> [RuleExample] {
    let file = Fixtures.root.appending(path: "rules/\(language).txt")
    return try parse(String(contentsOf: file, encoding: .utf8), file: "rules/\(language).txt")
  }

  static func parse(_ text: String, file: String) throws -> [RuleExample] {
    var examples: [RuleExample] = []
    var rule: String?
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let place = "\(file):\(number + 1)"
      if line.hasPrefix("## ") {
        rule = String(line.dropFirst(3))
      } else if line.hasPrefix("+ ") || line.hasPrefix("- ") {
        guard let rule else { throw Fault(place: place) }
        examples.append(try RuleExample(line, rule: rule, place: place))
      } else if !line.isEmpty, !line.hasPrefix("# ") {
        throw Fault(place: place)
      }
    }
    return examples
  }

  private init(_ line: Substring, rule: String, place: String) throws {
    self.rule = rule
    self.place = place
    fires = line.hasPrefix("+")
    let body = String(line.dropFirst(2))
    let turns = body.split(separator: " / ", omittingEmptySubsequences: false).map(String.init)
    func author(_ turn: String) -> String? {
      turn.wholeMatch(of: /([a-z]): .*/).map { String($0.1) }
    }
    if author(turns[0]) != nil {
      marked = []
      messages = try turns.map { turn in
        guard let author = author(turn) else { throw Fault(place: place) }
        return (author, turn.dropFirst(3).filter { $0 != "⟦" && $0 != "⟧" })
      }
      return
    }
    (messages, marked) = ([], [])
    var bytes = ""
    var open: Int?
    for character in body {
      switch character {
      case "⟦":
        guard open == nil else { throw Fault(place: place) }
        open = bytes.utf8.count
      case "⟧":
        guard let begin = open else { throw Fault(place: place) }
        marked.append(begin..<bytes.utf8.count)
        open = nil
      default: bytes.append(character)
      }
    }
    guard open == nil else { throw Fault(place: place) }
    messages = [("a", bytes)]
  }
}

/// The lexicons of this repository, compiled once.
struct ExampleBench: Sendable {
  static let shared = Result { try ExampleBench() }

  let rules: RuleSet
  private let lexicon: Lexicon
  private let tables: TextTables
  private let numbers: [String: UInt32]

  private init() throws {
    let directory = try #require(RealLexiconsTests.directory)
    let compiled = try #require(LexiconCompiler.compile(directory).compiled)
    let rules = try RuleSet(
      section: Section(copying: compiled.rules), lexicon: Lexicon(section: Section(copying: compiled.lexicon)))
    self.rules = rules
    lexicon = try Lexicon(section: Section(copying: compiled.lexicon))
    tables = try TextTables(section: Section(copying: compiled.text))
    numbers = Dictionary(uniqueKeysWithValues: (0..<UInt32(rules.count)).map { (rules.id(of: $0), $0) })
  }

  func rule(_ id: String) -> UInt32? { numbers[id] }

  /// What a rule finds in the last message of a conversation, by itself or by what came before.
  func finding(of rule: UInt32, in messages: [(author: String, text: String)]) -> (RuleFinding?, AnalyzedText) {
    let analyzer = TextAnalyzer(tables: tables)
    var text = AnalyzedText()
    var scratch = LexiconScratch()
    var ruleScratch = RuleScratch()
    var hits: [LexiconHit] = []
    var findings: [RuleFinding] = []
    var pending: [RuleFinding] = []
    var said: [(author: String, marks: HistoryMarks)] = []
    for message in messages {
      text = analyzer.analyze(message.text)
      (hits, findings, pending) = ([], [], [])
      lexicon.match(text, scratch: &scratch, into: &hits)
      let marks = rules.evaluate(text, hits: hits, scratch: &ruleScratch, into: &findings, pending: &pending)
      said.append((message.author, marks))
    }
    guard let last = said.popLast() else { return (nil, text) }
    rules.settle(pending, history: SaidBefore(said: said, author: last.author), into: &findings)
    return (findings.first { $0.rule == rule }, text)
  }
}

/// The messages before one, newest first.
private struct SaidBefore: RuleHistory {
  var said: [(author: String, marks: HistoryMarks)]
  var author: String

  var count: Int { min(said.count, RuleSet.historyDepth) }
  func marks(age: Int) -> HistoryMarks { said[said.count - age].marks }
  func isSameAuthor(age: Int) -> Bool { said[said.count - age].author == author }
}
