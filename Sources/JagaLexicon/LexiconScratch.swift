/// Reused working memory of a matcher; one per thread. It may serve several lexicons in turn.
public struct LexiconScratch {
  /// A path through the automaton that is still alive.
  struct Path {
    var state: UInt32
    var begin: Int32
    /// Punctuation skipped since the last token consumed.
    var skips: Int32
  }

  /// Word symbols that each token offers.
  var offers: [UInt32] = []
  /// Where the offers of each token begin; one more than tokens.
  var offerOffsets: [Int] = []
  /// Special symbols that each token offers, as bits.
  var specials: [UInt16] = []
  /// Paths before the current token, ordered by begin.
  var current: [Path] = []
  /// Paths after it.
  var next: [Path] = []
  /// For each state, the last place in `next` that may hold it; checked before use, so it is never cleared.
  var places: [Int32] = []

  /// Empty memory.
  public init() {}

  /// Paths kept alive at a time. Beyond it, those that begin later are dropped: hostile text only, and the same on every machine.
  static let maximumPaths = 2_048
}

extension LexiconScratch {
  /// Paths that memory is held for; for tests of bounds.
  public var pathCapacity: Int { max(current.capacity, next.capacity) }
}
