internal import JagaCore

/// Reused working memory of a matcher; one per thread. It may serve several lexicons in turn. Copies share it.
public struct LexiconScratch {
  let memory = ScratchMemory()

  /// Empty memory.
  public init() {}
}

/// What a token offers to phrases. 32 bytes.
struct TokenOffer: BitwiseCopyable {
  /// The bits of its symbols.
  var signature: UInt64 = 0
  /// Symbols of words, ``count`` of them.
  var s0: UInt16 = 0
  var s1: UInt16 = 0
  var s2: UInt16 = 0
  var s3: UInt16 = 0
  var s4: UInt16 = 0
  var count: UInt8 = 0
  /// True when a symbol has a row of its own.
  var leads: UInt8 = 0
  /// Special symbols, as bits.
  var specials: UInt16 = 0
  /// The number of tokens before it that are not punctuation.
  var rank: Int32 = 0

  /// Adds a symbol; five at most are ever offered.
  mutating func add(_ symbol: UInt16) {
    switch count {
    case 0: s0 = symbol
    case 1: s1 = symbol
    case 2: s2 = symbol
    case 3: s3 = symbol
    case 4: s4 = symbol
    default: return
    }
    count += 1
  }

  /// A symbol by its place; 0 behind the last.
  @inline(__always)
  subscript(place: Int) -> UInt16 {
    switch place {
    case 0: s0
    case 1: s1
    case 2: s2
    case 3: s3
    default: s4
    }
  }

  var isPunctuation: Bool { specials & (1 << UInt16(TokenClass.any.rawValue)) == 0 }
}

/// The symbols of a triple of forms, looked up before. 64 bytes.
struct CachedForms: BitwiseCopyable {
  var surface: UInt64 = 0
  var canonical: UInt64 = 0
  var root: UInt64 = 0
  var offer = TokenOffer()
  var unused: UInt64 = 0
}

/// Memory that grows to what the longest message and the largest lexicon need, and is then reused.
final class ScratchMemory {
  /// Slots of the cache of forms.
  static let cacheSlots = 2_048
  /// Room on both sides of the words, so that windows may reach over the ends.
  static let margin = 16

  /// One for each token.
  private(set) var offers = UnsafeMutablePointer<TokenOffer>.allocate(capacity: 1)
  /// Signatures of the words by rank, then of two, four and eight words from each on; with margins.
  private(set) var windows: [UnsafeMutablePointer<UInt64>] = (0..<4).map { _ in .allocate(capacity: 1) }
  /// Punctuation tokens, as bits; one word more than the tokens fill.
  private(set) var punctuation = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
  /// The token of each rank.
  private(set) var tokens = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
  /// Positions that steps of a pattern have reached: four sets of bits.
  private(set) var positions: [UnsafeMutablePointer<UInt64>] = (0..<4).map { _ in .allocate(capacity: 1) }
  private var tokenCapacity = 0

  /// For each slot, forms and their symbols in the lexicon last used.
  let cache = UnsafeMutablePointer<CachedForms>.allocate(capacity: ScratchMemory.cacheSlots)
  /// For each pattern, ``epoch`` plus the token from which on begins are still to be tried.
  private(set) var tried = UnsafeMutablePointer<UInt32>.allocate(capacity: 1)
  /// For each entry, ``epoch`` plus the end of its last hit.
  private(set) var ends = UnsafeMutablePointer<UInt32>.allocate(capacity: 1)
  private var patternCapacity = 0
  private var entryCapacity = 0
  private var identity: UInt64 = 0
  /// Values of ``tried`` and ``ends`` at or below it belong to earlier messages.
  private(set) var epoch: UInt32 = 0
  private var lastCount = 0

  /// Hits of patterns in the current message.
  var found: [LexiconHit] = []
  /// The number of found hits at which they are thinned out.
  var compactAt = 8_192
  /// Where hits are put in order.
  private(set) var ordered = UnsafeMutablePointer<LexiconHit>.allocate(capacity: 1)
  private var hitCapacity = 0

  deinit {
    offers.deallocate()
    for window in windows { window.deallocate() }
    tokens.deallocate()
    punctuation.deallocate()
    for set in positions { set.deallocate() }
    cache.deallocate()
    tried.deallocate()
    ends.deallocate()
    ordered.deallocate()
  }

  /// Makes room for a message of so many tokens, and forgets the one before.
  func prepare(for lexicon: Lexicon, tokens count: Int) {
    found.removeAll(keepingCapacity: true)
    compactAt = 8_192
    if count > tokenCapacity { growTokens(to: max(64, count + count / 2)) }
    if lexicon.identity != identity { turn(to: lexicon) }
    // A message moves the epoch by one more than its tokens, so that no value of it equals one of the next.
    epoch &+= UInt32(truncatingIfNeeded: lastCount &+ 1)
    lastCount = count
    if epoch > UInt32.max / 2 { restart() }
  }

  /// Makes room for so many hits.
  func reserve(hits count: Int) {
    guard count > hitCapacity else { return }
    hitCapacity = max(64, count + count / 2)
    ordered.deallocate()
    ordered = .allocate(capacity: hitCapacity)
  }

  private func growTokens(to count: Int) {
    tokenCapacity = count
    offers.deallocate()
    offers = .allocate(capacity: count)
    tokens.deallocate()
    tokens = .allocate(capacity: count)
    punctuation.deallocate()
    punctuation = .allocate(capacity: count / 64 + 2)
    for number in windows.indices {
      windows[number].deallocate()
      windows[number] = .allocate(capacity: count + 2 * ScratchMemory.margin)
    }
    for number in positions.indices {
      positions[number].deallocate()
      positions[number] = .allocate(capacity: count / 64 + 2)
    }
  }

  /// Forgets what belongs to another lexicon.
  private func turn(to lexicon: Lexicon) {
    identity = lexicon.identity
    cache.update(repeating: CachedForms(), count: ScratchMemory.cacheSlots)
    if lexicon.patterns.count > patternCapacity {
      patternCapacity = lexicon.patterns.count
      tried.deallocate()
      tried = .allocate(capacity: patternCapacity)
    }
    if lexicon.count > entryCapacity {
      entryCapacity = lexicon.count
      ends.deallocate()
      ends = .allocate(capacity: entryCapacity)
    }
    restart()
  }

  private func restart() {
    tried.update(repeating: 0, count: patternCapacity)
    ends.update(repeating: 0, count: entryCapacity)
    epoch = 1
  }
}
