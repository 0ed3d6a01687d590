import Foundation
import Testing

/// `jaga import`, whole runs on the invented files in the format of PAN12.
@Suite struct ImportTests {
  private static let miniature = Program.root + "/Examples/pan12-miniature"

  private func copied() throws -> Scratch {
    let folder = try Scratch()
    try FileManager.default.copyItem(atPath: ImportTests.miniature, toPath: folder.path + "/pan12")
    return folder
  }

  @Test func whatIsKnown() throws {
    let run = try Program.run(["import", "--list"])
    #expect(run.code == 0 && run.errors == "")
    for text in [
      "pan12: PAN12 Sexual Predator Identification\n", "vtpan: ", "https://zenodo.org/records/3713280",
      "SHA-256 ff1d94fb61c8fb13fadb8859ac55471e9a4e19a06f50a7134ec06ed3d3b3f201", "155,128 conversations",
      "6,478 sought lines",
    ] {
      #expect(run.output.contains(text), "\(text)")
    }
    let one = try Program.run(["import", "vtpan", "--list"])
    #expect(one.code == 0 && one.output.hasPrefix("vtpan: ") && !one.output.contains("\npan12: "))
  }

  /// Invented files are not the known ones: refused by name, taken when asked for, and said.
  @Test func verification() throws {
    let folder = try Scratch()
    let refused = try Program.run(["import", "pan12", ImportTests.miniature, "-o", folder.path + "/gold"])
    #expect(refused.code == 1 && refused.output == "")
    #expect(refused.errors.contains("training-corpus-2012-05-01.xml: not the file that is known (SHA-256 "))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/gold"))
    let taken = try Program.run([
      "import", "pan12", ImportTests.miniature, "-o", folder.path + "/gold/", "--unverified",
    ])
    #expect(taken.code == 0)
    #expect(taken.errors.contains("jaga: test: 10 conversations, where 155128 are known\n"))
    #expect(
      taken.output == """
        \(folder.path)/gold/train.jsonl: 8 conversations, 42 messages, 13 authors; sought: 1 authors, 2 conversations, 0 lines
        \(folder.path)/gold/test.jsonl: 10 conversations, 43 messages, 16 authors; sought: 2 authors, 3 conversations, 6 lines
        \(folder.path)/gold/manifest.json: sources, hashes, counts, options

        """)
  }

  @Test func missingAndCutOff() throws {
    let folder = try copied()
    let arguments = ["import", "pan12", folder.path + "/pan12", "-o", folder.path + "/gold", "--unverified"]
    let xml =
      folder.path
      + "/pan12/pan12-sexual-predator-identification-test-corpus-2012-05-21/pan12-sexual-predator-identification-test-corpus-2012-05-17.xml"
    let whole = try String(contentsOfFile: xml, encoding: .utf8)
    try String(whole.prefix(whole.count / 2)).write(toFile: xml, atomically: true, encoding: .utf8)
    let half = try Program.run(arguments)
    #expect(half.code == 1)
    #expect(half.errors.hasPrefix("jaga: \(xml): ends after "))
    try FileManager.default.removeItem(atPath: xml)
    let none = try Program.run(arguments)
    #expect(none.code == 1)
    #expect(
      none.errors
        == "jaga: \(folder.path)/pan12: pan12-sexual-predator-identification-test-corpus-2012-05-17.xml is not there; "
        + "unpack the whole corpus there, and keep the names of its files, or import what is there with --part train\n")
    #expect(try Program.run(arguments + ["--part", "train"]).code == 0)
  }

  /// The same figures from the XML with its truth files and from what was imported, through a model.
  @Test(.enabled(if: Program.hasModel, Program.needsModel))
  func evaluatedAsTheXML() throws {
    let folder = try Scratch()
    _ = try Program.run(["import", "pan12", ImportTests.miniature, "-o", folder.path, "--unverified", "--part", "test"])
    let place =
      ImportTests.miniature
      + "/pan12-sexual-predator-identification-test-corpus-2012-05-21/pan12-sexual-predator-identification-"
    let options = ["--resamples", "40", "--output", "csv", "--by", "none"]
    let xml = try Program.run(
      ["evaluate", place + "test-corpus-2012-05-17.xml", "--pan12-authors", place + "groundtruth-problem1.txt"]
        + ["--pan12-lines", place + "groundtruth-problem2.txt"] + options)
    let imported = try Program.run(["evaluate", folder.path + "/test.jsonl"] + options)
    #expect(xml.code == 0 && imported.code == 0 && imported.errors == "")
    #expect(xml.output == imported.output)
    for measure in [
      "pan12_authors,all,all,author,f0.5,", "pan12_lines,all,all,line,f3,", "transcripts,all,all,alarm,latency_f1,",
      "transcripts,all,all,alarm,erde_50,",
    ] {
      #expect(imported.output.contains(measure), "\(measure)")
    }
    // And scored like any other canonical JSONL.
    let scored = try Program.run(["score", folder.path + "/test.jsonl"])
    #expect(scored.code == 0 && scored.lines.count == 43)
  }

  @Test func split() throws {
    let folder = try Scratch()
    let run = try Program.run([
      "import", "pan12", ImportTests.miniature, "-o", folder.path, "--unverified", "--part", "train",
      "--split-authors", "learn,tune", "0.6",
    ])
    #expect(run.code == 0)
    func authors(_ name: String) throws -> Set<String> {
      Set(
        try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8).split(separator: "\n").compactMap {
          decoded($0)["author_id"] as? String
        })
    }
    let (learn, tune) = (try authors("learn.jsonl"), try authors("tune.jsonl"))
    #expect(learn.isDisjoint(with: tune) && learn.count + tune.count == 13 && !tune.isEmpty)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
        ".gitignore", "learn.jsonl", "manifest.json", "tune.jsonl",
      ])
  }

  @Test(arguments: [
    [], ["pan12"], ["pan12", "x"], ["pan21", "x", "-o", "y"], ["--list", "pan12", "x"], ["--list", "-o", "y"],
    ["pan12", "x", "-o", "y", "--split-authors", "a,b"], ["pan12", "x", "-o", "y", "--split-authors", "a", "0.5"],
    ["pan12", "x", "-o", "y", "--split-authors", "a,a", "0.5"],
    ["pan12", "x", "-o", "y", "--split-authors", "a,b", "1"],
    ["pan12", "x", "-o", "y", "--split-authors", "a,../b", "0.5"],
    ["pan12", "x", "-o", "y", "--split-authors", "a,b", "nan"], ["pan12", "x", "-o", "y", "--seed", "-1"],
  ])
  func usage(arguments: [String]) throws {
    #expect(try Program.run(["import"] + arguments).code == 64, "\(arguments)")
  }

  @Test func suggestions() throws {
    #expect(try Program.run(["import", "pan21", "x", "-o", "y"]).errors.contains("did you mean 'pan12'?"))
    let run = try Program.run(["import", "pan12", "/nonexistent", "-o", "y"])
    #expect(run.code == 1)
    #expect(
      run.errors == "jaga: /nonexistent: there is no such folder; give the one in which the corpus was unpacked\n")
    let part = try Program.run(["import", "pan12", ImportTests.miniature, "-o", "y", "--part", "tset"])
    #expect(part.code == 1)
    #expect(part.errors == "jaga: pan12 has no part \"tset\"; its parts are train and test\n")
  }
}
