internal import JagaCore

/// What the tokenizers and the quick loop have to know about each byte of folded ASCII text, and about pairs behind letters.
struct ByteClass: ~Copyable {
  static let letter: UInt8 = 0
  static let digit: UInt8 = 1
  /// White space and controls.
  static let gap: UInt8 = 2
  /// Marks, by what they make of the letters that they follow without a gap.
  /// Nothing, whatever comes behind.
  static let mark: UInt8 = 3
  /// One word with the letters behind it (`f*o*t*o`, `can't`).
  static let joiner: UInt8 = 4
  /// An address, or one word, with what is behind it (`t.me`).
  static let point: UInt8 = 5
  /// The same, with anything behind it (`foto-foto`).
  static let dash: UInt8 = 6
  /// Something of its own, with or without anything behind it (`s@`).
  static let sign: UInt8 = 7

  /// What a token that begins with a mark may become.
  enum Course: UInt8 {
    /// Its surroundings decide (`@name`, `$50`, `+62`, `<url>`), or it is no mark.
    case context
    /// A token of its own, inside a clause.
    case plain
    /// A token of its own that ends a clause.
    case terminator
    /// One that asks, too.
    case question
    /// White space and controls: no token.
    case gap
  }

  struct Mark: BitwiseCopyable {
    /// The hash of the one byte.
    var hash: UInt64
    var course: Course
  }

  /// 256 entries, so that no byte can read beyond them.
  let bytes: UnsafeMutablePointer<UInt8>
  /// 256 entries.
  let marks: UnsafeMutablePointer<Mark>
  /// The hash of two dots, for which any longer run of dots stands.
  let ellipsis = tokenHash("..")

  init() {
    bytes = .allocate(capacity: 256)
    marks = .allocate(capacity: 256)
    for value in 0..<256 {
      let byte = UInt8(value)
      bytes[value] = ByteClass.of(byte)
      let course: Course
      switch ByteClass.of(byte) {
      case ByteClass.letter, ByteClass.digit: course = .context
      case ByteClass.gap: course = .gap
      default: course = byte >= 0x80 ? .context : ByteClass.course(of: byte)
      }
      (marks + value).initialize(to: Mark(hash: shortTokenHash(UInt64(byte), count: 1), course: course))
    }
  }

  deinit {
    bytes.deallocate()
    marks.deallocate()
  }

  private static func of(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): letter
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit
    case 0...0x20, 0x7f: gap
    case Ascii.at, Ascii.dollar: sign
    case Ascii.dot: point
    case Ascii.dash: dash
    case Ascii.apostrophe: joiner
    default: Workspace.isJoiner(byte) ? joiner : mark
    }
  }

  private static func course(of mark: UInt8) -> Course {
    switch mark {
    case Ascii.at, Ascii.dollar, Ascii.plus, UInt8(ascii: "["), UInt8(ascii: "<"): .context
    case Ascii.dot, UInt8(ascii: "!"), UInt8(ascii: ";"): .terminator
    case Ascii.question: .question
    default: .plain
    }
  }

  /// Bit `8 * a + b` is set where letters before bytes of the classes `a` and `b` are a token of their own.
  let apart: UInt64 = {
    var bits: UInt64 = 0
    for first in ByteClass.gap...ByteClass.sign {
      for second in ByteClass.letter...ByteClass.sign where ByteClass.isApart(first, second) {
        bits |= 1 << UInt64(first * 8 + second)
      }
    }
    return bits
  }()

  private static func isApart(_ first: UInt8, _ second: UInt8) -> Bool {
    switch first {
    case gap, mark: true
    case joiner: second != letter
    case point: second != letter && second != digit && second != dash
    case dash: second == gap
    default: false
    }
  }
}
