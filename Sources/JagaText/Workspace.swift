internal import CICU
internal import JagaCore

/// Everything that analysing one message needs, reused for the next. The steps are in extensions: `tokenizeAscii` and
/// `tokenizeIcu` make atoms, the chat layer makes tokens of them, `write` hands them out.
struct Workspace: ~Copyable {
  let tables: TextTables
  let classes = ByteClass()
  let affixes = AffixTable()
  let vocabulary = Vocabulary.shared
  var folder: OpaquePointer?

  var source: UnsafePointer<UInt8>
  var sourceCount = 0
  var forms: ScratchBuffer<UInt8>
  /// The folded bytes of ASCII stretches, each at its place in the original, with a zero byte behind each stretch.
  var folded: ScratchBuffer<UInt8>
  var stretches: ScratchBuffer<AsciiStretch>
  var atoms: ScratchBuffer<Atom>
  var tokens: ScratchBuffer<TokenRecord>
  var plainWords: PlainWords
  var stem: ScratchBuffer<UInt8>

  /// The gap seen since the last atom.
  var gap = Atom.Gap.wide
  var clause: UInt16 = 0
  var clauseEnded = false
  var hasQuestionMark = false
  let evidence = LanguageEvidence()
  /// Where the class names (`<link>` …) stand in `forms`, by kind; -1 while they do not.
  var classBegins = ClassBegins()

  init(tables: TextTables) {
    self.tables = tables
    forms = ScratchBuffer(capacity: 4096)
    folded = ScratchBuffer(capacity: 4096)
    stretches = ScratchBuffer(capacity: 16)
    source = UnsafePointer(forms.base)
    atoms = ScratchBuffer(capacity: 1024)
    tokens = ScratchBuffer(capacity: 512)
    plainWords = PlainWords()
    stem = ScratchBuffer(capacity: 256)
  }

  deinit { if let folder { cicu_folder_destroy(folder) } }

  /// Folding may multiply bytes by eleven, and offsets are 32 bits wide.
  static let maximumBytes = 1 << 27

  private mutating func begin(_ utf8: UnsafeBufferPointer<UInt8>) {
    sourceCount = min(utf8.count, Workspace.maximumBytes)
    if let base = utf8.baseAddress { source = base } else { sourceCount = 0 }
    forms.shrink(to: 1 << 20)
    folded.shrink(to: 1 << 20)
    folded.reserve(sourceCount)
    stretches.shrink(to: 1 << 12)
    atoms.shrink(to: 1 << 17)
    tokens.shrink(to: 1 << 16)
    gap = .wide
    clause = 0
    clauseEnded = false
    hasQuestionMark = false
    evidence.reset()
    classBegins = ClassBegins()
  }

  mutating func analyze(_ utf8: UnsafeBufferPointer<UInt8>, way: TextAnalyzer.Way, into text: inout AnalyzedText) {
    begin(utf8)
    switch way {
    case .automatic:
      if let stretch = foldAscii(from: 0, to: sourceCount) {
        makeTokens(ofAscii: stretch)
      } else {
        tokenize()
        makeTokensOfStretches()
      }
    case .icu:
      tokenizeIcu(from: 0, to: sourceCount, everyBoundary: true)
      makeTokens()
    }
    write(into: &text)
  }

  mutating func fold(_ utf8: UnsafeBufferPointer<UInt8>) -> String {
    begin(utf8)
    tokenize()
    return String(decoding: UnsafeBufferPointer(start: forms.base, count: forms.count), as: UTF8.self)
  }

  /// Makes atoms of everything: ASCII stretches by table, what is between them by ICU.
  private mutating func tokenize() {
    var position = 0
    while position < sourceCount {
      let foreign = EightBytes.firstForeign(source, from: position, count: sourceCount)
      guard foreign < sourceCount else { break }
      // ICU gets whole words: folding and word boundaries do not depend on anything across ASCII white space.
      var begin = foreign
      while begin > position, !isAsciiSpace(source[begin - 1]) { begin -= 1 }
      var end = foreign
      while end < sourceCount, !isAsciiSpace(source[end]) { end += 1 }
      tokenizeAscii(from: position, to: begin)
      tokenizeIcu(from: begin, to: end, everyBoundary: false)
      position = end
    }
    tokenizeAscii(from: position, to: sourceCount)
  }

  private mutating func tokenizeAscii(from: Int, to: Int) {
    guard from < to, let stretch = foldAscii(from: from, to: to) else { return }
    stretches.append(stretch)
    appendAtoms(of: stretch, from: from)
  }

  private func isAsciiSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 9 && byte <= 13) }

  // MARK: Forms

  @inline(__always)
  func bytes(_ range: SourceRange) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: forms.base + Int(range.begin), count: range.count)
  }

  @inline(__always)
  func bytes(_ atom: Atom) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: forms.base + Int(atom.begin), count: atom.count)
  }

  /// Copies bytes, which may lie in `forms` themselves, to the end of `forms`.
  mutating func appendForm(_ range: SourceRange) -> SourceRange {
    forms.reserve(range.count)
    let begin = forms.count
    (forms.base + begin).update(from: forms.base + Int(range.begin), count: range.count)
    forms.count += range.count
    return SourceRange(begin: Int32(begin), end: Int32(forms.count))
  }

  /// Copies bytes from elsewhere to the end of `forms`.
  mutating func appendForm(_ other: UnsafeBufferPointer<UInt8>) -> SourceRange {
    forms.reserve(other.count)
    let begin = forms.count
    if let base = other.baseAddress { (forms.base + begin).update(from: base, count: other.count) }
    forms.count += other.count
    return SourceRange(begin: Int32(begin), end: Int32(forms.count))
  }

  func atomRange(_ first: Int, _ last: Int) -> SourceRange {
    SourceRange(begin: atoms[first].begin, end: atoms[last].end)
  }

  /// True when `index` is an atom that follows the one before without a gap.
  @inline(__always)
  func isTight(_ index: Int) -> Bool { index < atoms.count && atoms.base[index].gap == .none }

  @inline(__always)
  func isTight(_ index: Int, _ kind: Atom.Kind) -> Bool { isTight(index) && atoms.base[index].kind == kind }

  @inline(__always)
  func isTight(_ index: Int, mark: UInt8) -> Bool { isTight(index) && atoms.base[index].mark == mark }
}
