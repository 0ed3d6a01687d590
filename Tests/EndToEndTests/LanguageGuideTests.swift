import Foundation
import Testing

/// The worked example of Documentation/Guides/AnotherLanguage.md: its figures are those that its commands print.
@Suite(.enabled(if: Program.hasModel, Program.needsModel))
struct LanguageGuideTests {
  private static let gold = Program.root + "/Examples/lexicons/tl-test.jsonl"
  private static let lexicon = Program.root + "/Examples/lexicons/tl"

  /// By voice, head and measure.
  private func figures(_ options: [String]) throws -> [String: String] {
    let run = try Program.run(
      ["evaluate", LanguageGuideTests.gold, "--by", "voice", "--resamples", "0", "--output", "csv"] + options)
    #expect(run.code == 0)
    var found: [String: String] = [:]
    for line in run.lines {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      guard cells.count > 8, cells[0] == "messages", cells[1] == "voice", let value = Double(cells[8]) else { continue }
      found["\(cells[2]) \(cells[3]) \(cells[4])"] = String(format: "%.3f", value)
    }
    return found
  }

  @Test func theTableOfTheGuide() throws {
    let before = try figures([])
    let after = try figures(["--lexicon", LanguageGuideTests.lexicon])
    let guide = try String(
      contentsOfFile: Program.root + "/Documentation/Guides/AnotherLanguage.md", encoding: .utf8)
    let table = try #require(
      guide.components(separatedBy: "<!-- tagalog: begin -->").last?.components(separatedBy: "<!-- tagalog: end -->")
        .first)
    var voice = ""
    var rows = 0
    for line in table.split(separator: "\n") where line.contains("0.") || line.contains("1.000") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      if let name = cells.first, name.hasPrefix("`") { voice = String(name.dropFirst().prefix { $0 != "`" }) }
      let numbers = cells.suffix(2)
      let key = "\(voice) \(cells[cells.count - 3])"
      #expect(before[key] == numbers.first, "before, \(key): change the guide's table")
      #expect(after[key] == numbers.last, "after, \(key): change the guide's table")
      rows += 1
    }
    #expect(rows == 8)
  }

  /// Without faults, and of no effect on a voice of a neighbouring language.
  @Test func theLexiconIsCleanAndKeepsToItself() throws {
    let lint = try Program.run(["lexicon", "lint", LanguageGuideTests.lexicon])
    #expect(lint.code == 0 && lint.output.hasSuffix("0 errors, 0 warnings\n"))
    let voice = Program.root + "/corpora/voices/kota-kecil/messages.jsonl"
    func scores(_ options: [String]) throws -> [String] {
      try Program.run(["score", voice] + options).lines.map { line in
        let record = decoded(line)
        return "\(record["message_id"] ?? "") \(record["score"] ?? "") \(record["band"] ?? "")"
      }
    }
    let plain = try scores([])
    #expect(plain.count > 500)
    #expect(try scores(["--lexicon", LanguageGuideTests.lexicon]) == plain)
  }
}
