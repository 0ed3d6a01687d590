/// The fast way: ASCII bytes, folded eight at a time, to atoms. Calls no ICU.
///
/// `Foto2 dong` becomes `foto`, `2`, `dong` with a gap before the last. NFKC_Casefold of ASCII is lower case, and UAX #29
/// never breaks inside a run of ASCII letters or digits, so the ICU way yields the same atoms; a test holds them equal.
/// Most words never become atoms: see ``makeTokens(ofAscii:)``.
extension Workspace {
  /// A stretch of ASCII, which may end at white space only, or with the message.
  struct AsciiStretch: BitwiseCopyable {
    /// Its bytes in the original, and in `folded`.
    var begin: Int
    var end: Int
    /// What leads from there to its place in `forms`.
    var shift: Int
  }

  /// Folds `source[from..<to]` into `folded` and to the end of `forms`; nil, and nothing has changed, where it is not all ASCII.
  mutating func foldAscii(from: Int, to: Int) -> AsciiStretch? {
    let count = to &- from
    forms.reserve(count)
    let isAscii = EightBytes.fold(
      UnsafeRawPointer(source + from), count: count, into: UnsafeMutableRawPointer(folded.base + from),
      and: UnsafeMutableRawPointer(forms.base + forms.count))
    guard isAscii else { return nil }
    defer { forms.count &+= count }
    return AsciiStretch(begin: from, end: to, shift: forms.count &- from)
  }

  /// Appends the atoms of a stretch from `begin` on.
  mutating func appendAtoms(of stretch: AsciiStretch, from begin: Int) {
    let count = stretch.end &- begin
    guard count > 0 else { return }
    atoms.reserve(count)
    let shift = Int32(truncatingIfNeeded: stretch.shift)
    let bytes = UnsafePointer(folded.base)
    let classes = self.classes.bytes
    let atomBase = atoms.base
    var atomCount = atoms.count
    var gap = self.gap
    var index = begin
    while index < stretch.end {
      let start = index
      let byteClass = classes[Int(bytes[index])]
      index &+= 1
      if byteClass == ByteClass.gap {
        if bytes[start] &- 10 < 4 {
          gap = .newline
        } else if gap != .newline {
          gap = gap == .none ? .one : .wide
        }
        continue
      }
      var kind = Atom.Kind.mark
      if byteClass <= ByteClass.digit {
        kind = byteClass == ByteClass.letter ? .letters : .digits
        if kind == .letters {
          index = EightBytes.endOfLetters(UnsafeRawPointer(bytes), from: start)
        } else {
          while classes[Int(bytes[index])] == byteClass { index &+= 1 }
        }
      }
      let sourceBegin = Int32(truncatingIfNeeded: start)
      let sourceEnd = Int32(truncatingIfNeeded: index)
      atomBase[atomCount] = Atom(
        begin: sourceBegin &+ shift, end: sourceEnd &+ shift, sourceBegin: sourceBegin, sourceEnd: sourceEnd,
        kind: kind, gap: gap, mark: kind == .mark ? bytes[start] : 0, disguised: false)
      atomCount &+= 1
      gap = .none
      if bytes[index] == 0x20 {
        gap = .one
        index &+= 1
      }
    }
    atoms.count = atomCount
    self.gap = gap
  }
}

/// Eight ASCII bytes in one word, the first in its lowest byte. A byte above 0x7f may spoil what is found for the bytes
/// behind it, never for those before it.
enum EightBytes {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  @inline(__always)
  static func load(_ bytes: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The high bit of every byte that is no small letter.
  @inline(__always)
  static func nonLetters(_ bytes: UInt64) -> UInt64 {
    let fromA = bytes &+ ones &* UInt64(128 - 97)
    let beyondZ = bytes &+ ones &* UInt64(128 - 123)
    return (~fromA | beyondZ) & highs
  }

  /// The end of a run of small letters; a byte that is none must follow it.
  @inline(__always)
  static func endOfLetters(_ bytes: UnsafeRawPointer, from start: Int) -> Int {
    var index = start
    while true {
      let others = nonLetters(load(bytes, index))
      if others != 0 { return index &+ others.trailingZeroBitCount &>> 3 }
      index &+= 8
    }
  }

  /// The first byte from `start` on that is not ASCII, or `count`.
  static func firstForeign(_ bytes: UnsafePointer<UInt8>, from start: Int, count: Int) -> Int {
    let raw = UnsafeRawPointer(bytes)
    var index = start
    while index &+ 16 <= count {
      let both = raw.loadUnaligned(fromByteOffset: index, as: SIMD2<UInt64>.self)
      if (both.x | both.y) & highs != 0 { break }
      index &+= 16
    }
    while index < count, bytes[index] < 0x80 { index &+= 1 }
    return index
  }

  /// Copies sixteen bytes with capitals made small to two places. True when one is not ASCII.
  @inline(__always)
  private static func lower(
    _ source: UnsafeRawPointer, _ index: Int, _ first: UnsafeMutableRawPointer, _ second: UnsafeMutableRawPointer
  ) -> Bool {
    let bytes = source.loadUnaligned(fromByteOffset: index, as: SIMD2<UInt64>.self)
    let fromA = bytes &+ SIMD2(repeating: ones &* UInt64(128 - 65))
    let beyondZ = bytes &+ SIMD2(repeating: ones &* UInt64(128 - 91))
    let capitals = fromA & ~beyondZ & SIMD2(repeating: highs)
    let lowered = bytes | (capitals &>> SIMD2(repeating: 2))
    first.storeBytes(of: lowered, toByteOffset: index, as: SIMD2<UInt64>.self)
    second.storeBytes(of: lowered, toByteOffset: index, as: SIMD2<UInt64>.self)
    return (bytes.x | bytes.y) & highs != 0
  }

  /// Copies ASCII bytes with capitals made small to two places, and eight zero bytes behind the first copy. Both must have room
  /// for 64 bytes more than `count`. False, and nothing useful has been copied, when a byte is not ASCII.
  @inline(__always)
  static func fold(
    _ source: UnsafeRawPointer, count: Int, into first: UnsafeMutableRawPointer, and second: UnsafeMutableRawPointer
  ) -> Bool {
    var index = 0
    while index &+ 16 <= count {
      if lower(source, index, first, second) { return false }
      index &+= 16
    }
    // The rest: the last sixteen once more, or byte by byte.
    if index < count, count >= 16 {
      if lower(source, count &- 16, first, second) { return false }
      index = count
    }
    while index < count {
      let byte = source.load(fromByteOffset: index, as: UInt8.self)
      if byte >= 0x80 { return false }
      let lowered = byte &- 65 < 26 ? byte | 0x20 : byte
      first.storeBytes(of: lowered, toByteOffset: index, as: UInt8.self)
      second.storeBytes(of: lowered, toByteOffset: index, as: UInt8.self)
      index &+= 1
    }
    first.storeBytes(of: 0, toByteOffset: count, as: UInt64.self)
    return true
  }
}
