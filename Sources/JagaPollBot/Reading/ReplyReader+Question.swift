extension ReplyReader {
  /// Whether a bare yes to a question tells of harm.
  func asksOfHarm(_ question: String) -> Bool { asks(.harmAsked, question) || asks(.selfHarmAsked, question) }

  /// Whether a reply says yes to a question about harm, or anything but no to one that follows up on it. After these the same words tell more.
  func answers(_ question: String, _ said: CueText) -> Bool {
    if cues.supportFromAsked.isEmpty || begins(.no, said) { return false }
    return asks(.harmFollowed, question) || begins(.yes, said) && asksOfHarm(question)
  }

  /// Whether a reply begins with a phrase of a list.
  func begins(_ list: UrgencyCues.List, _ said: CueText) -> Bool {
    cues[list].contains { $0.ranges(in: said).first?.lowerBound == 0 }
  }

  /// Whether a question speaks of self-harm, but not of the person's own: 'What do you do if a friend wants to die?' Whoever tells of harm there tells of the friend.
  func asksOfAnothersSelfHarm(_ question: String?) -> Bool {
    guard let question else { return false }
    return cues.has(.selfHarmAsked, cues.text(question)) && !asks(.selfHarmAsked, question)
  }

  /// Whether a question is one of a list, and about the person themself. 'Do you know what to do if you are hit?' asks what somebody knows;
  /// that holds for its own clause, since 'If you like, tell us: were you ever hit?' asks about them.
  func asks(_ list: UrgencyCues.List, _ question: String) -> Bool {
    let asked = cues.text(question)
    guard cues.has(.notAsked, asked) else { return cues.has(list, asked) }
    return question.split(whereSeparator: { ",.;:?!()–—\n".contains($0) }).contains { clause in
      cues.has(list, cues.text(String(clause)).without(cues[.notAsked]))
    }
  }
}
