import Foundation
import JagaCore

/// A folder of corpora of a few messages, gone with the test that made it.
final class CorpusFolder {
  let path: String

  static let moves = ["kirim foto itu dulu", "foto kamu dulu baru aku isi", "mana foto yang itu"]
  static let harmless = ["besok ulangan bab tiga", "ayo makan siang", "nanti latihan jam empat", "buku ini bagus"]

  /// `split` is the text of `splits.json`; `voices` have the sample lines with their name behind.
  init(split: String, voices: [String]) throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    for voice in voices {
      var lines: [String] = []
      for (text, label) in Self.moves.map({ ($0, "topup.request") }) + Self.harmless.map({ ($0, "benign") }) {
        lines.append(
          "{\"id\":\"\(voice)-\(lines.count)\",\"text\":\"\(text) \(voice)\",\"lang\":\"id\",\"labels\":[\"\(label)\"]}"
        )
      }
      let transcript =
        "{\"id\":\"\(voice)-t\",\"lang\":\"id\",\"label\":\"topup\",\"first_risk\":1,\"messages\":["
        + "{\"author\":\"a\",\"text\":\"ayo makan\",\"labels\":[\"benign\"]},"
        + "{\"author\":\"b\",\"text\":\"kirim foto dulu\",\"labels\":[\"topup.request\"]}]}"
      try write(lines.joined(separator: "\n") + "\n", to: "voices/\(voice)/messages.jsonl")
      try write(transcript + "\n", to: "voices/\(voice)/transcripts.jsonl")
    }
    try write(split, to: "splits.json")
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file below the folder, over what is there.
  func write(_ text: String, to name: String) throws {
    let file = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}
