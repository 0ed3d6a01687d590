import Foundation
import JagaCore
import JagaScoring
import JagaText
import JagaTranscripts

/// The fixed input of all stages: every fourth message of the corpora, and the default model.
public struct StageInput {
  /// The model and what it decides.
  public let scorer: Scorer
  /// Texts as bytes, in the order of the voices' names.
  let texts: [[UInt8]]
  /// The texts, analysed.
  let analyzed: [AnalyzedText]
  /// The texts as JSON lines in conversations of ``conversation`` messages.
  let lines: [UInt8]

  /// Messages of a conversation.
  static let conversation = 20
  /// One message out of this many is taken.
  static let step = 4

  /// Reads `corpora/` and `Models/default.jaga` of the checkout that this package lies in.
  public init() throws {
    let root = URL(filePath: #filePath).appending(path: "../../../..").standardized
    let voices = root.appending(path: "corpora/voices")
    let names = try FileManager.default.contentsOfDirectory(atPath: voices.path).sorted()
    let files = names.map { voices.appending(path: $0 + "/messages.jsonl").path }
      .filter { FileManager.default.fileExists(atPath: $0) }
    var batch = MessageBatch()
    let reader = TranscriptReader(inputs: files.map { .file($0) })
    while try reader.read(into: &batch, limit: 1 << 20) {}

    let model = try Model.open(path: root.appending(path: "Models/default.jaga").path)
    scorer = Scorer(model: model)
    texts = stride(from: 0, to: batch.rows.count, by: StageInput.step).map {
      let field = batch.rows[$0].text
      return Array(batch.bytes[field.offset..<field.offset + field.count])
    }
    let analyzer = TextAnalyzer(tables: model.text)
    analyzed = texts.map { text in
      var result = AnalyzedText()
      text.withUnsafeBufferPointer { analyzer.analyze($0, into: &result) }
      return result
    }
    var written = [UInt8]()
    for (index, text) in texts.enumerated() {
      let head =
        "{\"conversation_id\":\"c\(index / StageInput.conversation)\",\"message_id\":\"m\(index)\",\"author_id\":\"a\(index % 2)\",\"text\":"
      written += Array(head.utf8)
      written += try JSONEncoder().encode(String(decoding: text, as: UTF8.self))
      written += Array("}\n".utf8)
    }
    lines = written
  }

  /// The number of messages.
  public var count: Int { texts.count }

  /// The texts with every `a`, `e` and `o` replaced by the Cyrillic letter that looks like it, so that ICU sees nearly every word.
  var disguised: [[UInt8]] {
    texts.map { text in
      let letters = String(decoding: text, as: UTF8.self).map { letter -> Character in
        switch letter {
        case "a": "\u{430}"
        case "e": "\u{435}"
        case "o": "\u{43E}"
        default: letter
        }
      }
      return Array(String(letters).utf8)
    }
  }
}
