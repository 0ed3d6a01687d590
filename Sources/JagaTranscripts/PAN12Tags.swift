internal import Glibc
internal import JagaCore

/// Finds conversations in PAN12 XML without parsing it.
enum PAN12Tags {
  enum Extent: Equatable {
    /// The conversation ends after this many bytes.
    case whole(Int)
    /// Another one begins, or the input ends, before it does.
    case broken(Int)
    case incomplete
  }

  /// The place of a text.
  static func find(_ text: StaticString, in bytes: UnsafeBufferPointer<UInt8>, from: Int) -> Int? {
    let count = text.utf8CodeUnitCount
    var at = from
    while at + count <= bytes.count, let base = bytes.baseAddress,
      let found = memchr(base + at, Int32(text.utf8Start[0]), bytes.count - count + 1 - at)
    {
      at = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
      if memcmp(found, text.utf8Start, count) == 0 { return at }
      at += 1
    }
    return nil
  }

  /// The place of `<conversation` that is not `<conversations`, and how many bytes at the end may be the beginning of one.
  static func start(_ bytes: UnsafeBufferPointer<UInt8>, from: Int = 0) -> (place: Int?, keep: Int) {
    var at = from
    while let found = find("<conversation", in: bytes, from: at) {
      let after = found + 13
      if after >= bytes.count { return (nil, bytes.count - found) }
      if bytes[after] <= 0x20 || bytes[after] == 0x3E || bytes[after] == 0x2F { return (found, 0) }
      at = after
    }
    return (nil, min(bytes.count, 13))
  }

  /// How far the conversation that begins at the first byte reaches.
  static func extent(of bytes: UnsafeBufferPointer<UInt8>, atEnd: Bool) -> Extent {
    // `<conversation id="x"/>`: nothing in it.
    guard let tagEnd = find(">", in: bytes, from: 0) else { return atEnd ? .broken(bytes.count) : .incomplete }
    let other = start(bytes, from: 13).place ?? Int.max
    if tagEnd < other, bytes[tagEnd - 1] == 0x2F { return .whole(tagEnd + 1) }
    if let close = find("</conversation", in: bytes, from: 13), close < other {
      var at = close + 14
      while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
      if at < bytes.count {
        if bytes[at] == 0x3E { return .whole(at + 1) }
        // `</conversations>`: this one was never closed.
        return .broken(close)
      }
      return atEnd ? .broken(bytes.count) : .incomplete
    }
    if other < Int.max { return .broken(other) }
    return atEnd ? .broken(bytes.count) : .incomplete
  }

  /// How much of the rest of a conversation can be dropped, and whether its end, or the next one, was found.
  static func rest(_ bytes: UnsafeBufferPointer<UInt8>) -> (drop: Int, done: Bool) {
    let next = start(bytes)
    if let close = find("</conversation>", in: bytes, from: 0), close < next.place ?? Int.max {
      return (close + 15, true)
    }
    if let place = next.place { return (place, true) }
    return (max(0, bytes.count - 16), false)
  }

  /// Copies text, turning entities into characters: those that the file had escaped twice.
  static func appendUnescaped(
    _ text: UnsafeBufferPointer<UInt8>, to batch: inout MessageBatch
  ) -> MessageBatch.Field {
    guard text.contains(0x26) else { return batch.append(text) }
    let offset = batch.bytes.count
    var index = 0
    while index < text.count {
      if text[index] == 0x26, let (scalar, count) = entity(text, at: index) {
        batch.bytes.append(contentsOf: String(Character(scalar)).utf8)
        index += count
      } else {
        batch.bytes.append(text[index])
        index += 1
      }
    }
    return MessageBatch.Field(offset: offset, count: batch.bytes.count - offset)
  }

  private static func entity(
    _ text: UnsafeBufferPointer<UInt8>, at start: Int
  ) -> (scalar: Unicode.Scalar, count: Int)? {
    var end = start + 1
    while end < text.count, end - start < 12, text[end] != 0x3B { end += 1 }
    guard end < text.count, text[end] == 0x3B else { return nil }
    let name = text.part(start + 1..<end)
    let count = end + 1 - start
    if name.equals("lt") { return ("<", count) }
    if name.equals("gt") { return (">", count) }
    if name.equals("amp") { return ("&", count) }
    if name.equals("quot") { return ("\"", count) }
    if name.equals("apos") { return ("'", count) }
    if name.equals("nbsp") { return ("\u{A0}", count) }
    guard name.first == 0x23, name.count > 1 else { return nil }
    let hexadecimal = asciiLowercased(name[1]) == 0x78
    let digits = String(decoding: name.part((hexadecimal ? 2 : 1)..<name.count), as: UTF8.self)
    guard let value = UInt32(digits, radix: hexadecimal ? 16 : 10), let scalar = Unicode.Scalar(value) else {
      return nil
    }
    return (scalar, count)
  }
}
