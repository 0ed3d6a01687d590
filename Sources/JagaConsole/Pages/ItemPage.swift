internal import JagaCore

extension Console {
  /// One item with its conversation.
  public func item(_ view: ItemView, _ frame: PageFrame) -> [UInt8] {
    guard let words = self.words(frame.language), let otherWords = self.words(frame.language.other) else { return [] }
    let authors = AuthorName.order(view.messages)
    let kind = view.row.kind
    let page = MessageList(
      words: words, otherWords: otherWords, veil: frame.veil, authors: authors, count: view.messageCount,
      askedLanguage: view.case?.language)
    var scope: Scope = [
      "item": String(view.row.item), "itemNumber": words.integer(view.row.item), "version": String(view.version),
      "itemKind": kind.rawValue, "heading": view.row.name(words), "conversation": view.row.conversation,
      "headingNote": kind == .disclosure ? words.of(.groupNote, kind.rawValue) : words.note(of: view.row.label),
      "strip": strip(view, words), "authors": authorRows(authors), "messages": page.scopes(view.messages),
      "noText": view.case == nil && !view.messages.isEmpty && view.messages.allSatisfy { $0.content == .missing },
      "canReveal": frame.veil && view.messages.contains { $0.content != .missing },
      "facts": facts(view, words), "hasOthers": !view.others.isEmpty,
      "others": view.others.map { other -> Scope in
        [
          "otherItem": String(other.item),
          "otherText": "\(words["item"]) \(words.integer(other.item)): \(other.name(words))",
        ]
      },
      "skipDecision": true,
    ]
    if let known = view.case {
      scope["case"] = caseScope(known, of: view.row, words)
      if known.texts != .kept { scope["noCaseText"] = words.of(.caseTexts, known.texts.rawValue) }
    }
    if let earlier = view.follows {
      scope["follows"] =
        ["earlier": String(earlier), "followsNote": words.filled("follows", ["item": words.integer(earlier)])] as Scope
    }
    if view.supportNeeded && kind != .disclosure { scope["support"] = words["support-needed"] }
    let timeline = Timeline(messages: view.messages, count: view.messageCount, authors: authors)
    if !timeline.points.isEmpty {
      var values = timeline.scope(words, firstAlert: view.firstAlert)
      for band in [Band.high, .review, .watch] {
        values["band" + band.name.capitalizedFirst] = words.of(.band, band.name)
      }
      scope["timeline"] = values
    }
    scope.merge(task(view, words)) { _, own in own }
    let history = history(view, words)
    scope["hasHistory"] = !history.isEmpty
    scope["history"] = history
    return render("item", title: "\(words["item"]) \(words.integer(view.row.item))", scope, frame)
  }

  /// The most important facts, above everything else.
  private func strip(_ view: ItemView, _ words: Words) -> [Scope] {
    let row = view.row
    let step = min(max(row.urgency, 0), 3)
    var pairs = [
      ("column-urgency", words.of(.urgency, String(step))),
      ("filter-round", row.round.map { words.of(.round, $0.rawValue) } ?? words["closed"]),
      ("filter-language", words.languageName(row.language)), ("column-flags", words.integer(row.flags)),
    ]
    if row.round != nil { pairs.append(("column-waiting", words.age(from: row.openedAt, to: view.now))) }
    if row.kind == .risk {
      pairs.insert(
        ("conversation-band", words.of(.band, view.band.name) + " · " + words.probability(view.score)), at: 1)
    }
    if let known = view.case {
      pairs.insert(("danger", words.of(.danger, known.danger.rawValue)), at: 0)
      if known.wantsContact == true { pairs.insert(("wish", words.wish(true)), at: 1) }
    }
    return pairs.map { ["factName": words[$0.0], "factValue": $0.1] }
  }

  private func authorRows(_ authors: [String]) -> [Scope] {
    authors.enumerated().map { index, id in
      ["letter": AuthorName.letter(index), "tone": index % 4, "author": id.isEmpty ? "–" : id]
    }
  }

  private func facts(_ view: ItemView, _ words: Words) -> [Scope] {
    let models = Set(view.messages.compactMap(\.flag?.model)).sorted()
    var facts: [Scope] = [
      [
        "factName": words["opened"],
        "factValue": Moment(milliseconds: view.row.openedAt)?.human ?? "–", "factIsId": false,
      ]
    ]
    if view.messageCount > 0 {
      facts.append(
        ["factName": words["messages-title"], "factValue": words.integer(view.messageCount), "factIsId": false])
    }
    for model in models { facts.append(["factName": words["model"], "factValue": model, "factIsId": true]) }
    return facts
  }
}

extension String {
  /// `Review` from `review`.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
