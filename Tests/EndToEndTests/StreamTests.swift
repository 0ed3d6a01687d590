import Foundation
import Testing

/// Pipes, signals, terminals.
@Suite(.enabled(if: Program.hasModel, Program.needsModel), .timeLimit(.minutes(2)))
struct StreamTests {
  @Test(arguments: ["1", "2"])
  func aClosedPipeIsSuccess(threads: String) throws {
    let folder = try Scratch()
    let many = try folder.file("many.jsonl", SampleLines.interleaved(6000).joined())
    let run = try Program.shell(
      "{ jaga score '\(many)' --threads \(threads); echo \"code $?\" >&2; } | head -n 1")
    #expect(run.lines.count == 1)
    #expect(run.errors == "code 0\n")
  }

  @Test(arguments: ["1", "2"])
  func recordsComeAsSoonAsTheirLineIsIn(threads: String) throws {
    let input = Pipe()
    let output = Pipe()
    let process = try Program.start(["score", "-", "--threads", threads], input: input, output: output)
    for number in 0..<3 {
      input.fileHandleForWriting.write(Data(SampleLines.line("c", "\(number)", "a", "halo").utf8))
      // Nothing else comes until this record is out: a program that waits for more would hang here.
      var line = Data()
      while !line.contains(UInt8(ascii: "\n")) {
        let part = output.fileHandleForReading.availableData
        if part.isEmpty { break }
        line.append(part)
      }
      #expect(decoded(String(decoding: line, as: UTF8.self))["message_id"] as? String == "\(number)")
    }
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test(arguments: ["1", "2"], ["csv", "pan12"])
  func recordsThatAreNoLinesAreNotHeldBackEither(threads: String, format: String) throws {
    let input = Pipe()
    let output = Pipe()
    let process = try Program.start(
      ["score", "-", "--threads", threads, "--format", format], input: input, output: output)
    let head = format == "csv" ? "conversation_id,message_id,text\n" : "<conversations>"
    input.fileHandleForWriting.write(Data(head.utf8))
    for number in 0..<3 {
      let record =
        format == "csv"
        ? "c,\(number),halo\n"
        : """
        <conversation id="c\(number)"><message line="\(number)"><author>a</author><time>10:00</time><text>halo</text>\
        </message></conversation>

        """
      input.fileHandleForWriting.write(Data(record.utf8))
      var line = Data()
      while !line.contains(UInt8(ascii: "\n")) {
        let part = output.fileHandleForReading.availableData
        if part.isEmpty { break }
        line.append(part)
      }
      #expect(decoded(String(decoding: line, as: UTF8.self))["message_id"] as? String == "\(number)")
    }
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test(arguments: ["1", "2"], ["message", "conversation"])
  func interruptedWhileWaiting(threads: String, level: String) throws {
    let input = Pipe()
    let output = Pipe()
    let errors = Pipe()
    let process = try Program.start(
      ["score", "-", "--threads", threads, "--level", level, "--summary"], input: input, output: output, errors: errors)
    input.fileHandleForWriting.write(Data(SampleLines.interleaved(50).joined().utf8))
    // Wait until it has taken the lines, then until it waits for more.
    usleep(3_000_000)
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 130)
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let lines = text.split(separator: "\n")
    #expect(
      lines.count == (level == "message" ? 50 : Set(lines.map { decoded($0)["conversation_id"] as? String }).count))
    #expect(lines.count > 0)
    #expect(text.hasSuffix("}\n"))
    if level == "conversation" { #expect(lines.allSatisfy { $0.contains("\"partial\":true") }) }
    let summary = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(summary.contains("messages       50 scored"))
  }

  @Test func interruptedWhileBusyLeavesWholeLines() throws {
    let folder = try Scratch()
    let lines = SampleLines.interleaved(4000).joined()
    let files = try (0..<12).map { try folder.file("\($0).jsonl", lines.replacing("\"c", with: "\"\($0)c")) }
    let target = try folder.file("output")
    let process = try Program.start(
      ["score"] + files, output: try FileHandle(forWritingTo: URL(fileURLWithPath: target)))
    // Until some of it is written.
    while process.isRunning, (try FileManager.default.attributesOfItem(atPath: target)[.size] as? Int ?? 0) == 0 {
      usleep(1000)
    }
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 130)
    let text = try String(contentsOfFile: target, encoding: .utf8)
    #expect(text.hasSuffix("}\n"))
    for line in text.split(separator: "\n") { #expect(!decoded(line).isEmpty) }
  }

  @Test func tableOnATerminalAndJSONInAPipe() throws {
    let page = try onATerminal(["explain", "asal kirim foto dulu"])
    #expect(page.contains("\u{1B}[1mmove"))
    let folder = try Scratch()
    let chat = try folder.file("chat.jsonl", SampleLines.interleaved(10).joined())
    let coloured = try onATerminal(["score", chat])
    #expect(coloured.hasPrefix("\u{1B}[2mband    score  stage"))
    let plain = try onATerminal(["score", chat], environment: ["NO_COLOR": "1"])
    #expect(plain.hasPrefix("band    score  stage"))
    #expect(!plain.contains("\u{1B}"))
    #expect(try Program.run(["score", chat]).output.hasPrefix("{"))
  }

  @Test func progressIsShownOnATerminalOnly() throws {
    let folder = try Scratch()
    let chat = try folder.file("chat.jsonl", SampleLines.interleaved(1500).joined())
    let arguments = ["score", chat, "--threads", "1"]
    let shown = try onATerminal(arguments, isErrors: true)
    #expect(shown.contains(" messages, "))
    #expect(shown.hasSuffix("\r\u{1B}[K"))
    #expect(try onATerminal(arguments + ["--no-progress"], isErrors: true) == "")
    #expect(try Program.run(arguments).errors == "")
  }

  /// What a run writes to a terminal as its standard output, or as its standard error.
  private func onATerminal(
    _ arguments: [String], isErrors: Bool = false, environment: [String: String] = [:]
  ) throws -> String {
    var master: Int32 = -1
    var slave: Int32 = -1
    guard openpty(&master, &slave, nil, nil, nil) == 0 else { throw CocoaError(.fileReadUnknown) }
    let terminal = FileHandle(fileDescriptor: slave, closeOnDealloc: false)
    let variables = ["TERM": "xterm-256color"].merging(environment) { $1 }
    let process = try Program.start(
      arguments, output: isErrors ? nil : terminal, errors: isErrors ? terminal : nil, environment: variables)
    close(slave)
    var page: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    // A terminal whose other end is closed gives an error instead of an end.
    while true {
      let count = read(master, &block, block.count)
      if count <= 0 { break }
      page += block[..<count]
    }
    process.waitUntilExit()
    close(master)
    return String(decoding: page, as: UTF8.self).replacing("\r\n", with: "\n")
  }
}
