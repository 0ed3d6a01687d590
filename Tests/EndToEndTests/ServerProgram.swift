import Foundation
import Testing

/// A running `jaga-server` with its store in a folder of its own.
final class ServerProgram {
  private let process: Process
  private let log: String
  /// `http://127.0.0.1:PORT`.
  let url: String

  /// The program.
  static var path: String { URL(fileURLWithPath: Program.path).deletingLastPathComponent().path + "/jaga-server" }

  /// Starts and waits until it serves. A port of 0 is free.
  init(
    _ folder: Scratch, _ arguments: [String] = [], store: Bool = true, environment: [String: String] = [:],
    port: Int = 0
  ) throws {
    log = try folder.file("log-\(UUID().uuidString)")
    process = try Program.start(
      (arguments.first == "serve" || arguments.isEmpty ? [] : ["serve"]) + arguments + ["--port", "\(port)"]
        + (store ? ["--store", folder.path + "/jaga.sqlite"] : []), program: ServerProgram.path,
      errors: try FileHandle(forWritingTo: URL(fileURLWithPath: log)), environment: environment)
    let place = log
    func serving() -> String? {
      (try? String(contentsOfFile: place, encoding: .utf8))?.split(separator: "\n").lazy
        .compactMap { $0.split(separator: "\"").first { $0.hasPrefix("serving at ") } }
        .first.map { String($0.dropFirst("serving at ".count).dropLast()) }
    }
    let end = Date().addingTimeInterval(60)
    while serving() == nil, process.isRunning, Date() < end { usleep(20_000) }
    url = try #require(serving(), "\((try? String(contentsOfFile: log, encoding: .utf8)) ?? "")")
  }

  /// What it wrote to standard error so far.
  var logged: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

  /// Tells it to stop and waits; its exit code.
  @discardableResult func stop(_ signal: Int32 = SIGTERM) -> Int32 {
    if process.isRunning { kill(process.processIdentifier, signal) }
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
  }

  deinit { if process.isRunning { stop(SIGKILL) } }

  /// One request by curl: the body, then the status on a line of its own.
  func curl(_ path: String, _ arguments: [String] = []) throws -> (status: Int, body: String) {
    let run = try Program.run(
      ["-s", "-w", "\n%{http_code}"] + arguments + [url + path], program: "/usr/bin/curl")
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    return (Int(lines.last ?? "") ?? 0, lines.dropLast().joined(separator: "\n"))
  }

  /// Sends messages, lines of JSON, in one request.
  func score(_ lines: String, _ arguments: [String] = []) throws -> (status: Int, body: String) {
    let messages = lines.split(separator: "\n").joined(separator: ",")
    return try curl("/v1/score", ["--json", #"{"messages":[\#(messages)]}"#] + arguments)
  }

  /// Runs another command on a folder's store.
  static func run(_ folder: Scratch, _ arguments: [String]) throws -> Program.Result {
    try Program.run(arguments + ["--store", folder.path + "/jaga.sqlite"], program: path)
  }
}
