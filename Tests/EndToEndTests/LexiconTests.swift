import Foundation
import Testing

/// Private word lists, from their sources to a score.
@Suite struct LexiconTests {
  private static let source = """
    language: id
    track: topup
    entries:
      - id: id.topup.condition.sandi
        label: topup.condition
        phrases:
          - "zzkodezz"
        weight: 5
        source: "test"
    """

  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func folder(_ source: String = LexiconTests.source) throws -> String {
    try FileManager.default.createDirectory(atPath: scratch.path + "/lists/id", withIntermediateDirectories: true)
    _ = try scratch.file("lists/id/topup.yaml", source)
    return scratch.path + "/lists"
  }

  @Test func lintFindsNothingInSoundSources() throws {
    let lists = try folder()
    let run = try Program.run(["lexicon", "lint", lists])
    #expect(run.code == 0)
    #expect(run.output.contains("1 entries, 1 phrases, 0 rules: 0 errors"))
  }

  @Test func lintNamesFileLineAndColumn() throws {
    let lists = try folder(Self.source.replacing("label: topup.condition", with: "label: topup.conditon"))
    let run = try Program.run(["lexicon", "lint", lists])
    #expect(run.code == 1)
    #expect(run.output.contains("\(lists)/id/topup.yaml:5:"))
    #expect(run.output.contains("error"))
    let compile = try Program.run(["lexicon", "compile", lists, "--output", lists + "/x"])
    #expect(compile.code == 1)
    #expect(compile.errors.contains("jaga: 1 error in the lexicons; see everything with 'jaga lexicon lint \(lists)'"))
    #expect(!FileManager.default.fileExists(atPath: lists + "/x"))
  }

  @Test func listAndStatistics() throws {
    let lists = try folder()
    let list = try Program.run(["lexicon", "list", lists, "--output", "csv"])
    #expect(list.code == 0)
    #expect(
      list.output == """
        id,label,weight,phrases,sensitivity,source\r
        id.topup.condition.sandi,topup.condition,5,1,public,test\r

        """)
    let overlay = scratch.path + "/my.overlay"
    #expect(try Program.run(["lexicon", "compile", lists, "-o", overlay]).code == 0)
    #expect(try Program.run(["lexicon", "list", overlay, "--output", "csv"]).output == list.output)
    #expect(try Program.run(["lexicon", "list", overlay, "--label", "trade", "--output", "csv"]).lines.count == 1)
    #expect(try Program.run(["lexicon", "list", overlay, "--label", "topup", "--output", "csv"]).lines.count == 2)
    #expect(try Program.run(["lexicon", "list", overlay, "--label", "topop"]).code == 64)
    let statistics = try Program.run(["lexicon", "list", lists, "--stats"])
    #expect(statistics.output.contains("1 entries, 1 phrases, 0 rules"))
    #expect(try Program.run(["lexicon", "list", overlay, "--stats"]).code == 1)
    #expect(try Program.run(["lexicon", "list", scratch.path + "/none"]).code == 1)
  }

  @Test func compilingTwiceGivesTheSameBytes() throws {
    let lists = try folder()
    for name in ["a", "b"] {
      #expect(try Program.run(["lexicon", "compile", lists, "--output", scratch.path + "/" + name]).code == 0)
    }
    #expect(
      FileManager.default.contents(atPath: scratch.path + "/a")
        == FileManager.default.contents(atPath: scratch.path + "/b"))
  }

  @Test(.enabled(if: Program.hasModel, Program.needsModel))
  func anOverlayVotesAndIsNamedInTheModelID() throws {
    let lists = try folder()
    let overlay = scratch.path + "/my.overlay"
    #expect(try Program.run(["lexicon", "compile", lists, "--output", overlay]).code == 0)
    let input = "{\"text\":\"halo zzkodezz ya\"}\n"
    let plain = decoded(try Program.run(["score", "-"], input: input).output)
    let raised = decoded(try Program.run(["score", "-", "--lexicon", overlay], input: input).output)
    #expect((raised["score"] as? Double ?? 0) > (plain["score"] as? Double ?? 1))
    let id = plain["model"] as? String ?? ""
    #expect((raised["model"] as? String ?? "").hasPrefix(id + "+"))
    #expect(try Program.run(["score", "-", "--lexicon", lists], input: input).output.contains("\"model\":\"\(id)+"))
    let explained = try Program.run(["explain", "halo zzkodezz ya", "--lexicon", lists])
    #expect(explained.output.contains("overlay/lexicon:id.topup.condition.sandi"))
    #expect(try Program.run(["score", "-", "--lexicon", overlay, "--lexicon", lists], input: input).code == 1)
    #expect(try Program.run(["score", "-", "--lexicon", Program.model], input: input).code == 1)
    #expect(try Program.run(["score", "-", "--model", overlay], input: input).code == 1)
  }
}
