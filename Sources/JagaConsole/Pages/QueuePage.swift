internal import JagaCore

extension Console {
  /// The queue.
  public func queue(_ view: QueueView, _ frame: PageFrame) -> [UInt8] {
    guard let words = words(frame.language) else { return [] }
    var scope: Scope = [
      "atQueue": true,
      "lead": lead(view, words),
      "filters": filters(view.filter, words), "isFiltered": view.filter != QueueFilter(), "groups": groups(view, words),
      "isEmpty": view.rows.isEmpty && view.wishes.isEmpty,
    ]
    if view.rows.isEmpty && view.wishes.isEmpty {
      let isWhole = view.filter == QueueFilter() && !view.isContinued
      let key = !isWhole ? "queue-none" : view.disclosures + view.risks > 0 ? "queue-others" : "queue-empty"
      scope["emptyTitle"] = words[key]
      scope["emptyText"] = words[key + "-note"]
    }
    scope["hasPages"] = view.isContinued || view.next != nil
    let query = view.filter.query
    if view.isContinued { scope["firstHref"] = query.isEmpty ? "/" : "/?" + query }
    if let next = view.next {
      scope["nextHref"] = "/?" + (query.isEmpty ? "" : query + "&") + "after=" + Address.encoded(next)
    }
    return render("queue", title: words["queue-title"], scope, frame)
  }

  private func lead(_ view: QueueView, _ words: Words) -> String {
    let open = words.filled(
      "queue-lead", ["help": words.integer(view.disclosures), "risk": words.integer(view.risks)])
    return view.wishes.isEmpty ? open : open + " " + words.count("queue-wishes", view.wishes.count)
  }

  /// One part for those who ask for help, one for decided cases whose contact waits for an answer, one for the rest; the order of rows is kept.
  private func groups(_ view: QueueView, _ words: Words) -> [Scope] {
    var groups = ItemKind.allCases.compactMap { kind -> Scope? in
      let rows = view.rows.filter { $0.kind == kind }
      guard !rows.isEmpty else { return nil }
      return [
        "groupKind": kind.rawValue, "groupName": words.of(.group, kind.rawValue),
        "groupNote": words.of(.groupNote, kind.rawValue), "rows": rows.map { $0.scope(words, now: view.now) },
      ]
    }
    if !view.wishes.isEmpty {
      groups.insert(
        [
          "groupKind": "wishes", "groupName": words["group-wishes"], "groupNote": words["group-note-wishes"],
          "rows": view.wishes.map { $0.scope(words, now: view.now) },
        ], at: view.rows.contains { $0.kind == .disclosure } ? 1 : 0)
    }
    return groups
  }

  private func filters(_ filter: QueueFilter, _ words: Words) -> [Scope] {
    func options(_ members: [(value: String, name: String)], selected: String?) -> [Scope] {
      [["value": "", "optionName": words["filter-all"], "selected": selected == nil]]
        + members.map { ["value": $0.value, "optionName": $0.name, "selected": $0.value == selected] }
    }
    func field(_ key: String, _ options: [Scope]) -> Scope {
      ["filterKey": key, "filterName": words.of(.filter, key), "options": options]
    }
    return [
      field(
        "kind",
        options(ItemKind.allCases.map { ($0.rawValue, words.of(.kind, $0.rawValue)) }, selected: filter.kind?.rawValue)),
      field(
        "round",
        options(
          ItemRound.allCases.map { ($0.rawValue, words.of(.round, $0.rawValue)) }, selected: filter.round?.rawValue)),
      field(
        "language",
        options(Language.allCases.map { ($0.name, words.of(.language, $0.name)) }, selected: filter.language)),
      field(
        "track", options(Track.allCases.map { ($0.name, words.of(.track, $0.name)) }, selected: filter.track?.name)),
    ]
  }
}

extension QueueRow {
  /// The row's values. A disclosure is named as what it is: somebody asks for help.
  func scope(_ words: Words, now: Int64) -> Scope {
    let step = min(max(urgency, 0), 3)
    var scope: Scope = [
      "item": String(item), "itemNumber": words.integer(item), "rowKind": kind.rawValue, "urgency": step,
      "urgencyName": words.of(.urgency, String(step)), "rowName": name(words), "conversation": conversation,
      "rowDisclosure": kind == .disclosure, "bar1": step >= 1 ? "on" : "off", "bar2": step >= 2 ? "on" : "off",
      "bar3": step >= 3 ? "on" : "off", "languageName": words.languageName(language),
      "flagsText": words.count("flags", flags),
      "ageText": words.filled(round == nil ? "opened-ago" : "waiting", ["age": words.age(from: openedAt, to: now)]),
    ]
    if let mark {
      scope["dangerName"] = words.of(.danger, mark.danger.rawValue)
      scope["dangerKey"] = mark.danger.rawValue
      if mark.isWaiting { scope["wishName"] = words.wish(true) }
    }
    // The first look is the ordinary case and needs no mark.
    if let round, round != .first {
      scope["roundName"] = words.of(.round, round.rawValue)
      scope["roundKey"] = round.rawValue
    } else if round == nil {
      scope["roundName"] = words["closed"]
      scope["roundKey"] = "closed"
    }
    return scope
  }

  /// What the item is called.
  func name(_ words: Words) -> String {
    kind == .disclosure ? words.of(.kind, kind.rawValue) : words.name(of: label)
  }
}

extension Words {
  /// The name of a language as scores name it; `other` for what is unknown.
  func languageName(_ code: String) -> String {
    of(.language, Language.allCases.contains { $0.name == code } ? code : Language.other.name)
  }
}
