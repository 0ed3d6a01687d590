internal import JagaCore

/// What an identifier names.
public enum IDKind: String, Sendable {
  case conversation, message, author
}

/// Replaces identifiers at the door, for example by a keyed hash. The same identifier has to give the same bytes, and the
/// bytes have to be valid UTF-8.
///
///     struct Upper: IDTransform {
///       func append(_ id: UnsafeBufferPointer<UInt8>, kind: IDKind, to bytes: inout [UInt8]) { … }
///     }
public protocol IDTransform: Sendable {
  /// Appends what stands for the identifier; it is never empty.
  func append(_ identifier: UnsafeBufferPointer<UInt8>, kind: IDKind, to bytes: inout [UInt8])
}

extension MessageBatch {
  /// Replaces the ids of the messages from `first` on, and in their texts every `@mention` and every name in `names`.
  ///
  /// A mention of a known name becomes what its author's id becomes; any other mention is transformed as it is written.
  /// Evidence offsets count in the text after this. Cost: one pass over the text.
  mutating func transform(from first: Int, with transform: any IDTransform, names: NameTable?) {
    guard first < rows.count else { return }
    var fresh: [UInt8] = []
    fresh.reserveCapacity(bytes.count)
    bytes.withUnsafeBufferPointer { bytes in
      func moved(_ field: Field, _ kind: IDKind) -> Field {
        guard field.count > 0 else { return Field() }
        let offset = fresh.count
        transform.append(bytes.part(field.offset..<field.offset + field.count), kind: kind, to: &fresh)
        return Field(offset: offset, count: fresh.count - offset)
      }
      func copied(_ field: Field) -> Field {
        guard field.count > 0 else { return Field() }
        let offset = fresh.count
        fresh.append(contentsOf: bytes[field.offset..<field.offset + field.count])
        return Field(offset: offset, count: field.count)
      }
      for index in rows.indices {
        var row = rows[index]
        if index < first {
          row.conversationID = copied(row.conversationID)
          row.messageID = copied(row.messageID)
          row.authorID = copied(row.authorID)
          row.text = copied(row.text)
        } else {
          row.conversationID = moved(row.conversationID, .conversation)
          row.messageID = moved(row.messageID, .message)
          row.authorID = moved(row.authorID, .author)
          let offset = fresh.count
          let text = bytes.part(row.text.offset..<row.text.offset + row.text.count)
          maskMentions(in: text, with: transform, names: names, to: &fresh)
          row.text = Field(offset: offset, count: fresh.count - offset)
        }
        row.authorRole = copied(row.authorRole)
        row.language = copied(row.language)
        rows[index] = row
      }
    }
    bytes = fresh
  }
}

/// The display names that an export shows, with the author id of each.
struct NameTable {
  private var byFirstByte: [[(name: [UInt8], id: [UInt8])]] = Array(repeating: [], count: 256)
  private var known: Set<[UInt8]> = []

  /// Adds a name. Names under 3 bytes are left out: they would hit ordinary words.
  mutating func add(name: some Sequence<UInt8>, id: some Sequence<UInt8>) {
    let name = Array(name)
    guard name.count >= 3, known.insert(name).inserted else { return }
    let first = Int(name[0])
    byFirstByte[first].append((name, Array(id)))
    byFirstByte[first].sort { $0.name.count > $1.name.count }
  }

  /// The longest name that stands at this place and ends a word there.
  func match(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> (count: Int, id: [UInt8])? {
    for (name, id) in byFirstByte[Int(bytes[position])] {
      let end = position + name.count
      guard end <= bytes.count, end == bytes.count || !isWordByte(bytes[end]) else { continue }
      if bytes[position..<end].elementsEqual(name) { return (name.count, id) }
    }
    return nil
  }
}

/// Letters, digits, underscore, and every byte of a character outside ASCII.
func isWordByte(_ byte: UInt8) -> Bool {
  byte >= 0x80 || byte &- 48 < 10 || asciiLowercased(byte) &- 97 < 26 || byte == 0x5F
}

private func maskMentions(
  in text: UnsafeBufferPointer<UInt8>, with transform: any IDTransform, names: NameTable?, to fresh: inout [UInt8]
) {
  var index = 0
  var wordBefore = false
  while index < text.count {
    let byte = text[index]
    if byte == 0x40, !wordBefore {
      fresh.append(byte)
      index += 1
      // Some exports put the name between U+2068 and U+2069.
      let isolate = index + 2 < text.count && text[index] == 0xE2 && text[index + 1] == 0x81 && text[index + 2] == 0xA8
      let start = isolate ? index + 3 : index
      if start < text.count, let (count, id) = names?.match(text, at: start) {
        fresh.append(contentsOf: text[index..<start])
        id.withUnsafeBufferPointer { transform.append($0, kind: .author, to: &fresh) }
        index = start + count
      } else {
        var end = start
        if isolate {
          while end < text.count, !isolateEnds(text, at: end) { end += 1 }
        } else {
          while end < text.count, isWordByte(text[end]) || text[end] == 0x2E || text[end] == 0x2D { end += 1 }
          while end > start, text[end - 1] == 0x2E || text[end - 1] == 0x2D { end -= 1 }
        }
        fresh.append(contentsOf: text[index..<start])
        if end > start { transform.append(text.part(start..<end), kind: .author, to: &fresh) }
        index = end
      }
      wordBefore = true
      continue
    }
    if !wordBefore, let (count, id) = names?.match(text, at: index) {
      id.withUnsafeBufferPointer { transform.append($0, kind: .author, to: &fresh) }
      index += count
      wordBefore = true
      continue
    }
    fresh.append(byte)
    wordBefore = isWordByte(byte)
    index += 1
  }
}

private func isolateEnds(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
  text[index] == 0x0A
    || (text[index] == 0xE2 && index + 2 < text.count && text[index + 1] == 0x81 && text[index + 2] == 0xA9)
}
