import CJaga
import Foundation
import JagaCore
import JagaScoring
import Testing

@testable import JagaC

/// The default model through the C interface, closed with the test.
final class LibraryModel {
  static let path = "Models/default.jaga"
  let pointer: OpaquePointer

  init(overlay: String? = nil) throws {
    var opened: OpaquePointer?
    #expect(jaga_model_open(LibraryModel.path, 0, &opened) == Int32(JAGA_OK))
    pointer = try #require(opened)
  }

  deinit { jaga_model_close(pointer) }

  /// The result of one text.
  func score(_ text: String) -> jaga_score {
    var score = jaga_score()
    #expect(jaga_score_text(pointer, text, text.utf8.count, &score) == Int32(JAGA_OK))
    return score
  }
}

/// This thread's sentence.
func lastError() -> String { String(cString: jaga_last_error()) }

/// The probabilities of all moves.
func labels(of score: jaga_score) -> [Double] {
  withUnsafeBytes(of: score.labels) { Array($0.bindMemory(to: Double.self)) }
}

/// Messages of the project's corpora: ordinary chat and the other kind, by file.
func corpusLines(_ limit: Int) throws -> [String] {
  var lines: [String] = []
  let folder = "corpora/voices"
  for voice in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
    guard let file = try? String(contentsOfFile: "\(folder)/\(voice)/messages.jsonl", encoding: .utf8) else { continue }
    for line in file.split(separator: "\n").prefix(limit) {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      if let text = object?["text"] as? String { lines.append(text) }
    }
  }
  return lines
}
