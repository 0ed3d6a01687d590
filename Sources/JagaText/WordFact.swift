/// How a plain word is dealt with, in eight bytes.
///
/// It depends on the hash alone (what the word index says), or on a word of at most eight bytes, which hash and length decide.
/// The place in the table stands for the low bits of the hash, so none of them is lost where the rest is stored.
struct WordFact: BitwiseCopyable {
  /// All bits of the hash but the low 15; of these the length (5), the course (2), the voice (3) and whether it is known.
  private var bits: UInt64

  enum Course: UInt64 {
    /// It stands for itself.
    case itself
    /// It has a ``PlainWords/Form``.
    case form
    /// Its surroundings matter (`rp`, `seratus`, `http`).
    case context
  }

  /// Sets of two places.
  static let sets = 1 << 15
  private static let low = UInt64(sets - 1)
  private static let lengthMask: UInt64 = 31

  /// The first place of a hash; the second is the next one.
  @inline(__always)
  static func place(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: (hash & low) &<< 1) }

  @inline(__always)
  init(_ hash: UInt64, length: Int, course: Course, voice: UInt8, isKnown: Bool) {
    bits =
      WordFact.key(hash, length) | course.rawValue &<< 5 | UInt64(voice) &<< 7 | (isKnown ? 1 &<< 10 : 0)
  }

  /// Lengths from 31 on count as one: only the word index speaks of such words, and it goes by the hash.
  @inline(__always)
  private static func key(_ hash: UInt64, _ length: Int) -> UInt64 {
    hash & ~low | UInt64(truncatingIfNeeded: min(length, 31))
  }

  /// True when it is about a word; never where there is none.
  @inline(__always)
  func isOf(_ hash: UInt64, length: Int) -> Bool {
    bits & (~WordFact.low | WordFact.lengthMask) == WordFact.key(hash, length)
  }

  @inline(__always) var standsForItself: Bool { bits & (3 &<< 5) == 0 }
  @inline(__always) var needsContext: Bool { bits & (2 &<< 5) != 0 }
  /// What a word that stands for itself says about the language.
  @inline(__always) var voice: Int { Int(truncatingIfNeeded: bits &>> 7) & 7 }
  /// The flags of such a word.
  @inline(__always) var flags: UInt16 {
    UInt16(truncatingIfNeeded: bits &>> 2) & TokenFlags.known.rawValue
  }
}
