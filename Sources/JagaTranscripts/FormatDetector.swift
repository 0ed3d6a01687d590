/// Recognises a format by the first bytes of a file, then by its ending.
enum FormatDetector {
  /// What to do with what was seen.
  enum Verdict: Equatable {
    case format(TranscriptFormat)
    case notUTF8
    /// Nothing fits; more bytes might.
    case unknown
  }

  /// How many bytes may be looked at.
  static let most = 64 << 10

  /// Judges the first bytes. `atEnd`: there are no more.
  static func judge(_ head: [UInt8], ending: String, atEnd: Bool) -> Verdict {
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return .notUTF8 }
    return head.withUnsafeBufferPointer { all in
      let skip = all.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      let bytes = all.part(skip..<all.count)
      if let format = byContent(bytes, isAll: atEnd || head.count >= most) { return .format(format) }
      guard atEnd || head.count >= most else { return .unknown }
      if let format = byEnding(ending) { return .format(format) }
      return isBlankText(bytes) && atEnd ? .format(.jsonl) : .unknown
    }
  }

  private static func isBlankText(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
  }

  private static func byEnding(_ ending: String) -> TranscriptFormat? {
    switch ending {
    case "jsonl", "ndjson": .jsonl
    case "csv", "tsv": .csv
    case "xml": .pan12
    default: nil
    }
  }

  private static func byContent(_ bytes: UnsafeBufferPointer<UInt8>, isAll: Bool) -> TranscriptFormat? {
    guard let first = bytes.first(where: { $0 > 0x20 }) else { return nil }
    if first == 0x3C {
      let found = PAN12Tags.find("<conversations", in: bytes, from: 0) ?? PAN12Tags.start(bytes).place
      return found == nil ? nil : .pan12
    }
    var scanner = LineScanner()
    var cleaner = WhatsAppLine()
    var seen = 0
    while seen < 40, let range = scanner.next(in: bytes) {
      if isBlank(bytes, range) { continue }
      seen += 1
      let rest = bytes.part(range.lowerBound..<bytes.count)
      if let start = rest.firstIndex(where: { $0 > 0x20 }), rest[start] == 0x7B {
        if let format = byKeys(rest.part(start..<rest.count), isAll: isAll) { return format }
        continue
      }
      cleaner.set(bytes.part(range))
      if cleaner.bytes.withUnsafeBufferPointer({ WhatsAppHeader($0) != nil }) { return .whatsapp }
      if seen == 1, isCSVHeader(bytes.part(range)) { return .csv }
    }
    return nil
  }

  private static func isCSVHeader(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    if line.count >= 5, line.part(0..<4).equals("sep=") { return true }
    return CSVColumns.sniff(line) != nil
  }

  /// Judges a document by its keys; one that is cut off only when no more of it will come, since later keys may matter.
  private static func byKeys(_ document: UnsafeBufferPointer<UInt8>, isAll: Bool) -> TranscriptFormat? {
    var skimmer = JSONSkimmer(document)
    if skimmer.run() == .cutOff, !isAll { return nil }
    let root = Set(skimmer.keys.lazy.filter { $0.depth == 1 }.map(\.name))
    let elements = Set(skimmer.keys.lazy.filter { $0.depth == 3 && $0.under == "messages" }.map(\.name))
    let turns = Set(skimmer.keys.lazy.filter { $0.depth == 3 && $0.under == "conversations" }.map(\.name))
    if root.contains("guild") || (root.contains("channel") && root.contains("messages")) { return .discord }
    if root.contains("chats") || root.contains("left_chats") { return .telegram }
    if elements.contains("content") && elements.contains("role") { return .chatml }
    if turns.contains("value") || turns.contains("from") { return .chatml }
    if root.contains("messages"), root.contains("type"), root.contains("name") { return .telegram }
    if elements.contains("from_id") || elements.contains("date_unixtime") { return .telegram }
    if elements.contains("text") { return .jsonl }
    guard root.contains("text") else { return nil }
    if root.contains("speaker") || root.contains("reply-to") || root.contains("reply_to") { return .convokit }
    return root.contains("user") && root.contains("root") ? .convokit : .jsonl
  }
}
