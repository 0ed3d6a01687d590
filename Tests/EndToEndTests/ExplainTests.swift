import Foundation
import Testing

@Suite(.enabled(if: Program.hasModel, Program.needsModel))
struct ExplainTests {
  private let text = "aku isiin diamond asal kirim foto dulu"

  @Test func printsTheSum() throws {
    let run = try Program.run(["explain", text, "--terms", "0"])
    #expect(run.code == 0)
    #expect(!run.output.contains("\u{1B}"))
    #expect(run.output.contains("move  is it a move?"))
    #expect(run.output.contains("disclosure  does somebody tell of it"))
    // The printed terms of the head add up to the printed total.
    let block = run.output.components(separatedBy: "move  is it a move?\n")[1].components(separatedBy: "\n\n")[0]
    let lines = block.split(separator: "\n")
    let terms = lines.prefix { !$0.contains("──") }.compactMap { Double($0.split(separator: " ")[0]) }
    let total = lines.last.flatMap { Double($0.split(separator: " ")[0]) } ?? .nan
    #expect(terms.count == lines.count - 2)
    #expect(abs(terms.reduce(0, +) - total) < 0.00006 * Double(terms.count + 1))
  }

  @Test func shortensWithoutLosingTheSum() throws {
    let run = try Program.run(["explain", text, "--terms", "1"])
    let block = run.output.components(separatedBy: "move  is it a move?\n")[1].components(separatedBy: "\n\n")[0]
    let lines = block.split(separator: "\n")
    let terms = lines.prefix { !$0.contains("──") }.compactMap { Double($0.split(separator: " ")[0]) }
    let total = lines.last.flatMap { Double($0.split(separator: " ")[0]) } ?? .nan
    #expect(abs(terms.reduce(0, +) - total) < 0.0005)
  }

  @Test func aWordAsSeveralArgumentsOrFromAPipe() throws {
    let whole = try Program.run(["explain", text]).output
    #expect(try Program.run(["explain"] + text.split(separator: " ").map(String.init)).output == whole)
    #expect(try Program.run(["explain", "-"], input: text + "\n").output == whole)
  }

  @Test func jsonIsTheRecordOfScore() throws {
    let explained = decoded(try Program.run(["explain", text, "--output", "json"]).output)
    let scored = decoded(
      try Program.run(["score", "-", "--explain", "--with-text"], input: "{\"text\":\"\(text)\"}\n").lines[0])
    for key in ["score", "disclosure"] { #expect(explained[key] as? Double == scored[key] as? Double) }
    for key in ["band", "track", "stage", "lang", "text", "model"] {
      #expect(explained[key] as? String == scored[key] as? String)
    }
    #expect((explained["contributions"] as? [Any])?.count == (scored["contributions"] as? [Any])?.count)
  }

  @Test func escapeSequencesDoNotReachTheTerminal() throws {
    let run = try Program.run(["explain", "halo \u{1B}[2Jkirim\u{7} foto"])
    #expect(!run.output.contains("\u{1B}"))
    #expect(!run.output.contains("\u{7}"))
  }

  @Test func usage() throws {
    #expect(try Program.run(["explain"]).code == 64)
    #expect(try Program.run(["explain", "x", "--terms", "-1"]).code == 64)
    #expect(try Program.run(["explain", "x", "--model", "/nonexistent"]).code == 1)
  }
}
