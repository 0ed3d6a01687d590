public import JagaCore

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
  /// Replaces the ids of every message, and the mentions in their texts.
  public mutating func transform(with transform: any IDTransform) {
    self.transform(from: 0, with: transform, names: nil)
  }

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

  /// The longest name that stands at this place, not inside a longer word.
  func match(
    _ bytes: UnsafeBufferPointer<UInt8>, at position: Int, afterWord: Bool
  ) -> (count: Int, id: [UInt8])? {
    for (name, id) in byFirstByte[Int(bytes[position])] {
      let end = position + name.count
      guard end <= bytes.count, bytes[position..<end].elementsEqual(name) else { continue }
      // A name that begins or ends with a sign or an emoji needs no gap there.
      let name = bytes.part(position..<end)
      if afterWord, wordPart(of: name, at: 0) == .inside { continue }
      if end < bytes.count, endsInsideWord(name), wordPart(of: bytes, at: end) == .inside { continue }
      return (name.count, id)
    }
    return nil
  }
}

/// What a character is to the words around it.
private enum WordPart {
  /// A letter, a digit or an underscore, of any script.
  case inside
  /// White space, a sign, an emoji.
  case outside
  /// A mark or a joiner, which belongs to the character before it.
  case joined
}

/// What the character at this place is; the bytes are valid UTF-8.
private func wordPart(of bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> WordPart {
  let byte = bytes[position]
  if byte < 0x80 {
    let isInside = byte &- 48 < 10 || asciiLowercased(byte) &- 97 < 26 || byte == 0x5F
    return isInside ? .inside : .outside
  }
  var rest = bytes[position...].makeIterator()
  var decoder = UTF8()
  guard case .scalarValue(let scalar) = decoder.decode(&rest) else { return .outside }
  let properties = scalar.properties
  if properties.isAlphabetic || properties.numericType != nil { return .inside }
  switch properties.generalCategory {
  case .nonspacingMark, .spacingMark, .enclosingMark: return .joined
  default: return scalar.value == 0x200C || scalar.value == 0x200D ? .joined : .outside
  }
}

/// How many bytes the character that begins with this byte has.
private func characterLength(_ first: UInt8) -> Int { first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4 }

/// True when the last character is part of a word.
private func endsInsideWord(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  var place = bytes.count
  while place > 0 {
    place -= 1
    if bytes[place] & 0xC0 == 0x80 { continue }
    let part = wordPart(of: bytes, at: place)
    if part != .joined { return part == .inside }
  }
  return false
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
      if start < text.count, let (count, id) = names?.match(text, at: start, afterWord: false) {
        fresh.append(contentsOf: text[index..<start])
        id.withUnsafeBufferPointer { transform.append($0, kind: .author, to: &fresh) }
        index = start + count
      } else {
        let end = isolate ? isolateEnd(text, from: start) : mentionEnd(text, from: start)
        fresh.append(contentsOf: text[index..<start])
        if end > start { transform.append(text.part(start..<end), kind: .author, to: &fresh) }
        index = end
      }
      wordBefore = true
      continue
    }
    if let (count, id) = names?.match(text, at: index, afterWord: wordBefore) {
      id.withUnsafeBufferPointer { transform.append($0, kind: .author, to: &fresh) }
      index += count
      wordBefore = true
      continue
    }
    switch wordPart(of: text, at: index) {
    case .inside: wordBefore = true
    case .outside: wordBefore = false
    case .joined: break
    }
    let next = min(index + characterLength(byte), text.count)
    fresh.append(contentsOf: text[index..<next])
    index = next
  }
}

/// Where a mention that is no known name ends: after the last letter or digit, with dots and hyphens between them.
private func mentionEnd(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
  var end = start
  var place = start
  while place < text.count {
    let byte = text[place]
    let isLink = byte == 0x2E || byte == 0x2D
    let part = wordPart(of: text, at: place)
    // A mark alone begins nothing: `@` with an emoji's variation selector is no mention.
    guard isLink || part == .inside || (part == .joined && place > start) else { break }
    place = min(place + characterLength(byte), text.count)
    if !isLink { end = place }
  }
  return end
}

/// Where the name between U+2068 and U+2069 ends; at the end of the line where the second is missing.
private func isolateEnd(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
  var end = start
  while end < text.count {
    if text[end] == 0x0A { break }
    if text[end] == 0xE2, end + 2 < text.count, text[end + 1] == 0x81, text[end + 2] == 0xA9 { break }
    end += 1
  }
  return end
}
