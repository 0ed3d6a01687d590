public import CJaga
internal import JagaBatch
internal import JagaCore
internal import JagaScoring

/// What a jaga_tracker points to; it keeps its model.
final class TrackerHandle {
  /// Conversations of a tracker when the caller names no number.
  private static let defaultCapacity = 1 << 16
  let model: ModelHandle
  let memory: ConversationMemory
  let session: Session

  init(_ model: ModelHandle, capacity: Int) {
    self.model = model
    memory = ConversationMemory(scorer: model.scorer, capacity: capacity > 0 ? capacity : TrackerHandle.defaultCapacity)
    session = Session(model.scorer)
  }

  /// Scores a message after those before it; the result is in the session.
  func score(
    _ text: UnsafeBufferPointer<UInt8>, conversation: UnsafeBufferPointer<UInt8>, author: UnsafeBufferPointer<UInt8>,
    leastLabel: Double
  ) -> ConversationMemory.Outcome {
    session.workspace.assess(text, into: session.assessment)
    let outcome = memory.conclude(session.assessment, conversationID: conversation, authorID: author)
    model.scorer.fill(&session.score, from: outcome.conclusion, leastLabel: leastLabel)
    return outcome
  }
}

extension jaga_conversation_score {
  fileprivate init(_ score: ConversationScore, messages: Int, firstAlert: Int?) {
    self.init()
    self.score = score.score
    self.messages = Int64(messages)
    first_alert = Int64(firstAlert ?? -1)
    band = score.band.rawValue
    top = score.top.rawValue
    support = score.supportNeeded ? 1 : 0
  }
}

/// See jaga.h.
@_cdecl("jaga_tracker_new")
public func trackerNew(_ model: OpaquePointer?, _ capacity: Int64, _ out: UnsafeMutablePointer<OpaquePointer?>?)
  -> Int32
{
  out?.pointee = nil
  return guarded { () throws(Failure) in
    let model: ModelHandle = try object(model, "model")
    guard let out else { throw .null("out") }
    guard (0...Int64(Int32.max)).contains(capacity) else {
      throw .range("capacity", allowed: "0, or a number of conversations up to 2147483647")
    }
    out.pointee = handle(TrackerHandle(model, capacity: Int(capacity)))
  }
}

/// See jaga.h.
@_cdecl("jaga_tracker_free")
public func trackerFree(_ tracker: OpaquePointer?) { release(tracker) }

/// See jaga.h.
@_cdecl("jaga_tracker_score")
public func trackerScore(
  _ tracker: OpaquePointer?, _ conversationID: UnsafePointer<CChar>?, _ conversationLength: Int,
  _ authorID: UnsafePointer<CChar>?, _ authorLength: Int, _ utf8: UnsafePointer<CChar>?, _ length: Int,
  _ out: UnsafeMutablePointer<jaga_score>?, _ conversation: UnsafeMutablePointer<jaga_conversation_score>?
) -> Int32 {
  guarded { () throws(Failure) in
    let tracker: TrackerHandle = try object(tracker, "tracker")
    let id = try borrowed(conversationID, conversationLength, "conversation_id")
    let author = try borrowed(authorID, authorLength, "author_id")
    let text = try borrowed(utf8, length, "text")
    let outcome = tracker.score(text, conversation: id, author: author, leastLabel: out == nil ? 2 : 0)
    if let out { fill(out, from: tracker.session.score) }
    conversation?.pointee = jaga_conversation_score(
      outcome.conclusion.conversation, messages: outcome.messages, firstAlert: outcome.firstAlertIndex)
  }
}

/// See jaga.h.
@_cdecl("jaga_tracker_conversation")
public func trackerConversation(
  _ tracker: OpaquePointer?, _ conversationID: UnsafePointer<CChar>?, _ conversationLength: Int,
  _ out: UnsafeMutablePointer<jaga_conversation_score>?
) -> Int32 {
  guarded { () throws(Failure) in
    let tracker: TrackerHandle = try object(tracker, "tracker")
    guard let out else { throw .null("out") }
    let id = try borrowed(conversationID, conversationLength, "conversation_id")
    if let state = tracker.memory.state(of: id) {
      out.pointee = jaga_conversation_score(
        tracker.model.scorer.summary(of: state), messages: state.messages, firstAlert: state.firstAlertIndex)
    } else {
      out.pointee = jaga_conversation_score(
        ConversationScore(score: 0, band: .none, top: .benign, supportNeeded: false), messages: 0, firstAlert: nil)
    }
  }
}

/// See jaga.h.
@_cdecl("jaga_tracker_evictions")
public func trackerEvictions(_ tracker: OpaquePointer?) -> Int64 {
  guard let tracker = try? object(tracker, "tracker") as TrackerHandle else { return 0 }
  return Int64(tracker.memory.evictions)
}

/// See jaga.h.
@_cdecl("jaga_tracker_state")
public func trackerState(
  _ tracker: OpaquePointer?, _ conversationID: UnsafePointer<CChar>?, _ conversationLength: Int,
  _ buffer: UnsafeMutablePointer<UInt8>?, _ capacity: Int, _ needed: UnsafeMutablePointer<Int>?
) -> Int32 {
  guarded { () throws(Failure) in
    let tracker: TrackerHandle = try object(tracker, "tracker")
    guard let needed else { throw .null("needed") }
    let id = try borrowed(conversationID, conversationLength, "conversation_id")
    let bytes = tracker.memory.state(of: id)?.encode(modelID: tracker.model.scorer.modelID) ?? []
    needed.pointee = bytes.count
    guard UInt(bitPattern: capacity) >= UInt(bytes.count), !bytes.isEmpty else { return }
    guard let buffer else { throw .null("buffer") }
    buffer.update(from: bytes, count: bytes.count)
  }
}

/// See jaga.h.
@_cdecl("jaga_tracker_restore")
public func trackerRestore(
  _ tracker: OpaquePointer?, _ conversationID: UnsafePointer<CChar>?, _ conversationLength: Int,
  _ state: UnsafePointer<UInt8>?, _ length: Int
) -> Int32 {
  guarded { () throws(Failure) in
    let tracker: TrackerHandle = try object(tracker, "tracker")
    let id = try borrowed(conversationID, conversationLength, "conversation_id")
    guard !id.isEmpty else { throw .range("conversation_id", allowed: "the id of a conversation") }
    let bytes = try borrowed(state, length, "state")
    do throws(ConversationState.DecodingError) {
      let decoded = try ConversationState(decoding: Array(bytes), modelID: tracker.model.scorer.modelID)
      tracker.memory.restore(decoded, id: id)
    } catch {
      throw .state(error)
    }
  }
}

/// See jaga.h.
@_cdecl("jaga_tracker_forget")
public func trackerForget(
  _ tracker: OpaquePointer?, _ conversationID: UnsafePointer<CChar>?, _ conversationLength: Int
) -> Int32 {
  guarded { () throws(Failure) in
    let tracker: TrackerHandle = try object(tracker, "tracker")
    tracker.memory.forget(try borrowed(conversationID, conversationLength, "conversation_id"))
  }
}
