internal import CICU
internal import JagaCore

/// Everything that analysing one message needs, reused for the next. The steps are in extensions: `tokenizeAscii` and
/// `tokenizeIcu` make atoms, the chat layer makes tokens of them, `write` hands them out.
struct Workspace: ~Copyable {
  let tables: TextTables
  let byteClasses: ScratchBuffer<UInt8>
  let vocabulary = Vocabulary.shared
  var folder: OpaquePointer?

  var source: UnsafePointer<UInt8>
  var sourceCount = 0
  var forms: ScratchBuffer<UInt8>
  var atoms: ScratchBuffer<Atom>
  var tokens: ScratchBuffer<TokenRecord>
  var cache: WordCache
  var stem: ScratchBuffer<UInt8>

  /// The gap seen since the last atom.
  var gap = Atom.Gap.wide
  var clause: UInt16 = 0
  var clauseEnded = false
  var hasQuestionMark = false
  var evidence = LanguageEvidence()
  /// Where the class names (`<link>` …) stand in `forms`, by kind; -1 while they do not.
  var classBegins = ClassBegins()

  init(tables: TextTables) {
    self.tables = tables
    byteClasses = ByteClass.makeTable()
    source = UnsafePointer(byteClasses.base)
    forms = ScratchBuffer(capacity: 4096)
    atoms = ScratchBuffer(capacity: 1024)
    tokens = ScratchBuffer(capacity: 512)
    cache = WordCache()
    stem = ScratchBuffer(capacity: 256)
  }

  deinit { if let folder { cicu_folder_destroy(folder) } }

  /// Folding may multiply bytes by eleven, and offsets are 32 bits wide.
  static let maximumBytes = 1 << 27

  private mutating func begin(_ utf8: UnsafeBufferPointer<UInt8>) {
    sourceCount = min(utf8.count, Workspace.maximumBytes)
    if let base = utf8.baseAddress { source = base } else { sourceCount = 0 }
    forms.shrink(to: 1 << 20)
    atoms.shrink(to: 1 << 17)
    tokens.shrink(to: 1 << 16)
    gap = .wide
    clause = 0
    clauseEnded = false
    hasQuestionMark = false
    evidence = LanguageEvidence()
    classBegins = ClassBegins()
  }

  mutating func analyze(_ utf8: UnsafeBufferPointer<UInt8>, way: TextAnalyzer.Way, into text: inout AnalyzedText) {
    begin(utf8)
    tokenize(way)
    makeTokens()
    write(into: &text)
  }

  mutating func fold(_ utf8: UnsafeBufferPointer<UInt8>) -> String {
    begin(utf8)
    tokenize(.automatic)
    return String(decoding: UnsafeBufferPointer(start: forms.base, count: forms.count), as: UTF8.self)
  }

  private mutating func tokenize(_ way: TextAnalyzer.Way) {
    switch way {
    case .icu: tokenizeIcu(from: 0, to: sourceCount, everyBoundary: true)
    case .automatic:
      var position = 0
      while position < sourceCount {
        let foreign = firstForeign(from: position)
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
  }

  private func isAsciiSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 9 && byte <= 13) }

  /// Eight bytes a step.
  private func firstForeign(from start: Int) -> Int {
    var index = start
    let raw = UnsafeRawPointer(source)
    while index + 8 <= sourceCount {
      if raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 { break }
      index += 8
    }
    while index < sourceCount, source[index] < 0x80 { index += 1 }
    return index
  }

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
