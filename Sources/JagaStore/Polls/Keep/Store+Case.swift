internal import GRDB

extension Store {
  /// Brings what a reply says of a case to the item of its conversation and kind: the one that waits, else one that ``CaseDraft/further`` opens, else the one
  /// that was decided last. Gives the item's number; nil when there is none any more, and the reply says nothing new of harm.
  func keep(
    _ draft: CaseDraft, of change: PollChange, _ result: inout CommitResult, _ audit: inout AuditWriter, _ db: Database
  ) throws -> Int? {
    let waiting = try waitingItem(conversation: draft.conversationID, kind: draft.kind, db)
    let decided = try waiting == nil ? closedItem(conversation: draft.conversationID, kind: draft.kind, db) : nil
    let further = try waiting == nil ? openFurther(draft, after: decided, &result, &audit, db) : nil
    // A flag that was kept before, as another kind, opens nothing: its item is the case then.
    guard
      let item = try waiting ?? further?.item ?? decided
        ?? (draft.urgency == nil ? nil : items(conversation: draft.conversationID, db).last)
    else {
      guard draft.urgency == nil else {
        throw StoreError.cannotWrite(file: path, reason: "a case needs a flag that opens its item")
      }
      return nil
    }
    let known = try caseState(item.number, db)
    guard let urgency = [draft.urgency ?? further?.urgency, known?.urgency].compactMap({ $0 }).max() else { return nil }
    // A case that is opened for somebody who has one already takes over what they had wished.
    let before = try known == nil && draft.wantsContact == nil ? lastWish(of: change, db) : nil
    try Store.put(
      urgency, draft,
      wish: before ?? (draft.wantsContact ?? known?.wantsContact, draft.wantsContact.map { _ in change.at }),
      item: item.number, change, db)
    func record(_ action: AuditAction, _ detail: AuditDetail) throws {
      try audit.append(action, at: change.at, actor: AuditWriter.program, subject: item.subject, detail)
    }
    if known == nil {
      var detail = AuditDetail()
      detail.add("item", item.number)
      detail.add("kind", item.kind.rawValue)
      detail.add("urgency", urgency.rawValue)
      detail.add("language", draft.language)
      try record(.caseOpened, detail)
    }
    if let wish = draft.wantsContact, wish != known?.wantsContact {
      var detail = AuditDetail()
      detail.add("item", item.number)
      detail.add("wanted", wish ? "yes" : "no")
      try record(.caseContactWanted, detail)
    }
    if let response = draft.responseID {
      let last = change.outgoing.ordered.last { $0.responseID == response }
      try Store.respond(response, reviewer: nil, outgoing: last?.id, item: item.number, at: change.at, db)
      var detail = AuditDetail()
      detail.add("item", item.number)
      detail.add("response", response)
      try record(.caseResponded, detail)
    }
    return item.number
  }

  /// Opens an item for a reply that says nothing new of harm, where nobody would look at it otherwise. It is as urgent as what was decided, and never at once:
  /// whoever is in danger now says so, and that is a flag of its own. A wish joins the decided item, where it is found among the wishes.
  private func openFurther(
    _ draft: CaseDraft, after decided: ReviewItem?, _ result: inout CommitResult, _ audit: inout AuditWriter,
    _ db: Database
  ) throws -> (item: ReviewItem, urgency: KeptUrgency)? {
    guard draft.urgency == nil, var flag = draft.further, try !isKept(flag, db) else { return nil }
    let before = try decided.flatMap { try caseState($0.number, db) }
    if draft.wantsContact != nil, before != nil { return nil }
    if let decided { flag.urgency = min(flag.urgency, decided.urgency) }
    let item = try open(flag, after: decided, &result, &audit, db)
    return (item, min(before?.urgency ?? .ongoing, .ongoing))
  }

  /// What the contact said last about being contacted; nil when they have no case.
  private func lastWish(of change: PollChange, _ db: Database) throws -> (wanted: Bool?, at: Int64?)? {
    var rows = try RowReader(
      db, self,
      cached: """
        SELECT wants_contact, wished_at FROM review_case WHERE channel = ? AND contact = ? ORDER BY item DESC LIMIT 1
        """)
    rows.bind(change.channel)
    rows.bind(bytes: change.contact)
    return try rows.step() ? (try rows.optionalFlag(), try rows.optionalTime()) : nil
  }

  private func caseState(_ item: Int, _ db: Database) throws -> (urgency: KeptUrgency, wantsContact: Bool?)? {
    var rows = try RowReader(db, self, cached: "SELECT urgency, wants_contact FROM review_case WHERE item = ?")
    rows.bind(item)
    guard try rows.step() else { return nil }
    return (try rows.name(KeptUrgency.init(rawValue:)), try rows.optionalFlag())
  }

  private static func put(
    _ urgency: KeptUrgency, _ draft: CaseDraft, wish: (wanted: Bool?, at: Int64?), item: Int, _ change: PollChange,
    _ db: Database
  ) throws {
    var row = try RowWriter(
      db,
      cached: """
        INSERT INTO review_case (item, channel, contact, urgency, lang, wants_contact, opened_at, updated_at, wished_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (item) DO UPDATE SET channel = excluded.channel, contact = excluded.contact,
          urgency = excluded.urgency, lang = excluded.lang, wants_contact = excluded.wants_contact,
          updated_at = max(updated_at, excluded.updated_at), wished_at = coalesce(excluded.wished_at, wished_at)
        """)
    row.bind(item)
    row.bind(change.channel)
    row.bind(bytes: change.contact)
    row.bind(urgency.rawValue)
    row.bind(draft.language)
    row.bind(wish.wanted)
    row.bind(change.at)
    row.bind(change.at)
    row.bind(wish.at)
    try row.step()
  }

  static func respond(
    _ response: String?, reviewer: String?, outgoing: String?, item: Int, at now: Int64, _ db: Database
  ) throws {
    var row = try RowWriter(
      db,
      cached: """
        INSERT INTO case_response (item, response_id, reviewer, outgoing_id, responded_at) VALUES (?, ?, ?, ?, ?)
        """)
    row.bind(item)
    row.bind(response)
    row.bind(reviewer)
    row.bind(outgoing)
    row.bind(now)
    try row.step()
  }
}
