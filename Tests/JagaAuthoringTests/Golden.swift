import Foundation
import Testing

/// Compares a text with a file beside the tests. With `JAGA_RECORD=1` the file is written anew, and the test still fails once,
/// so that nobody accepts a new text unseen.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let file = Fixtures.root.appending(path: name)
  if ProcessInfo.processInfo.environment["JAGA_RECORD"] == "1" {
    try Data(text.utf8).write(to: file)
    Issue.record(
      "\(name) was recorded; read the difference, then run again without JAGA_RECORD", sourceLocation: sourceLocation)
    return
  }
  let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  if text == expected { return }
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let difference = lines.difference(from: old).map { change in
    switch change {
    case .insert(_, let line, _): "+ \(line)"
    case .remove(_, let line, _): "- \(line)"
    }
  }
  Issue.record(
    "\(name) differs (JAGA_RECORD=1 records it):\n\(difference.joined(separator: "\n"))", sourceLocation: sourceLocation
  )
}

enum Fixtures {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

  /// The files of a folder, with paths relative to it.
  static func directory(_ name: String) throws -> [(path: String, text: String)] {
    let folder = root.appending(path: name)
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path()).filter { $0.hasSuffix(".yaml") }
    return try names.sorted().map {
      ("lexicons/\($0)", try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
    }
  }
}
