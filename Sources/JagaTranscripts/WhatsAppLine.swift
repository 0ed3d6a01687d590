/// A line without the direction marks that WhatsApp puts in: U+200E, U+200F, U+202A–202E and the byte order mark. Joiners and
/// zero-width spaces (U+200B–200D) are dropped before the header only: inside a text they belong to it.
struct WhatsAppLine {
  private(set) var bytes: [UInt8] = []
  private var marks: [Int] = []

  mutating func set(_ line: UnsafeBufferPointer<UInt8>) {
    bytes.removeAll(keepingCapacity: true)
    marks.removeAll(keepingCapacity: true)
    var index = 0
    var end = line.count
    if end > 0, line[end - 1] == 0x0D { end -= 1 }
    while index < end {
      let byte = line[index]
      if byte == 0xE2 || byte == 0xEF, index + 2 < end, isMark(byte, line[index + 1], line[index + 2]) {
        if marks.last != bytes.count { marks.append(bytes.count) }
        index += 3
        continue
      }
      bytes.append(byte)
      index += 1
    }
  }

  private func isMark(_ one: UInt8, _ two: UInt8, _ three: UInt8) -> Bool {
    if one == 0xEF { return two == 0xBB && three == 0xBF }
    guard two == 0x80 else { return false }
    if three == 0x8E || three == 0x8F || (0xAA...0xAE).contains(three) { return true }
    return bytes.isEmpty && (0x8B...0x8D).contains(three)
  }

  /// True when a direction mark stood before this place.
  func isMarked(at place: Int) -> Bool { marks.contains(place) }

  /// Cuts `Name: text`; nil when there is no name, as in notices.
  static func split(_ line: UnsafeBufferPointer<UInt8>, from start: Int) -> (author: Range<Int>, text: Int)? {
    var index = start
    while index < line.count {
      if line[index] == 0x3A, index + 1 == line.count || line[index + 1] == 0x20 {
        let author = line.part(start..<index).trimmed
        guard !author.isEmpty, !WhatsAppPhrases.isNotice(author: author) else { return nil }
        var low = start
        while low < index, line[low] <= 0x20 { low += 1 }
        return (low..<low + author.count, min(index + 2, line.count))
      }
      index += 1
    }
    return nil
  }
}
