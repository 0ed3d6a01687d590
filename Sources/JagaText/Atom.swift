/// A run of one kind of character in the folded text: the smallest piece that either way of tokenizing produces.
///
/// Atoms are never split further, so a token is always a run of whole atoms and its source range needs no map.
struct Atom: BitwiseCopyable {
  /// The folded bytes, in the workspace's forms.
  var begin: Int32
  var end: Int32
  /// The bytes of the original.
  var sourceBegin: Int32
  var sourceEnd: Int32
  var kind: Kind
  /// What lies between the atom before and this one.
  var gap: Gap
  /// The byte of an ASCII mark; for an emoji the length of its first scalar when only a skin tone follows; else 0.
  var mark: UInt8
  /// Look-alikes, compatibility letters or invisible characters were folded away.
  var disguised: Bool

  /// The length of the folded bytes.
  @inline(__always) var count: Int { Int(end &- begin) }

  enum Kind: UInt8 {
    case letters, digits
    /// One ASCII mark.
    case mark
    /// One scalar that is neither letter, digit, space nor emoji.
    case symbol
    case emoji
  }

  /// White space, controls and stray combining marks between atoms.
  enum Gap: UInt8 {
    case none, one, wide, newline
  }
}

/// Named ASCII bytes, for the comparisons of the chat layer.
enum Ascii {
  static let dot = UInt8(ascii: ".")
  static let comma = UInt8(ascii: ",")
  static let dash = UInt8(ascii: "-")
  static let plus = UInt8(ascii: "+")
  static let slash = UInt8(ascii: "/")
  static let colon = UInt8(ascii: ":")
  static let at = UInt8(ascii: "@")
  static let dollar = UInt8(ascii: "$")
  static let star = UInt8(ascii: "*")
  static let underscore = UInt8(ascii: "_")
  static let apostrophe = UInt8(ascii: "'")
  static let question = UInt8(ascii: "?")
  static let zero = UInt8(ascii: "0")
  static let two = UInt8(ascii: "2")
  static let x = UInt8(ascii: "x")
}
