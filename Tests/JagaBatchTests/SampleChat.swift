import TestSupport

/// Generated chats: interleaved conversations of several authors, some messages without ids, some twice, some malformed.
enum SampleChat {
  private static let texts = [
    "halo semua", "sendirian di rumah?", "aku kasih asal kirim foto", "ini rahasia ya", "norek mana", "besok ulangan",
    "aku takut", "haha iya \u{1F600}", "kirim foto \\\"itu\\\"", "ok",
  ]

  /// Lines of canonical JSONL. The same seed gives the same lines.
  static func lines(_ count: Int, seed: UInt64, malformed: Bool = true) -> [String] {
    var random = SplitMix64(seed: seed)
    var lines: [String] = []
    for number in 0..<count {
      let text = texts[Int.random(in: 0..<texts.count, using: &random)]
      let conversation = "c\(Int.random(in: 0..<40, using: &random))"
      let author = "a\(Int.random(in: 0..<5, using: &random))"
      switch Int.random(in: 0..<40, using: &random) {
      case 0 where malformed: lines.append("{\"conversation_id\":\"\(conversation)\",\"text\":")
      case 1: lines.append("{\"text\":\"\(text)\"}")
      case 2 where !lines.isEmpty: lines.append(lines[lines.count - 1])
      default:
        lines.append(
          """
          {"conversation_id":"\(conversation)","message_id":"m\(number)","author_id":"\(author)","text":"\(text)"}
          """)
      }
    }
    return lines
  }
}
