/// What a conversation remembers of its authors, by slot: two in place, since most conversations have no more, and the others
/// out of line once there are any.
///
///     var authors = ConversationAuthors()
///     authors[0].id = 7
///
/// A value: copies share what is out of line until one of them changes it. Cost of a slot: a comparison and, from the third
/// on, one indirection.
struct ConversationAuthors: Sendable {
  /// Slots kept in place.
  static let inPlace = 2

  /// The slots after those, in memory of their own.
  private final class Others: @unchecked Sendable {
    var slots = InlineArray<6, ConversationState.Author>(repeating: ConversationState.Author())

    init() {}
    init(_ other: Others) { slots = other.slots }
  }

  private var first = InlineArray<2, ConversationState.Author>(repeating: ConversationState.Author())
  private var others: Others?

  /// An author's slot, 0 to ``ConversationState/authorLimit`` less one; one that was never changed is empty.
  subscript(slot: Int) -> ConversationState.Author {
    // Coroutines would allocate a frame a call: a copy of a hundred bytes is cheaper.
    @inline(__always) get {
      if slot < ConversationAuthors.inPlace { return first[slot] }
      return others?.slots[slot &- ConversationAuthors.inPlace] ?? ConversationState.Author()
    }
    @inline(__always) set {
      if slot < ConversationAuthors.inPlace {
        first[slot] = newValue
      } else {
        ownOthers().slots[slot &- ConversationAuthors.inPlace] = newValue
      }
    }
  }

  /// What is out of line, made when there is none yet and copied when it is shared.
  private mutating func ownOthers() -> Others {
    if isKnownUniquelyReferenced(&others), let others { return others }
    let made = others.map { Others($0) } ?? Others()
    others = made
    return made
  }

  /// Empties all slots and keeps the memory.
  mutating func removeAll() {
    first = InlineArray(repeating: ConversationState.Author())
    guard others != nil else { return }
    if isKnownUniquelyReferenced(&others) {
      others?.slots = InlineArray(repeating: ConversationState.Author())
    } else {
      others = nil
    }
  }
}
