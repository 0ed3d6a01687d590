import Foundation
import Testing

/// Help, versions, formats: what needs no model.
@Suite struct ProgramTests {
  static let commands = [
    [], ["score"], ["explain"], ["train"], ["model"], ["model", "show"], ["model", "verify"], ["lexicon"],
    ["lexicon", "lint"],
    ["lexicon", "list"], ["lexicon", "compile"], ["lexicon", "evaluate"], ["lexicon", "suggest"], ["lexicon", "diff"],
    ["diff"], ["corpus"], ["corpus", "count"], ["formats"], ["evaluate"], ["threshold"], ["crossvalidate"],
  ]

  @Test(arguments: commands)
  func everyCommandHasHelp(command: [String]) throws {
    let run = try Program.run(command + ["--help"])
    #expect(run.code == 0)
    #expect(run.output.contains("OVERVIEW:"))
    #expect(run.output.contains("USAGE: jaga" + command.map { " " + $0 }.joined()))
    let isGroup = ["model", "lexicon", "corpus"].contains(command.joined(separator: " "))
    if !isGroup { #expect(run.output.contains("EXIT CODES")) }
  }

  @Test func helpIsWhatAProgramWithoutCommandPrints() throws {
    let run = try Program.run([])
    #expect(run.code == 0)
    #expect(run.output.contains("USAGE: jaga"))
  }

  @Test func unknownCommandsAndOptionsAreUsage() throws {
    #expect(try Program.run(["skore"]).code == 64)
    #expect(try Program.run(["--nonsense"]).code == 64)
    #expect(try Program.run(["formats", "extra"]).code == 64)
    let near = try Program.run(["score", "-", "--format", "whatsap"])
    #expect(near.code == 64)
    #expect(near.errors.contains("did you mean 'whatsapp'?"))
  }

  @Test func formats() throws {
    let run = try Program.run(["formats"])
    #expect(run.code == 0)
    #expect(
      run.lines.map { $0.prefix { $0 != " " } } == [
        "jsonl", "csv", "chatml", "whatsapp", "telegram", "discord", "convokit", "pan12",
      ])
  }

  @Test func versionWithoutAModelSaysSo() throws {
    let run = try Program.run(["--version"], environment: ["JAGA_MODEL": "/nonexistent/x.jaga"])
    #expect(run.code == 0)
    #expect(run.output.contains("no default model, Unicode 15"))
  }
}

@Suite(.enabled(if: Program.hasModel, Program.needsModel))
struct ModelTests {
  @Test func versionNamesTheModel() throws {
    let id = decoded(try Program.run(["model", "show", "--output", "json"]).output)["model"] as? String ?? ""
    #expect(id.count == 8)
    #expect(try Program.run(["--version"]).output.contains("(model \(id), Unicode 15"))
  }

  @Test func showAndVerify() throws {
    let show = try Program.run(["model", "show"])
    #expect(show.code == 0)
    #expect(show.output.contains("weights"))
    let verify = try Program.run(["model", "verify", Program.model])
    #expect(verify.code == 0)
    #expect(verify.output.hasPrefix("\(Program.model): sound, model "))
  }

  @Test func anAlteredModelIsRefused() throws {
    let folder = try Scratch()
    var bytes = try Data(contentsOf: URL(fileURLWithPath: Program.model))
    bytes[bytes.count / 2] ^= 1
    let altered = folder.path + "/altered.jaga"
    try bytes.write(to: URL(fileURLWithPath: altered))
    let verify = try Program.run(["model", "verify", altered, Program.model])
    #expect(verify.code == 1)
    #expect(verify.errors.hasPrefix("jaga: \(altered): "))
    #expect(verify.output.contains("\(Program.model): sound"))
    #expect(try Program.run(["score", "-", "--model", altered]).code == 1)
    try bytes.prefix(100).write(to: URL(fileURLWithPath: altered))
    #expect(try Program.run(["model", "verify", altered]).code == 1)
  }

  /// An installed or copied program finds the model that lies with it.
  @Test(arguments: ["bin/Models/default.jaga", "share/jaga/default.jaga", "bin/default.jaga", "Models/default.jaga"])
  func aCopiedProgramFindsItsModel(place: String) throws {
    let folder = try Scratch()
    let files = FileManager.default
    try files.createDirectory(atPath: folder.path + "/bin", withIntermediateDirectories: true)
    let target = folder.path + "/" + place
    try files.createDirectory(
      atPath: URL(fileURLWithPath: target).deletingLastPathComponent().path, withIntermediateDirectories: true)
    try files.copyItem(atPath: Program.path, toPath: folder.path + "/bin/jaga")
    let without = try Program.run(
      ["model", "verify"], program: folder.path + "/bin/jaga", environment: ["JAGA_MODEL": ""])
    if without.code == 1 {
      #expect(without.errors.contains("no model found; give one with --model or JAGA_MODEL"))
      #expect(without.errors.contains("\(folder.path)/bin/Models/default.jaga"))
      #expect(without.errors.contains("\(folder.path)/share/jaga/default.jaga"))
    }
    try files.copyItem(atPath: Program.model, toPath: target)
    let run = try Program.run(["model", "verify"], program: folder.path + "/bin/jaga", environment: ["JAGA_MODEL": ""])
    #expect(run.code == 0)
    #expect(run.output.hasPrefix(target))
  }
}
