/// How long a message is, by its words: runs of bytes other than ASCII blanks.
public enum LengthClass: UInt8, CaseIterable, Sendable {
  /// At most 3 words.
  case few
  /// 4 to 8 words.
  case short
  /// 9 to 20 words.
  case medium
  /// More than 20 words.
  case long

  /// The name used in reports.
  public var name: String {
    switch self {
    case .few: "1-3 words"
    case .short: "4-8 words"
    case .medium: "9-20 words"
    case .long: "21+ words"
    }
  }

  /// The class of a text. Cost: one pass.
  public init(text: String) {
    var words = 0
    var inside = false
    for byte in text.utf8 {
      let isBlank = byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
      if !isBlank, !inside { words += 1 }
      inside = !isBlank
    }
    switch words {
    case ...3: self = .few
    case ...8: self = .short
    case ...20: self = .medium
    default: self = .long
    }
  }

  /// The name of a transcript's length, by its messages.
  static func name(messages: Int) -> String {
    switch messages {
    case ...10: "1-10 messages"
    case ...25: "11-25 messages"
    case ...50: "26-50 messages"
    default: "51+ messages"
    }
  }

  /// The order of the names in reports.
  static let names =
    allCases.map(\.name) + [1, 11, 26, 51].map { name(messages: $0) }
}
