import JagaRules

/// The marks of a conversation's last messages, by place in their ring. Those of an operator's overlay are kept out of line, and
/// only where there are any.
struct ConversationMarks: Sendable {
  private final class Overlay: @unchecked Sendable {
    var marks = InlineArray<12, HistoryMarks>(repeating: HistoryMarks())

    init() {}
    init(_ other: Overlay) { marks = other.marks }
  }

  private struct Kept {
    var author: UInt64 = 0
    var model = HistoryMarks()
  }

  private var kept = InlineArray<12, Kept>(repeating: Kept())
  private var overlay: Overlay?

  /// The number of places.
  var count: Int { kept.count }

  /// Who wrote the message at a place.
  func author(at place: Int) -> UInt64 { kept[place].author }

  /// The marks at a place.
  func marks(at place: Int, isOverlay: Bool) -> HistoryMarks {
    isOverlay ? overlay?.marks[place] ?? HistoryMarks() : kept[place].model
  }

  /// A place of the ring.
  subscript(place: Int) -> ConversationState.Mark {
    get {
      ConversationState.Mark(
        author: kept[place].author, model: kept[place].model, overlay: marks(at: place, isOverlay: true))
    }
    set {
      kept[place] = Kept(author: newValue.author, model: newValue.model)
      // Nothing is made to remember that there is nothing.
      guard overlay != nil || newValue.overlay != HistoryMarks() else { return }
      if !isKnownUniquelyReferenced(&overlay) { overlay = overlay.map { Overlay($0) } ?? Overlay() }
      overlay?.marks[place] = newValue.overlay
    }
  }

  /// Forgets all marks and keeps the memory.
  mutating func removeAll() {
    kept = InlineArray(repeating: Kept())
    guard overlay != nil else { return }
    if isKnownUniquelyReferenced(&overlay) {
      overlay?.marks = InlineArray(repeating: HistoryMarks())
    } else {
      overlay = nil
    }
  }
}
