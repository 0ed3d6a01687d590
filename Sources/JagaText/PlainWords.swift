internal import Glibc
internal import JagaCore

/// Remembers what became of plain words: runs of letters that stand for one token whatever surrounds them.
///
/// Two tables of fixed size, in sets of two places. A ``WordFact`` tells how a word is dealt with; words that stand for
/// themselves need nothing else. A ``Form`` holds what became of another (slang, affixes, slips, long unknown words), in one
/// cache line. Both are functions of the word and the model's tables only, and no two words are taken for each other, so a hit
/// gives exactly what looking the word up again would give, in whatever order messages come.
struct PlainWords: ~Copyable {
  static let formSets = 16384
  /// Longer words have no form.
  static let longest = 16
  /// Up to eight bytes, hash and length decide the word: the hash is a one-to-one function of them. So do hash, length and the
  /// second eight bytes with up to sixteen.
  static let longestExact = 8

  /// What became of a word that does not stand for itself. Behind it in its cache line lie the second eight bytes of a word of
  /// more than eight, padded with zero bytes, and what the word adds to the forms of a message.
  struct Form: BitwiseCopyable {
    var hash: UInt64
    var canonicalHash: UInt64
    var rootHash: UInt64
    var flags: UInt16
    /// What it says about the language.
    var voice: UInt8
    /// The length of the word; no word in this place when 0.
    var count: UInt8
    /// The length of what is added.
    var tailCount: UInt8
    var canonical: Place
    var root: Place

    static let stride = 64
    static let rest = 36

    /// Where in its line the added forms of a word of some length lie, and how many bytes fit.
    @inline(__always)
    static func tail(ofWord count: Int) -> Int { count > longestExact ? rest &+ 8 : rest }
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

  let facts: UnsafeMutablePointer<WordFact>
  /// ``Form``s, one in each 64 bytes, at multiples of 64.
  let forms: UnsafeMutableRawPointer
  private let memory: UnsafeMutableRawPointer

  init() {
    // Zero bytes, of which the system makes a page when it is first written to: a short run touches little of it.
    let factBytes = WordFact.sets * 2 * MemoryLayout<WordFact>.stride
    let formBytes = PlainWords.formSets * 2 * Form.stride
    guard let memory = calloc(factBytes + formBytes + 2 * Form.stride, 1) else {
      preconditionFailure("memory for words")
    }
    self.memory = memory
    let aligned = UnsafeMutableRawPointer(bitPattern: (UInt(bitPattern: memory) + 63) & ~63) ?? memory
    facts = aligned.bindMemory(to: WordFact.self, capacity: WordFact.sets * 2)
    forms = aligned + factBytes
  }

  deinit { free(memory) }

  /// The first place of a form; the second is the next one.
  @inline(__always)
  func form(_ hash: UInt64) -> UnsafeMutableRawPointer {
    forms + (Int(truncatingIfNeeded: hash &>> 20) & (PlainWords.formSets &- 1)) &* (2 &* Form.stride)
  }

  /// The second eight bytes of a word of nine to sixteen, padded with zero bytes. Sixteen bytes must be readable.
  @inline(__always)
  static func secondHalf(_ word: UnsafeRawPointer, count: Int) -> UInt64 {
    let bytes = EightBytes.load(word, 8)
    return count >= 16 ? bytes : bytes & ((1 &<< UInt64(truncatingIfNeeded: (count &- 8) &* 8)) &- 1)
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
  mutating func otherFact(_ hash: UInt64, length: Int) -> WordFact {
    let set = plainWords.facts + WordFact.place(hash)
    var fact = set[1]
    if !fact.isOf(hash, length: length) {
      let info = tables.info(hash)
      var course = WordFact.Course.form
      switch info.role {
      case .currency, .numeral, .scheme, .nameMask, .linkMask: course = .context
      default: if info.slang < 0, info.isWord || length == 1 { course = .itself }
      }
      fact = WordFact(
        hash, length: length, course: course, voice: LanguageEvidence.voice(of: info), isKnown: info.isKnown)
    }
    set[1] = set[0]
    set[0] = fact
    return fact
  }

  @inline(__always)
  private func isForm(_ line: UnsafeMutableRawPointer, of word: PlainWord, count: Int) -> Bool {
    let form = line.assumingMemoryBound(to: PlainWords.Form.self)
    guard form.pointee.hash == word.hash, Int(form.pointee.count) == count else { return false }
    return count <= PlainWords.longestExact
      || EightBytes.load(line, PlainWords.Form.rest)
        == PlainWords.secondHalf(UnsafeRawPointer(folded.base + word.begin), count: count)
  }

  /// Emits a word that does not stand for itself, as it was remembered; false where it was not.
  @inline(never)
  mutating func emitRemembered(_ word: PlainWord) -> Bool {
    let count = word.end &- word.begin
    var line = plainWords.form(word.hash)
    if !isForm(line, of: word, count: count) {
      line += PlainWords.Form.stride
      guard isForm(line, of: word, count: count) else { return false }
    }
    let form = line.assumingMemoryBound(to: PlainWords.Form.self)
    let tailBegin = forms.count
    let tailCount = Int(form.pointee.tailCount)
    if tailCount > 0 {
      forms.reserve(tailCount)
      let tail = UnsafeRawPointer(line + PlainWords.Form.tail(ofWord: count))
      UnsafeMutableRawPointer(forms.base + tailBegin).storeBytes(
        of: tail.loadUnaligned(as: SIMD4<UInt64>.self), as: SIMD4<UInt64>.self)
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
    let count = surface.count
    let flags = record.flags.subtracting(.shouted)
    let voice = LanguageEvidence.voice(of: resolved.info)
    if tail.count == 0, record.canonical == surface, record.root == surface, record.canonicalHash == word.hash,
      record.rootHash == word.hash, count <= PlainWords.longestExact, flags.subtracting(.known).isEmpty
    {
      plainWords.facts[WordFact.place(word.hash)] = WordFact(
        word.hash, length: count, course: .itself, voice: voice, isKnown: flags.contains(.known))
      return
    }
    let tailPlace = PlainWords.Form.tail(ofWord: count)
    guard count <= PlainWords.longest, tailPlace + tail.count <= PlainWords.Form.stride,
      let canonical = PlainWords.Place(record.canonical, word: surface, tail: tail),
      let root = PlainWords.Place(record.root, word: surface, tail: tail)
    else { return }
    let line = plainWords.form(word.hash)
    (line + PlainWords.Form.stride).copyMemory(from: line, byteCount: PlainWords.Form.stride)
    line.assumingMemoryBound(to: PlainWords.Form.self).pointee = PlainWords.Form(
      hash: word.hash, canonicalHash: record.canonicalHash, rootHash: record.rootHash, flags: flags.rawValue,
      voice: voice, count: UInt8(count), tailCount: UInt8(tail.count), canonical: canonical, root: root)
    if count > PlainWords.longestExact {
      line.storeBytes(
        of: PlainWords.secondHalf(UnsafeRawPointer(folded.base + word.begin), count: count).littleEndian,
        toByteOffset: PlainWords.Form.rest, as: UInt64.self)
    }
    (line + tailPlace).copyMemory(from: forms.base + tailBegin, byteCount: tail.count)
  }
}
