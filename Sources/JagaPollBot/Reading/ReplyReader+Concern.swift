internal import JagaCore

extension ReplyReader {
  /// What a call for help is about. A friend comes first, since the rest of the words are then about the friend; the body before the chat, since a
  /// text about paying is no use to whoever is beaten; what no cue and no score tells is general.
  func concern(of said: CueText, score: MessageScore, question: String?) -> ReplyConcern {
    let isPressed = cues.has(.pressure, said) || isPressed(score)
    if cues.has(.selfHarmOfOthers, said.without(cues[.noSelfHarm])) { return isPressed ? .pressure : .friendSelfHarm }
    if !isPressed, asksOfAnothersSelfHarm(question) { return .friendSelfHarm }
    if cues.has(.friend, said.without(cues[.noFriend])), !cues.has(.own, said) { return .friend }
    let harm = said.without(cues[.noHarm])
    if cues.has(.atHand, said.without(cues[.notNear])) || cues.has(.harm, harm) || cues.has(.harmOrFigure, harm) {
      return .violence
    }
    return isPressed ? .pressure : .general
  }

  /// Whether the score takes the reply's words for a move that presses: told, and so no move of whoever writes.
  private func isPressed(_ score: MessageScore) -> Bool {
    guard let from = cues.pressureFrom[score.language.name] ?? cues.pressureFrom.values.min() else { return false }
    return zip(Label.moves, score.labels).contains { label, value in
      value >= from && ReplyReader.pressing.contains(label)
    }
  }

  private static let pressing: Set<Label> = [
    .sextortionCapture, .sextortionThreat, .sextortionDemand, .sextortionPressure, .topupRequest, .topupLeverage,
  ]
}
