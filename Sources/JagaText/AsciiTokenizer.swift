/// The fast way: ASCII bytes to atoms, by a table of byte classes. Calls no ICU.
///
/// `Foto2 dong` becomes `foto`, `2`, `dong` with a gap before the last. NFKC_Casefold of ASCII is lower case, and UAX #29
/// never breaks inside a run of ASCII letters or digits, so the ICU way yields the same atoms; a test holds them equal.
enum ByteClass {
  static let letter: UInt8 = 0
  static let digit: UInt8 = 1
  static let mark: UInt8 = 2
  static let space: UInt8 = 3
  static let newline: UInt8 = 4

  /// The class of each ASCII byte; 256 entries so that no byte can read beyond them.
  static func makeTable() -> ScratchBuffer<UInt8> {
    var table = ScratchBuffer<UInt8>(capacity: 256)
    for value in 0..<256 {
      switch UInt8(value) {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): table.append(letter)
      case UInt8(ascii: "0")...UInt8(ascii: "9"): table.append(digit)
      case 0x0a...0x0d: table.append(newline)
      case 0...0x20, 0x7f: table.append(space)
      default: table.append(mark)
      }
    }
    return table
  }
}

extension Workspace {
  /// Appends the atoms of `source[from..<to]`, which must be ASCII.
  mutating func tokenizeAscii(from: Int, to: Int) {
    let count = to - from
    guard count > 0 else { return }
    forms.reserve(count)
    atoms.reserve(count)
    let shift = Int32(truncatingIfNeeded: forms.count &- from)
    let target = forms.base + forms.count
    let bytes = source + from
    for index in 0..<count {
      let byte = bytes[index]
      target[index] = byte &- 65 < 26 ? byte | 0x20 : byte
    }
    forms.count &+= count

    let classes = byteClasses.base
    let atomBase = atoms.base
    var atomCount = atoms.count
    var gap = self.gap
    var index = from
    while index < to {
      let start = index
      let byteClass = classes[Int(source[index])]
      index &+= 1
      if byteClass >= ByteClass.space {
        if byteClass == ByteClass.newline {
          gap = .newline
        } else if gap != .newline {
          gap = gap == .none ? .one : .wide
        }
        continue
      }
      var kind = Atom.Kind.mark
      if byteClass == ByteClass.letter {
        kind = .letters
        while index < to, classes[Int(source[index])] == ByteClass.letter { index &+= 1 }
      } else if byteClass == ByteClass.digit {
        kind = .digits
        while index < to, classes[Int(source[index])] == ByteClass.digit { index &+= 1 }
      }
      let sourceBegin = Int32(truncatingIfNeeded: start)
      let sourceEnd = Int32(truncatingIfNeeded: index)
      atomBase[atomCount] = Atom(
        begin: sourceBegin &+ shift, end: sourceEnd &+ shift, sourceBegin: sourceBegin, sourceEnd: sourceEnd,
        kind: kind,
        gap: gap, mark: kind == .mark ? source[start] : 0, disguised: false)
      atomCount &+= 1
      gap = .none
    }
    atoms.count = atomCount
    self.gap = gap
  }
}
