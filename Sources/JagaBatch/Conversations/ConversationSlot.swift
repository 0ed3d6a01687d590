internal import JagaCore
internal import JagaScoring

/// What is remembered of one conversation in memory.
struct ConversationSlot {
  var id = ShortBytes()
  var state = ConversationState()
  /// Number of the first message, counted over all inputs.
  var firstOrdinal = 0
  /// The latest message time, in milliseconds; the smallest number while none is known.
  var lastTime = Int64.min
  var firstAlertMessageID: [UInt8] = []
  var authors = AuthorNames()
  /// True when an earlier part of the conversation was given up.
  var isContinued = false

  /// Makes it the slot of a conversation without messages; its memory is kept.
  mutating func restart(id: UnsafeBufferPointer<UInt8>, ordinal: Int) {
    self.id = ShortBytes(id)
    state.removeAll()
    firstOrdinal = ordinal
    lastTime = .min
    firstAlertMessageID.removeAll(keepingCapacity: true)
    authors.removeAll()
    isContinued = false
  }
}

/// Slots in blocks that never move, so that growing copies nothing and takes no more than is used.
final class SlotBlocks {
  private static let shift = 4
  private static let perBlock = 1 << shift
  private var blocks: [UnsafeMutablePointer<ConversationSlot>] = []
  private(set) var count = 0

  deinit {
    for block in blocks {
      block.deinitialize(count: SlotBlocks.perBlock)
      block.deallocate()
    }
  }

  /// Adds an empty slot.
  func append() {
    if count == blocks.count << SlotBlocks.shift {
      let block = UnsafeMutablePointer<ConversationSlot>.allocate(capacity: SlotBlocks.perBlock)
      block.initialize(repeating: ConversationSlot(), count: SlotBlocks.perBlock)
      blocks.append(block)
    }
    count += 1
  }

  /// The place of a slot in memory; it holds as long as the blocks do.
  subscript(place: Int) -> UnsafeMutablePointer<ConversationSlot> {
    precondition(place >= 0 && place < count)
    return blocks[place >> SlotBlocks.shift] + place & (SlotBlocks.perBlock - 1)
  }
}
