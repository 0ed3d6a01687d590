import Foundation
import Testing

/// Runs the built `jaga`, which lies beside the test bundle.
enum Program {
  /// What one run left behind.
  struct Result {
    var code: Int32
    var output: String
    var errors: String
    /// The lines of standard output.
    var lines: [Substring] { output.split(whereSeparator: \.isNewline) }
  }

  /// The program.
  static var path: String {
    let bundle =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("jaga").path
  }

  /// The root of the package.
  static var root: String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .path
  }

  /// The model that the runs use: `JAGA_MODEL`, else the default model of the checkout.
  static var model: String {
    ProcessInfo.processInfo.environment["JAGA_MODEL"] ?? root + "/Models/default.jaga"
  }

  /// True when there is a model to run with; tests that need one are skipped otherwise.
  static var hasModel: Bool { FileManager.default.fileExists(atPath: model) }

  /// Says why a test was skipped.
  static let needsModel: Comment = "there is no Models/default.jaga; run scripts/train-default"

  /// A run that is going on.
  static func start(
    _ arguments: [String], program: String = path, input: Any? = nil, output: Any? = nil, errors: Any? = nil,
    environment: [String: String] = [:]
  ) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardInput = input ?? FileHandle.nullDevice
    process.standardOutput = output ?? FileHandle.nullDevice
    process.standardError = errors ?? FileHandle.nullDevice
    var variables = ProcessInfo.processInfo.environment
    variables["JAGA_MODEL"] = model
    for name in ["NO_COLOR", "COLUMNS"] { variables[name] = nil }
    variables.merge(environment) { $1 }
    process.environment = variables.filter { !$0.value.isEmpty }
    try process.run()
    return process
  }

  /// Runs to the end. `input` goes to standard input.
  static func run(
    _ arguments: [String], program: String = path, input: String = "", environment: [String: String] = [:]
  ) throws -> Result {
    let folder = try Scratch()
    // Files, not pipes, so that no run waits for this test to read.
    let places = (
      input: try folder.file("input", input), output: try folder.file("output"), errors: try folder.file("errors")
    )
    let process = try start(
      arguments, program: program, input: try FileHandle(forReadingFrom: URL(fileURLWithPath: places.input)),
      output: try FileHandle(forWritingTo: URL(fileURLWithPath: places.output)),
      errors: try FileHandle(forWritingTo: URL(fileURLWithPath: places.errors)), environment: environment)
    process.waitUntilExit()
    return Result(
      code: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus,
      output: try String(contentsOfFile: places.output, encoding: .utf8),
      errors: try String(contentsOfFile: places.errors, encoding: .utf8))
  }

  /// Runs a line of the shell in which `jaga` is the program.
  static func shell(_ line: String) throws -> Result {
    try run(["-c", "jaga() { '\(path)' \"$@\"; }\n\(line)"], program: "/bin/sh")
  }
}

/// A folder that goes away with the test.
final class Scratch {
  let path: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("jaga-test-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // As the program sees it: without links and doubled slashes.
    path = folder.resolvingSymlinksInPath().path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  func file(_ name: String, _ contents: String = "") throws -> String {
    let place = path + "/" + name
    try contents.write(toFile: place, atomically: false, encoding: .utf8)
    return place
  }
}
