private import Synchronization

/// Numbers lexicons as they are opened.
enum LexiconIdentity {
  private static let last = Atomic<UInt64>(0)

  /// A number that no lexicon of the process has; never 0.
  static func next() -> UInt64 { last.add(1, ordering: .relaxed).newValue }
}
