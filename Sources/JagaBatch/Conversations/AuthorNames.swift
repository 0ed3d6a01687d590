internal import JagaCore
public import JagaScoring

/// The ids behind the author hashes of one conversation: as many as its state tells apart, and a few that may come back.
public struct AuthorNames: Sendable {
  private static let limit = ConversationState.authorLimit * 4
  /// Hash and id of each, in the order in which they came.
  public private(set) var names: [(hash: UInt64, id: [UInt8])] = []

  /// Nobody yet; or those that were kept.
  public init(_ names: [(hash: UInt64, id: [UInt8])] = []) { self.names = names }

  /// Forgets all.
  mutating func removeAll() { names.removeAll(keepingCapacity: true) }

  /// Remembers an author. When there are too many, those that `isKept` does not know are forgotten, oldest first.
  mutating func note(_ hash: UInt64, id: UnsafeBufferPointer<UInt8>, isKept: (UInt64) -> Bool) {
    for known in names where known.hash == hash { return }
    if names.count >= AuthorNames.limit { names.removeAll { !isKept($0.hash) } }
    names.append((hash, Array(id)))
  }

  /// The id behind a hash; empty when it was forgotten.
  public func id(of hash: UInt64) -> [UInt8] { names.first { $0.hash == hash }?.id ?? [] }

  /// Remembers an author; of too many, those with evidence in the state stay.
  public mutating func note(
    _ hash: UInt64, id: UnsafeBufferPointer<UInt8>, in state: ConversationState, scorer: Scorer
  ) {
    note(hash, id: id) { hash in
      var isKept = false
      scorer.forEachAuthor(of: state) { known, _, _ in isKept = isKept || known == hash }
      return isKept
    }
  }
}
