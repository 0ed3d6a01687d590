internal import JagaCore
internal import JagaScoring
internal import Synchronization

/// Everything that one thread needs to score; borrowed from a ``SessionPool`` for the time of a call.
final class Session {
  let scorer: Scorer
  let workspace: ScoringWorkspace
  let assessment = Assessment()
  private var state = ConversationState()
  var score = MessageScore(score: 0, band: .none, top: .benign, labels: [], disclosure: 0, language: .other)

  init(_ scorer: Scorer) {
    self.scorer = scorer
    workspace = ScoringWorkspace(scorer)
  }

  /// Scores a text as a conversation of its own; the result is in `score`, labels below `leastLabel` may be 0.
  @discardableResult
  func assessAlone(_ text: UnsafeBufferPointer<UInt8>, leastLabel: Double) -> Conclusion {
    workspace.assess(text, into: assessment)
    state.removeAll()
    let conclusion = scorer.conclude(assessment, author: 0, in: &state)
    scorer.fill(&score, from: conclusion, leastLabel: leastLabel)
    return conclusion
  }
}

/// Sessions that nobody uses at the moment. Without a lock: a child process that was forked in the middle of somebody else's call can go on.
final class SessionPool: @unchecked Sendable {
  private static let room = 64
  private let scorer: Scorer
  /// Addresses of retained sessions; 0 is an empty place.
  private let places = UnsafeMutablePointer<Atomic<UInt>>.allocate(capacity: room)

  init(_ scorer: Scorer) {
    self.scorer = scorer
    for place in 0..<SessionPool.room { (places + place).initialize(to: Atomic<UInt>(0)) }
  }

  deinit {
    for place in 0..<SessionPool.room {
      if let address = UnsafeRawPointer(bitPattern: places[place].exchange(0, ordering: .acquiring)) {
        Unmanaged<Session>.fromOpaque(address).release()
      }
      (places + place).deinitialize(count: 1)
    }
    places.deallocate()
  }

  /// A session for this thread alone, to be given back. Made when none is free.
  func take() -> Session {
    for place in 0..<SessionPool.room where places[place].load(ordering: .relaxed) != 0 {
      if let address = UnsafeRawPointer(bitPattern: places[place].exchange(0, ordering: .acquiring)) {
        return Unmanaged<Session>.fromOpaque(address).takeRetainedValue()
      }
    }
    return Session(scorer)
  }

  /// Takes a session back; when there are enough it is let go.
  func give(_ session: Session) {
    let address = UInt(bitPattern: Unmanaged.passRetained(session).toOpaque())
    for place in 0..<SessionPool.room where places[place].load(ordering: .relaxed) == 0 {
      if places[place].compareExchange(expected: 0, desired: address, ordering: .releasing).exchanged { return }
    }
    Unmanaged.passUnretained(session).release()
  }
}
