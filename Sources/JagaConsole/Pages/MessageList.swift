internal import JagaCore

/// The messages of a conversation as values for their template.
struct MessageList {
  var words: Words
  var otherWords: Words
  /// True veils texts until they are asked for.
  var veil: Bool
  /// Authors in the order of their letters.
  var authors: [String]
  /// How many messages the conversation has; 0 when unknown.
  var count: Int
  /// The language of what the poll bot asked; nil where it asked nothing.
  var askedLanguage: String?

  /// Messages in order, with a line wherever some are not at hand.
  func scopes(_ messages: [MessageView]) -> [Scope] {
    var scopes: [Scope] = []
    var next = 0
    for message in messages.sorted(by: { $0.index < $1.index }) {
      if message.index > next { scopes.append(gap(message.index - next)) }
      next = max(next, message.index == Int.max ? message.index : message.index + 1)
      if let asked = message.asked {
        scopes.append(["isMessage": false, "askedText": asked, "askedLang": askedLanguage ?? "und"])
      }
      scopes.append(scope(message))
    }
    if count > next { scopes.append(gap(count - next)) }
    return scopes
  }

  private func gap(_ missing: Int) -> Scope { ["gap": words.count("gap", missing), "isMessage": false] }

  private func scope(_ message: MessageView) -> Scope {
    let author = authors.firstIndex(of: message.author) ?? 0
    let number = words.integer(message.index < Int.max ? message.index + 1 : message.index)
    var scope: Scope = [
      "isMessage": true, "anchor": String(message.index), "tone": author % 4, "letter": AuthorName.letter(author),
      "messageName": words.filled("message-number", ["n": number]), "flagged": message.flag != nil, "hasText": false,
      "differs": false, "missing": message.content == .missing,
    ]
    if let moment = message.timestamp.flatMap(Moment.init(milliseconds:)) { scope["when"] = moment.scope }
    let marks = EvidenceMark.marks(message.flag?.evidence ?? [])
    var text: String?
    switch message.content {
    case .text(let whole):
      text = whole
      scope.merge(body(whole, marks, number: number, message: message)) { _, own in own }
    case .differs(let whole):
      scope["differs"] = true
      scope.merge(body(whole, [], number: number, message: message)) { _, own in own }
    case .missing: break
    }
    if let flag = message.flag { scope.merge(findings(flag, marks, text: text)) { _, own in own } }
    return scope
  }

  private func body(_ text: String, _ marks: [EvidenceMark], number: String, message: MessageView) -> Scope {
    let markup = TextMarkup(prefix: "r\(message.index)", reasonWord: words["reason-word"])
    var scope: Scope = [
      "hasText": true, "veiled": veil, "html": markup.html(text, marks: marks),
      "revealText": words.filled("reveal-which", ["n": number]),
    ]
    if veil { scope["shape"] = markup.shape(text, marks: marks) }
    // A mixed or unknown text has no language of its own, and must not be read out as the page's.
    scope["textLang"] = message.flag.map { ["id", "en"].contains($0.language) ? $0.language : "und" } ?? "und"
    return scope
  }

  /// Band, label and reasons.
  private func findings(_ flag: FlagView, _ marks: [EvidenceMark], text: String?) -> Scope {
    let label = Timeline.shownLabel(flag)
    let placeless = EvidenceMark.strongestFirst(flag.evidence.filter { $0.range == nil })
    var scope: Scope = [
      "band": flag.kind == .disclosure ? "help" : flag.band.name,
      "reasonsOpen": flag.kind == .disclosure || flag.band >= .review,
      "family": label.family,
      "labelName": words.name(of: label), "labelNote": words.note(of: label),
      "scoreText": words.probability(Timeline.shownScore(flag)),
      "reasonsTitle": words.count("reasons", marks.count + placeless.count),
      "marks": reasons(marks, text: text, label, words).filter { $0.isMain }.map(\.scope),
      "hasOtherReasons": !placeless.isEmpty,
      "otherReasons": placeless.map { ["reason": words.reason($0, of: label)] as Scope },
      "otherLang": words.language.other.rawValue, "otherTitle": otherWords["reasons-here"],
      "otherLabel": otherWords.name(of: label), "otherLabelNote": otherWords.note(of: label),
      "otherMarks": reasons(marks, text: text, label, otherWords).map(\.scope),
    ]
    let minor = reasons(marks, text: text, label, words).filter { !$0.isMain }.map(\.scope)
    scope["hasMinor"] = !minor.isEmpty
    scope["minor"] = minor
    scope["minorTitle"] = words.count("minor", minor.count)
    // How soon to look at a risk says nothing about somebody who asks for help.
    if flag.kind == .risk { scope["bandName"] = words.of(.band, flag.band.name) }
    if flag.labels.count > 1 {
      scope["labelScores"] = flag.labels.map { words.name(of: $0.label) + " " + words.probability($0.score) }
        .joined(separator: "; ")
    }
    return scope
  }

  /// The reasons for each mark, with its place where the marks on the words cannot show it.
  private func reasons(
    _ marks: [EvidenceMark], text: String?, _ label: Label, _ words: Words
  ) -> [(isMain: Bool, scope: Scope)] {
    let outside = text.map { Set(MarkedText($0, marks: marks).outside) }
    return marks.enumerated().map { index, mark in
      var scope: Scope = [
        "markNumber": mark.number, "markFamily": mark.label.family,
        "reasons": mark.evidence.map { ["reason": words.reason($0, of: label)] as Scope },
      ]
      if outside?.contains(index) ?? true {
        scope["place"] = words.filled(
          outside == nil ? "place" : "place-outside",
          ["begin": words.integer(Int(mark.range.begin)), "end": words.integer(Int(mark.range.end))])
      }
      return (mark.isMain, scope)
    }
  }
}
