internal import JagaTranscripts

/// A piece of a template: bytes that stand for themselves, or a name at its place.
enum TemplatePiece: Hashable, Sendable {
  /// What a message has for a template.
  enum Name: String, CaseIterable, Sendable {
    case id, text, to, from, channel
    case toNoPlus = "to_no_plus"
    case fromNoPlus = "from_no_plus"
    case quickReplies = "quick_replies"
  }

  /// What the place wants of a value.
  enum Place: Hashable, Sendable {
    case form, jsonValue, jsonString, xml
  }

  case literal([UInt8])
  case value(Name, Place)

  var name: Name? {
    if case .value(let name, _) = self { return name }
    return nil
  }

  /// Takes a template apart. `content` is nil for a URL.
  static func read(_ template: String, _ part: CourierTemplateFault.Part, _ content: CourierTemplate.Content?)
    throws(CourierTemplateFault) -> [TemplatePiece]
  {
    var pieces: [TemplatePiece] = []
    var rest = Substring(template)
    var quotes = JSONQuotes()
    while let open = rest.firstRange(of: "{{") {
      let before = Array(rest[..<open.lowerBound].utf8)
      guard let close = rest[open.upperBound...].firstRange(of: "}}") else { throw .unclosed(part) }
      let word = rest[open.upperBound..<close.lowerBound]
      guard let name = Name(rawValue: String(word.filter { !$0.isWhitespace })) else {
        throw .unknownName(String(word.prefix(40)), part)
      }
      if !before.isEmpty { pieces.append(.literal(before)) }
      quotes.pass(before)
      let place: Place =
        switch content {
        case .form, nil: .form
        case .json: quotes.isInside ? .jsonString : .jsonValue
        case .xml: .xml
        }
      if name == .quickReplies, place == .jsonString { throw .quotedList }
      pieces.append(.value(name, place))
      rest = rest[close.upperBound...]
    }
    if !rest.isEmpty { pieces.append(.literal(Array(rest.utf8))) }
    return pieces
  }

  /// What stands there for a message.
  func bytes(_ message: CourierMessage) -> [UInt8] {
    switch self {
    case .literal(let bytes): bytes
    case .value(.id, let place): place.encoded(message.id)
    case .value(.text, let place): place.encoded(message.text)
    case .value(.to, let place): place.encoded(message.to)
    case .value(.from, let place): place.encoded(message.from)
    case .value(.channel, let place): place.encoded(message.channel)
    case .value(.toNoPlus, let place): place.encoded(message.to.withoutPlus)
    case .value(.fromNoPlus, let place): place.encoded(message.from.withoutPlus)
    case .value(.quickReplies, let place): place.encoded(list: message.quickReplies)
    }
  }
}

extension TemplatePiece.Place {
  func encoded(_ text: String) -> [UInt8] {
    switch self {
    case .form: TemplateEncoding.form(text)
    case .jsonValue: TemplateEncoding.json(text)
    case .jsonString: Array(TemplateEncoding.json(text).dropFirst().dropLast())
    case .xml: TemplateEncoding.xml(text)
    }
  }

  func encoded(list: [String]) -> [UInt8] {
    switch self {
    case .form: list.flatMap { Array("&quick_reply=".utf8) + TemplateEncoding.form($0) }
    case .jsonValue, .jsonString:
      Array("[".utf8) + list.map(TemplateEncoding.json).joined(separator: ",".utf8) + "]".utf8
    case .xml: list.flatMap { Array("<item>".utf8) + TemplateEncoding.xml($0) + "</item>".utf8 }
    }
  }
}

/// Values as places want them.
enum TemplateEncoding {
  /// Letters, digits and `-_.~` stand for themselves, a space is `+`, all else `%XX`.
  static func form(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
        UInt8(ascii: "~"):
        bytes.append(byte)
      case UInt8(ascii: " "): bytes.append(UInt8(ascii: "+"))
      default:
        let digits = Array("0123456789ABCDEF".utf8)
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return bytes
  }

  static func json(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    JSONWriter.append(text, to: &bytes)
    return bytes
  }

  /// What XML 1.0 has no way to write is left out.
  static func xml(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": bytes += "&lt;".utf8
      case ">": bytes += "&gt;".utf8
      case "&": bytes += "&amp;".utf8
      case "\"": bytes += "&#34;".utf8
      case "'": bytes += "&#39;".utf8
      case "\t", "\n", "\r": bytes += "&#\(scalar.value);".utf8
      default:
        guard scalar.value >= 0x20, scalar.value & 0xFFFE != 0xFFFE || scalar.value > 0xFFFF else { continue }
        bytes += String(scalar).utf8
      }
    }
    return bytes
  }
}

/// Whether a place of a JSON template stands inside a string.
private struct JSONQuotes {
  var isInside = false
  private var isEscaped = false

  mutating func pass(_ bytes: [UInt8]) {
    for byte in bytes {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = isInside
      } else if byte == UInt8(ascii: "\"") {
        isInside.toggle()
      }
    }
  }
}

extension String {
  fileprivate var withoutPlus: String { first == "+" ? String(dropFirst()) : self }
}
