extension ReplyReader {
  /// Whether a bare yes to a question tells of harm.
  func asksOfHarm(_ question: String) -> Bool { asks(.harmAsked, question) || asks(.selfHarmAsked, question) }

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
