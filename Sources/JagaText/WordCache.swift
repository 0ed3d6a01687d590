internal import JagaCore

/// Remembers what became of words that the tables do not hold, since affix rules try a hundred lookups for one.
///
/// Direct-mapped, of fixed size, and compared by the bytes themselves: a resolution depends on nothing but the word and the
/// tables, so a hit gives exactly what resolving again would give, in whatever order messages come.
struct WordCache: ~Copyable {
  static let slots = 2048
  static let longestSurface = 24
  static let longestOutput = 40
  static let stride = longestSurface + longestOutput

  struct Entry {
    var hash: UInt64 = 0
    var canonicalHash: UInt64 = 0
    var rootHash: UInt64 = 0
    var flags: TokenFlags = []
    var info = WordInfo.unknown
    var slang: Int32 = -1
    var surfaceCount: UInt8 = 0
    /// 0 when the canonical form is the surface itself.
    var canonicalCount: UInt8 = 0
    var rootBegin: UInt8 = 0
    var rootCount: UInt8 = 0
    var rootPlace = RootPlace.canonical
    var isRecognised = false
  }

  enum RootPlace: UInt8 { case canonical, surface, own }

  var entries: ScratchBuffer<Entry>
  var bytes: ScratchBuffer<UInt8>

  init() {
    entries = ScratchBuffer(capacity: WordCache.slots)
    bytes = ScratchBuffer(capacity: WordCache.slots * WordCache.stride)
    for _ in 0..<WordCache.slots { entries.append(Entry()) }
    for _ in 0..<WordCache.slots * WordCache.stride { bytes.append(0) }
  }
}

extension Workspace {
  mutating func cachedForm(_ range: SourceRange, hash: UInt64) -> WordForm? {
    let slot = Int(truncatingIfNeeded: hash >> 20) & (WordCache.slots - 1)
    let entry = cache.entries[slot]
    guard entry.hash == hash, Int(entry.surfaceCount) == range.count else { return nil }
    let stored = cache.bytes.base + slot * WordCache.stride
    let surface = forms.base + Int(range.begin)
    for index in 0..<range.count where stored[index] != surface[index] { return nil }
    var form = WordForm(range, hash: hash, info: entry.info)
    let output = UnsafePointer(stored + WordCache.longestSurface)
    if entry.canonicalCount > 0 {
      form.canonical = appendForm(UnsafeBufferPointer(start: output, count: Int(entry.canonicalCount)))
    }
    switch entry.rootPlace {
    case .canonical: form.root = form.canonical
    case .surface:
      form.root.begin = range.begin + Int32(entry.rootBegin)
      form.root.end = form.root.begin + Int32(entry.rootCount)
    case .own:
      form.root = appendForm(
        UnsafeBufferPointer(start: output + Int(entry.canonicalCount), count: Int(entry.rootCount)))
    }
    form.canonicalHash = entry.canonicalHash
    form.rootHash = entry.rootHash
    form.flags = entry.flags
    form.slang = entry.slang
    form.isRecognised = entry.isRecognised
    return form
  }

  /// False when the word or its forms are too long to be kept.
  mutating func remember(_ form: WordForm, of range: SourceRange, hash: UInt64) -> Bool {
    guard range.count <= WordCache.longestSurface else { return false }
    let canonicalCount = form.canonical == range ? 0 : form.canonical.count
    let place: WordCache.RootPlace =
      form.root == form.canonical
      ? .canonical : form.root.begin >= range.begin && form.root.end <= range.end ? .surface : .own
    let rootCount = place == .own ? form.root.count : 0
    guard canonicalCount + rootCount <= WordCache.longestOutput else { return false }
    let slot = Int(truncatingIfNeeded: hash >> 20) & (WordCache.slots - 1)
    let stored = cache.bytes.base + slot * WordCache.stride
    stored.update(from: forms.base + Int(range.begin), count: range.count)
    let output = stored + WordCache.longestSurface
    output.update(from: forms.base + Int(form.canonical.begin), count: canonicalCount)
    if place == .own { (output + canonicalCount).update(from: forms.base + Int(form.root.begin), count: rootCount) }
    var entry = WordCache.Entry()
    entry.hash = hash
    entry.canonicalHash = form.canonicalHash
    entry.rootHash = form.rootHash
    entry.flags = form.flags
    entry.info = form.info
    entry.slang = form.slang
    entry.surfaceCount = UInt8(range.count)
    entry.canonicalCount = UInt8(canonicalCount)
    if place == .surface { entry.rootBegin = UInt8(form.root.begin - range.begin) }
    entry.rootCount = UInt8(place == .canonical ? 0 : form.root.count)
    entry.rootPlace = place
    entry.isRecognised = form.isRecognised
    cache.entries[slot] = entry
    return true
  }
}
