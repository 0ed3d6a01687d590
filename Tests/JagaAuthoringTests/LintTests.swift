import Foundation
import JagaAuthoring
import TestSupport
import Testing

/// Compiles one track file of Indonesian context.
func compile(_ text: String, path: String = "lexicons/id/test.yaml") -> LexiconCompilation {
  LexiconCompiler.compile(LexiconSourceDirectory(files: [LexiconSourceFile(path: path, text: text)]))
}

struct LintTests {
  /// Every fault of every file at once, in the exact words that a user reads.
  @Test func findsEveryFault() throws {
    let files = try Fixtures.directory("faulty").map { LexiconSourceFile(path: $0.path, text: $0.text) }
    let unreadable = LexiconSourceFile(path: "lexicons/id/bytes.yaml", failure: "it is not UTF-8")
    let compilation = LexiconCompiler.compile(LexiconSourceDirectory(files: files + [unreadable]))
    #expect(compilation.compiled == nil)
    let text = compilation.findings.map(\.description).joined(separator: "\n") + "\n"
    try expectGolden(text, "faulty.txt")
  }

  @Test func findingsDoNotDependOnTheOrderOfFiles() throws {
    let files = try Fixtures.directory("faulty").map { LexiconSourceFile(path: $0.path, text: $0.text) }
    let forward = LexiconCompiler.compile(LexiconSourceDirectory(files: files)).findings
    let backward = LexiconCompiler.compile(LexiconSourceDirectory(files: files.reversed())).findings
    #expect(forward == backward)
    #expect(!forward.isEmpty)
  }

  @Test(arguments: [
    ("language: id\ntrack: context\nentries:\n  - id: id.context.a\n    phrases: [\"a ~7 b\"]\n    note: n\n", "5:18"),
    (
      "language: id\ntrack: context\nentries:\n  - id: id.context.a\n    phrases:\n      - 'kirim <amout>'\n    note: n\n",
      "6:16"
    ),
    (
      "language: id\ntrack: context\nentries:\n  - id: id.context.a\n    phrases:\n      - kirim (a|(b))\n    note: n\n",
      "6:18"
    ),
  ])
  func pointsAtTheElement(_ source: String, _ place: String) throws {
    let finding = try #require(compile(source).findings.first)
    #expect("\(finding.position.line):\(finding.position.column)" == place)
  }

  @Test func limitsExpansion() {
    let items = (0..<100).map { "w\($0)" }.joined(separator: ", ")
    let more = (100..<250).map { "w\($0)" }.joined(separator: ", ")
    let source = """
      language: id
      track: context
      lists: {many: [\(items), \(more)]}
      entries:
        - id: id.context.wide
          phrases: ["{many} ~5 {many} ~5 {many} ~5 {many} ~5 {many}"]
          note: 250 words behind gaps, four times
      """
    let sentences = compile(source).findings.map(\.fault.sentence)
    #expect(sentences.count == 1)
    #expect(sentences.first?.hasPrefix("entry 'id.context.wide' expands to ") == true)
    let nested = """
      language: id
      track: context
      lists: {many: [\(items)], square: ["{many} {many}"]}
      entries:
        - id: id.context.square
          phrases: ["{square}"]
          note: 10,000 pairs
      """
    #expect(
      compile(nested).findings.contains { $0.fault.sentence.contains("expands to 10000 transitions, more than 2000") })
  }

  @Test func remembersAtMost128Things() {
    var source = "language: id\ntrack: context\nentries:\n"
    for number in 0..<129 {
      source += "  - {id: id.context.e\(number), phrases: [w\(number)], note: n}\n"
    }
    source += "rules:\n"
    for number in 0..<129 {
      source +=
        "  - {id: id.context.rule.r\(number), when: {hit: id.context.e0}, earlier: [{any: id.context.e\(number)}],"
      source += " votes: {move: 1}, note: n}\n"
    }
    let compilation = compile(source)
    #expect(compilation.compiled == nil)
    #expect(
      compilation.findings.map(\.fault.sentence) == [
        "rules ask earlier messages for 129 different things, at most 128 can be remembered; share some"
      ])
  }

  @Test(arguments: [
    String(repeating: "[", count: 5_000), String(repeating: "- ", count: 5_000),
    String(repeating: "{a: ", count: 5_000),
    "a: &x [1]\nb: &y [*x, *x]\n", "\u{0}", "\u{FEFF}language: id", "---\na: 1\n---\nb: 2\n", "? [a]\n: b", "[]", "42",
    "", "%",
    "language: id\ntrack: context\nentries: [[]]", "language: id\ntrack: context\nlists: [a]", "!!binary x", "\t- a",
  ])
  func hostileFilesAreReported(_ text: String) {
    let compilation = compile(text)
    #expect(!compilation.findings.isEmpty)
    #expect(compilation.compiled == nil)
  }

  /// Cut and damaged sources never crash the loader.
  @Test func damagedSourcesAreSafe() throws {
    var random = Dice(seed: 11)
    let sources = try Fixtures.directory("faulty").map { Array($0.text.utf8) } + [Array(CompileTests.topup.utf8)]
    for round in 0..<400 {
      var bytes = sources[round % sources.count]
      for _ in 0...random.below(4) {
        guard !bytes.isEmpty else { break }
        let place = random.below(bytes.count)
        switch random.below(4) {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(random.pick(Array("{}[]()|~&*:-?\"'\n ".utf8)), at: place)
        default: bytes.removeLast(min(bytes.count, random.below(40)))
        }
      }
      _ = compile(String(decoding: bytes, as: UTF8.self))
    }
  }
}
