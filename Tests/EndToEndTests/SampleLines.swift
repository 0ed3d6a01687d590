import Foundation
import TestSupport

/// Chats to run the program on; neutral texts, some of which any model finds worth a look.
enum SampleLines {
  private static let texts = [
    "halo semua, besok ulangan ya", "umur berapa dek? sendirian di rumah?", "aku isiin diamond asal kirim foto dulu",
    "jangan bilang mama ya, hapus chat ini", "ok makasih", "haha iya", "nanti aku transfer, kirim nomor dana kamu",
    "someone keeps asking me for pictures and I am scared", "see you at practice", "pr matematika halaman berapa?",
  ]

  static func line(_ conversation: String, _ message: String, _ author: String, _ text: String) -> String {
    """
    {"conversation_id":"\(conversation)","message_id":"\(message)","author_id":"\(author)","text":"\(text)"}

    """
  }

  /// Interleaved conversations of several authors.
  static func interleaved(_ count: Int, seed: UInt64 = 3) -> [String] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { number in
      line(
        "c\(Int.random(in: 0..<25, using: &random))", "m\(number)", "a\(Int.random(in: 0..<4, using: &random))",
        texts[Int.random(in: 0..<texts.count, using: &random)])
    }
  }
}

/// One record as a dictionary.
func decoded(_ line: some StringProtocol) -> [String: Any] {
  (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any] ?? [:]
}
