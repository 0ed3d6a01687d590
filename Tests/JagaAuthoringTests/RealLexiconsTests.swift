import Foundation
import JagaAuthoring
import JagaCore
import JagaLexicon
import JagaRules
import Testing

/// The lexicons of this repository.
struct RealLexiconsTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static var directory: LexiconSourceDirectory? {
    try? LexiconSourceDirectory(path: root.appending(path: "lexicons").path())
  }

  @Test(.enabled(if: directory != nil, "no lexicons in this checkout")) func haveNoErrors() throws {
    let directory = try #require(RealLexiconsTests.directory)
    let compilation = LexiconCompiler.compile(directory)
    let errors = compilation.findings.filter { $0.severity == .error }.map(\.description)
    #expect(errors.isEmpty, "\(errors.joined(separator: "\n"))")
    guard let compiled = compilation.compiled else { return }
    let lexicon = try Lexicon(section: Section(copying: compiled.lexicon))
    let rules = try RuleSet(section: Section(copying: compiled.rules), lexicon: lexicon)
    #expect(lexicon.count == compilation.statistics.entries)
    #expect(rules.count == compilation.statistics.rules)
    for label in Label.allCases {
      let isVotedFor = (0..<UInt32(lexicon.count)).contains { lexicon.label(of: $0) == label }
      #expect(isVotedFor, "no entry votes for \(label.name)")
    }
  }
}
