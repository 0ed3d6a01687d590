extension ReplyReader {
  /// Whether a bare yes to a question tells of harm.
  func asksOfHarm(_ question: String) -> Bool { asks(.harmAsked, question) || asks(.selfHarmAsked, question) }

  /// Whether a reply says yes to a question about harm, or anything but no to one that follows up on it. After these the same words tell more.
  func answers(_ question: String, _ said: CueText) -> Bool {
    func begins(_ list: UrgencyCues.List) -> Bool {
      cues[list].contains { $0.ranges(in: said).first?.lowerBound == 0 }
    }
    if cues.supportFromAsked.isEmpty || begins(.no) { return false }
    return asks(.harmFollowed, question) || begins(.yes) && asksOfHarm(question)
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
