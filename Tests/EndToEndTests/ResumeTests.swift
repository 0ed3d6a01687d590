import Foundation
import TestSupport
import Testing

/// `jaga score --out --resume`, ended by force and by signals.
@Suite(.enabled(if: Program.hasModel, Program.needsModel)) struct ResumeEndToEndTests {
  private func inputs(_ folder: Scratch) throws -> [String] {
    [
      try folder.file("a.jsonl", SampleLines.interleaved(300, seed: 5).joined()),
      try folder.file("b.jsonl", SampleLines.interleaved(250, seed: 6).joined() + "{bad\n"),
    ]
  }

  private func contents(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test(arguments: [
    ["--level", "message"], ["--level", "conversation", "--max-conversations", "64"], ["--output", "csv"],
  ])
  func killedAtAnyMoment(options: [String]) throws {
    let folder = try Scratch()
    let files = try inputs(folder)
    let (whole, output) = (folder.path + "/whole", folder.path + "/output")
    let expected = try Program.run(["score", "--out", whole, "--summary-json", whole + ".json"] + options + files)
    #expect(expected.code == 2)
    #expect(expected.output == "")
    var random = SplitMix64(seed: 17)
    var ends = 0
    while true {
      let process = try Program.start(
        [
          "score", "--out", output, "--resume", "--checkpoint-interval", "0", "--summary-json", output + ".json",
          "--threads", "\(1 + ends % 3)", "--chunk-size", "\(2000 + 500 * ends)",
        ] + options + files)
      // From the fifth time on it may come to its end.
      if ends < 4 {
        let size = (try? FileManager.default.attributesOfItem(atPath: output)[.size] as? Int) ?? 0
        // The head of a table is there before the first checkpoint, on a busy machine by far.
        while process.isRunning {
          usleep(1000)
          guard FileManager.default.fileExists(atPath: output + ".checkpoint") else { continue }
          if (try? FileManager.default.attributesOfItem(atPath: output)[.size] as? Int) ?? 0 > size { break }
        }
        usleep(.random(in: 0..<30_000, using: &random))
        if process.isRunning { kill(process.processIdentifier, ends % 3 == 2 ? SIGINT : SIGKILL) }
      }
      process.waitUntilExit()
      if process.terminationReason == .exit, process.terminationStatus == 2 { break }
      #expect(process.terminationStatus == (process.terminationReason == .exit ? 130 : SIGKILL))
      #expect(FileManager.default.fileExists(atPath: output + ".checkpoint"))
      ends += 1
    }
    #expect(ends > 0)
    #expect(try contents(output) == contents(whole))
    #expect(try contents(output + ".json") == contents(whole + ".json"))
    #expect(!FileManager.default.fileExists(atPath: output + ".checkpoint"))
  }

  /// An interrupted run, its checkpoint beside it.
  private func interrupted(_ folder: Scratch) throws -> (files: [String], output: String) {
    let files = try inputs(folder)
    let output = folder.path + "/output"
    let process = try Program.start(
      ["score", "--out", output, "--resume", "--checkpoint-interval", "0", "--chunk-size", "1000"] + files)
    while process.isRunning, !FileManager.default.fileExists(atPath: output + ".checkpoint") { usleep(500) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(FileManager.default.fileExists(atPath: output + ".checkpoint"))
    return (files, output)
  }

  @Test func anotherCommandIsRefused() throws {
    let folder = try Scratch()
    let (files, output) = try interrupted(folder)
    func refusal(_ arguments: [String]) throws -> String {
      let run = try Program.run(["score", "--out", output, "--resume"] + arguments)
      #expect(run.code == 1)
      return run.errors
    }
    #expect(
      try refusal(files + ["--level", "conversation"])
        == """
        jaga: \(output).checkpoint: the run that stopped here had another --level (message, now conversation); give the same command \
        to go on, or remove this file to begin anew

        """)
    #expect(try refusal([files[0]]).contains("another number of inputs (2, now 1)"))
    #expect(try refusal([files[1], files[0]]).contains("another input 1 (\(files[0]), now \(files[1]))"))
    try (try contents(files[1]) + SampleLines.interleaved(1, seed: 8).joined()).write(
      toFile: files[1], atomically: false, encoding: .utf8)
    #expect(try refusal(files).contains("another content of \(files[1]) ("))
  }

  @Test func anotherOutputIsRefused() throws {
    let folder = try Scratch()
    let (files, output) = try interrupted(folder)
    try FileManager.default.removeItem(atPath: output)
    let run = try Program.run(["score", "--out", output, "--resume"] + files)
    #expect(run.code == 1)
    #expect(run.errors.contains("remove \(output).checkpoint to begin anew"))
  }

  @Test(arguments: [
    (["score", "--resume", "a.jsonl"], 64, "--resume needs --out"),
    (["score", "--resume", "--out", "x"], 64, "--resume needs files"),
    (
      ["score", "--resume", "--out", "x", "--output", "table", "a.jsonl"], 64,
      "--resume goes with --output jsonl or csv"
    ),
    (["score", "--out", "x", "--output", "none", "a.jsonl"], 64, "--out has nothing to hold"),
    (["score", "--resume", "--out", "/nowhere/x", "-"], 1, "standard input cannot be read again"),
    (["score", "--resume", "--out", "/nowhere/x", "/dev/null"], 1, "it is no regular file"),
    (["score", "--out", "/nowhere/at/all/x", "/dev/null"], 1, "cannot be written"),
  ])
  func whatCannotWorkIsSaid(arguments: [String], code: Int32, sentence: String) throws {
    let run = try Program.run(arguments)
    #expect(run.code == code)
    #expect(run.errors.contains(sentence), "\(run.errors)")
  }

  @Test func anInputIsNotOverwritten() throws {
    let folder = try Scratch()
    let files = try inputs(folder)
    let before = try contents(files[0])
    let run = try Program.run(["score", "--out", files[0]] + files)
    #expect(run.code == 1)
    #expect(run.errors.contains("it is read and cannot be written at the same time"))
    #expect(try contents(files[0]) == before)
  }

  /// Hours of work must not be lost by a forgotten word.
  @Test func withoutResumeACheckpointIsNotRemoved() throws {
    let folder = try Scratch()
    let (files, output) = try interrupted(folder)
    let before = try contents(output)
    let refused = try Program.run(["score", "--out", output, files[0]])
    #expect(refused.code == 1)
    #expect(refused.errors.contains("add --resume to go on"))
    #expect(try contents(output) == before)
    try FileManager.default.removeItem(atPath: output + ".checkpoint")
    #expect(try Program.run(["score", "--out", output, files[0]]).code == 0)
    #expect(try contents(output) == Program.run(["score", files[0]]).output)
  }

  @Test func twoRunsDoNotWriteOneFile() throws {
    let folder = try Scratch()
    let files = try inputs(folder)
    let output = folder.path + "/out.jsonl"
    let descriptor = open(output, O_RDWR | O_CREAT, 0o600)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    let run = try Program.run(["score", "--out", output, files[0]])
    #expect(run.code == 1)
    #expect(run.errors.contains("another run is writing this file"))
  }
}
