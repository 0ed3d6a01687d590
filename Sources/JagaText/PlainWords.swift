internal import Glibc
internal import JagaCore

/// Remembers what became of plain words: runs of letters that stand for one token whatever surrounds them.
///
/// Two tables of fixed size, in sets of two places. A ``Fact`` tells how a word is dealt with; words that stand for themselves
/// need nothing else. A ``Form`` holds what became of another (slang, affixes, slips, long unknown words), compared by its
/// bytes. Both are functions of the word and the model's tables only, so a hit gives exactly what looking the word up again
/// would give, in whatever order messages come.
struct PlainWords: ~Copyable {
  static let factSets = 16384
  static let formSets = 8192
  /// Longer words have no form.
  static let longest = 16
  /// Up to eight bytes, hash and length decide the word: the hash is a one-to-one function of them.
  static let longestExact = 8
  /// The most bytes that a word may add to the forms of a message.
  static let longestTail = 32

  /// How a word is dealt with. It depends on the hash alone (what the word index says), or on a word of at most eight bytes.
  struct Fact: BitwiseCopyable {
    var hash: UInt64
    /// The flags of a word that stands for itself.
    var flags: UInt16
    /// What such a word says about the language.
    var voice: UInt8
    /// The length of the word; no word in this place when 0. Longer words than fit are looked up each time.
    var count: UInt8
    var course: Course
  }

  enum Course: UInt8 {
    /// It stands for itself.
    case itself
    /// It has a ``Form``.
    case form
    /// Its surroundings matter (`rp`, `seratus`, `http`).
    case context
  }

  /// What became of a word that does not stand for itself.
  struct Form: BitwiseCopyable {
    var hash: UInt64
    /// The word's bytes, padded with zero bytes.
    var bytes: SIMD2<UInt64>
    var canonicalHash: UInt64
    var rootHash: UInt64
    var flags: UInt16
    var voice: UInt8
    /// 0 where there is no word in this place.
    var count: UInt8
    /// The forms added, in `tails`.
    var tailCount: UInt8
    var canonical: Place
    var root: Place
  }

  /// A range of the word, or of what it added to the forms.
  struct Place: BitwiseCopyable {
    var begin: UInt8
    var count: UInt8
    /// All bits set for the forms added, none for the word.
    var tailMask: Int8

    /// Nil for a range that lies elsewhere or is too long.
    init?(_ range: SourceRange, word: SourceRange, tail: SourceRange) {
      if range.begin >= word.begin, range.end <= word.end {
        self.init(range, from: word.begin, tailMask: 0)
      } else {
        guard range.begin >= tail.begin, range.end <= tail.end else { return nil }
        self.init(range, from: tail.begin, tailMask: -1)
      }
    }

    private init(_ range: SourceRange, from origin: Int32, tailMask: Int8) {
      begin = UInt8(truncatingIfNeeded: range.begin &- origin)
      count = UInt8(truncatingIfNeeded: range.count)
      self.tailMask = tailMask
    }

    /// The range in a message where the word begins at `word` and what it added begins `distance` bytes further.
    @inline(__always)
    func range(word: Int32, distance: Int32) -> SourceRange {
      let begin = word &+ Int32(self.begin) &+ (Int32(tailMask) & distance)
      return SourceRange(begin: begin, end: begin &+ Int32(count))
    }
  }

  let facts: UnsafeMutablePointer<Fact>
  let forms: UnsafeMutablePointer<Form>
  let tails: UnsafeMutableRawPointer

  init() {
    facts = PlainWords.zeros(PlainWords.factSets * 2, of: Fact.self)
    forms = PlainWords.zeros(PlainWords.formSets * 2, of: Form.self)
    tails = UnsafeMutableRawPointer(PlainWords.zeros(PlainWords.formSets * 2 * PlainWords.longestTail, of: UInt8.self))
  }

  /// Memory of zero bytes, of which the system makes a page when it is first written to: a short run touches little of it.
  private static func zeros<Element>(_ count: Int, of type: Element.Type) -> UnsafeMutablePointer<Element> {
    guard let memory = calloc(count, MemoryLayout<Element>.stride) else { preconditionFailure("memory for words") }
    return memory.bindMemory(to: type, capacity: count)
  }

  deinit {
    free(facts)
    free(forms)
    free(tails)
  }

  /// The first place of a hash; the second is the next one.
  @inline(__always)
  static func factPlace(_ hash: UInt64) -> Int { (Int(truncatingIfNeeded: hash &>> 20) & (factSets &- 1)) &<< 1 }

  @inline(__always)
  static func formPlace(_ hash: UInt64) -> Int { (Int(truncatingIfNeeded: hash &>> 20) & (formSets &- 1)) &<< 1 }

  /// A word's bytes, padded with zero bytes. At least 16 bytes must be readable.
  @inline(__always)
  static func bytes(_ word: UnsafeRawPointer, count: Int) -> SIMD2<UInt64> {
    let low = word.loadUnaligned(as: UInt64.self)
    let high = word.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    let bits = UInt64(truncatingIfNeeded: count &* 8)
    // Shifts by more than 63 give zero.
    return SIMD2(low & ((1 << bits) &- 1), high & (bits > 64 ? (1 << (bits &- 64)) &- 1 : 0))
  }
}

/// A run of letters at hand.
struct PlainWord {
  var hash: UInt64
  /// Its bytes in the original.
  var begin: Int
  var end: Int
  /// What leads from there to its place in the forms.
  var shift: Int

  var source: SourceRange {
    SourceRange(begin: Int32(truncatingIfNeeded: begin), end: Int32(truncatingIfNeeded: end))
  }

  var surface: SourceRange {
    SourceRange(begin: Int32(truncatingIfNeeded: begin &+ shift), end: Int32(truncatingIfNeeded: end &+ shift))
  }
}

extension Workspace {
  /// The fact of a word that is not in the first place of its set: that in the second, which changes places with it, or what the
  /// tables say.
  @inline(never)
  mutating func otherFact(_ hash: UInt64, count: Int) -> PlainWords.Fact {
    let set = plainWords.facts + PlainWords.factPlace(hash)
    var fact = set[1]
    if fact.hash != hash || Int(fact.count) != count {
      let info = tables.info(hash)
      fact = PlainWords.Fact(
        hash: hash, flags: info.isKnown ? TokenFlags.known.rawValue : 0, voice: LanguageEvidence.voice(of: info),
        count: UInt8(truncatingIfNeeded: count), course: .form)
      switch info.role {
      case .currency, .numeral, .scheme, .nameMask, .linkMask: fact.course = .context
      default: if info.slang < 0, info.isWord || count == 1 { fact.course = .itself }
      }
      guard count <= UInt8.max else { return fact }
    }
    set[1] = set[0]
    set[0] = fact
    return fact
  }

  /// Emits a word that does not stand for itself, as it was remembered; false where it was not.
  @inline(never)
  mutating func emitRemembered(_ word: PlainWord) -> Bool {
    let count = word.end &- word.begin
    let bytes = PlainWords.bytes(UnsafeRawPointer(folded.base + word.begin), count: count)
    var slot = PlainWords.formPlace(word.hash)
    var form = plainWords.forms + slot
    if form.pointee.hash != word.hash || Int(form.pointee.count) != count || form.pointee.bytes != bytes {
      slot &+= 1
      form += 1
      guard form.pointee.hash == word.hash, Int(form.pointee.count) == count, form.pointee.bytes == bytes else {
        return false
      }
    }
    let tailBegin = forms.count
    let tailCount = Int(form.pointee.tailCount)
    if tailCount > 0 {
      forms.reserve(tailCount)
      let tail = UnsafeRawPointer(plainWords.tails + slot &* PlainWords.longestTail)
      UnsafeMutableRawPointer(forms.base + tailBegin).copyMemory(from: tail, byteCount: PlainWords.longestTail)
      forms.count &+= tailCount
    }
    let surface = word.surface
    let source = word.source
    let distance = Int32(truncatingIfNeeded: tailBegin) &- surface.begin
    var flags = TokenFlags(rawValue: form.pointee.flags)
    if isShouted(source) { flags.insert(.shouted) }
    evidence.counts[Int(form.pointee.voice)] &+= 1
    tokens.append(
      TokenRecord(
        surfaceHash: word.hash, canonicalHash: form.pointee.canonicalHash, rootHash: form.pointee.rootHash, value: 0,
        surface: surface, canonical: form.pointee.canonical.range(word: surface.begin, distance: distance),
        root: form.pointee.root.range(word: surface.begin, distance: distance), source: source, flags: flags,
        clause: clause, kind: .word))
    return true
  }

  /// Emits a word that does not stand for itself the slow way, and remembers what became of it where that is one token of
  /// short forms.
  @inline(never)
  mutating func emitAndRemember(_ word: PlainWord) {
    let surface = word.surface
    let tailBegin = forms.count
    let token = tokens.count
    let resolved = resolve(surface, hash: word.hash, info: tables.info(word.hash))
    emit(resolved, surface: surface, hash: word.hash, source: word.source)
    let tail = SourceRange(begin: Int32(tailBegin), end: Int32(forms.count))
    guard tokens.count == token + 1 else { return }
    let record = tokens[token]
    let flags = record.flags.subtracting(.shouted).rawValue
    let voice = LanguageEvidence.voice(of: resolved.info)
    if tail.count == 0, record.canonical == surface, record.root == surface, record.canonicalHash == word.hash,
      record.rootHash == word.hash, surface.count <= PlainWords.longestExact
    {
      plainWords.facts[PlainWords.factPlace(word.hash)] = PlainWords.Fact(
        hash: word.hash, flags: flags, voice: voice, count: UInt8(surface.count), course: .itself)
      return
    }
    guard surface.count <= PlainWords.longest, tail.count <= PlainWords.longestTail,
      let canonical = PlainWords.Place(record.canonical, word: surface, tail: tail),
      let root = PlainWords.Place(record.root, word: surface, tail: tail)
    else { return }
    let slot = PlainWords.formPlace(word.hash)
    let form = plainWords.forms + slot
    let stored = plainWords.tails + slot * PlainWords.longestTail
    form[1] = form[0]
    (stored + PlainWords.longestTail).copyMemory(from: stored, byteCount: PlainWords.longestTail)
    form[0] = PlainWords.Form(
      hash: word.hash, bytes: PlainWords.bytes(UnsafeRawPointer(folded.base + word.begin), count: surface.count),
      canonicalHash: record.canonicalHash, rootHash: record.rootHash, flags: flags, voice: voice,
      count: UInt8(surface.count), tailCount: UInt8(tail.count), canonical: canonical, root: root)
    stored.copyMemory(from: forms.base + tailBegin, byteCount: tail.count)
  }
}
