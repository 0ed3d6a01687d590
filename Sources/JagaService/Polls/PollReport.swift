public import JagaPollBot
public import JagaStore

/// The results of a poll from what the store keeps: one version of it, small counts hidden.
public struct PollReport: Sendable {
  /// What may be told.
  public let results: PollResults
  /// Other versions of the poll that have answers; they are not counted.
  public let otherVersions: [Int]
  /// Whether answers were left out since the poll, as it is now, does not have their question or choice.
  public let hasUnknown: Bool

  /// Counts the answers to a version; to that of `poll` itself without one. The questions of another version are those of `poll`. Texts that
  /// may leave are opened with `keys` and masked; without keys there are none. Throws ``StoreError``.
  ///
  /// Cost: a pass over the poll's answers. Memory grows with sessions.
  public init(_ poll: Poll, version: Int? = nil, store: Store, opening keys: ServiceKeys? = nil) throws {
    var poll = poll
    poll.version = version ?? poll.version
    var tally = PollTally(poll: poll)
    var others: Set<Int> = []
    try store.forEachPollAnswer(poll.id) { kept in
      guard kept.pollVersion == poll.version else {
        others.insert(kept.pollVersion)
        return
      }
      let text = kept.mayLeave ? kept.sealedText : nil
      let groups = kept.groups.map { GroupValue(questionID: $0.key, choiceID: $0.value) }
      tally.add(
        PollAnswer(
          questionID: kept.questionID, choiceID: kept.choiceID,
          text: text.flatMap { keys?.contacts.open($0, for: ContactKeys.answer(kept.questionID)) },
          groups: groups, at: kept.at),
        session: "\(kept.session)")
    }
    results = tally.results()
    otherVersions = others.sorted()
    hasUnknown = tally.unknown > 0
  }
}
