internal import JagaCore
internal import JagaScoring

/// The ids behind the author hashes of one conversation: as many as its state tells apart, and a few that may come back.
struct AuthorNames {
  private static let limit = ConversationState.authorLimit * 4
  private(set) var names: [(hash: UInt64, id: [UInt8])] = []

  /// Forgets all.
  mutating func removeAll() { names.removeAll(keepingCapacity: true) }

  /// Remembers an author. When there are too many, those that `isKept` does not know are forgotten, oldest first.
  mutating func note(_ hash: UInt64, id: UnsafeBufferPointer<UInt8>, isKept: (UInt64) -> Bool) {
    for known in names where known.hash == hash { return }
    if names.count >= AuthorNames.limit { names.removeAll { !isKept($0.hash) } }
    names.append((hash, Array(id)))
  }

  /// The id behind a hash; empty when it was forgotten.
  func id(of hash: UInt64) -> [UInt8] { names.first { $0.hash == hash }?.id ?? [] }
}
