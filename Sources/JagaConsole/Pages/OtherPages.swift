extension Console {
  /// The page for the token.
  public func signIn(_ view: SignInView, _ frame: PageFrame) -> [UInt8] {
    guard let words = words(frame.language) else { return [] }
    let scope: Scope = [
      "next": view.next, "needsToken": !view.isOpen,
      "signInNote": words[view.isOpen ? "sign-in-note-open" : "sign-in-note"],
    ]
    return render("sign-in", title: words["sign-in-title"], scope, frame)
  }

  /// The search for a conversation's items.
  public func find(_ view: FindView, _ frame: PageFrame) -> [UInt8] {
    guard let words = words(frame.language) else { return [] }
    let scope: Scope = [
      "atFind": true, "sought": view.conversation, "hasRows": !view.rows.isEmpty,
      "nothing": !view.conversation.isEmpty && view.rows.isEmpty, "foundText": words.count("found", view.rows.count),
      "rows": view.rows.map { $0.scope(words, now: view.now) },
    ]
    return render("find", title: words["find-title"], scope, frame)
  }

  /// The audit.
  public func audit(_ view: AuditView, _ frame: PageFrame) -> [UInt8] {
    guard let words = words(frame.language) else { return [] }
    var scope: Scope = [
      "atAudit": true, "entries": view.rows.map { entry($0, words) }, "isEmpty": view.rows.isEmpty,
      "unchecked": view.chain == .unchecked,
    ]
    switch view.chain {
    case .unchecked:
      scope["chainClass"] = "plain"
      scope["chainTitle"] = words["chain-unchecked"]
      scope["chainText"] = words["chain-unchecked-note"]
    case .whole(let rows, let head):
      scope["chainClass"] = "good"
      scope["chainTitle"] = words["chain-whole"]
      scope["chainText"] = words.count("chain-rows", rows)
      scope["chainHead"] = head
    case .broken(let sequence, let fault):
      scope["chainClass"] = "bad"
      scope["chainTitle"] = words["chain-broken"]
      scope["chainText"] = words.filled(
        "chain-broken-note", ["n": words.integer(sequence), "reason": words.of(.fault, fault.rawValue)])
    }
    scope["hasPages"] = view.isContinued || view.older != nil
    if view.isContinued { scope["firstHref"] = "/audit" }
    if let older = view.older { scope["nextHref"] = "/audit?before=\(older)" }
    return render("audit", title: words["audit-title"], scope, frame)
  }

  private func entry(_ row: AuditEntry, _ words: Words) -> Scope {
    var scope: Scope = [
      "sequence": words.integer(row.sequence), "actor": row.actor,
      "actionName": AuditWords.names.contains(row.action) ? words.of(.action, row.action) : row.action,
      "subject": String(row.subject.prefix(12)), "hash": String(row.hash.prefix(12)),
      "details": row.details.map { ["name": $0.name, "value": Self.short($0.value)] as Scope },
    ]
    scope["at"] = Moment(milliseconds: row.at)?.scope
    return scope
  }

  /// Hashes are shown by their beginning; the whole row is in the store.
  private static func short(_ value: String) -> String { value.count > 32 ? value.prefix(12) + "…" : value }

  /// A reviewer's own work.
  public func work(_ view: WorkView, _ frame: PageFrame) -> [UInt8] {
    guard let words = words(frame.language) else { return [] }
    let scope: Scope = [
      "atWork": true, "sessionText": words.count("age-minutes", view.session.minutes),
      "sessionDecisions": words.integer(view.session.decisions),
    ]
    return render("work", title: words["work-title"], scope, frame)
  }

  /// A page that says why there is no other.
  public func problem(_ view: ProblemView, _ frame: PageFrame) -> [UInt8] {
    guard let words = words(frame.language) else { return [] }
    let scope: Scope = [
      "status": String(view.status), "problemTitle": words.of(.problem, view.kind.rawValue),
      "problemText": words.of(.problemNote, view.kind.rawValue),
    ]
    return render("problem", title: words.of(.problem, view.kind.rawValue), scope, frame)
  }
}
