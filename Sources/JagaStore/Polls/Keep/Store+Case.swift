internal import GRDB

extension Store {
  /// Brings what a reply says of a case to the item of its conversation and kind: the one that waits, else the one that was decided last. Gives the item's
  /// number; nil when there is none any more, and the reply says nothing new of harm.
  func keep(
    _ draft: CaseDraft, of change: PollChange, _ audit: inout AuditWriter, _ db: Database
  ) throws -> Int? {
    let waiting = try waitingItem(conversation: draft.conversationID, kind: draft.kind, db)
    // A flag that was kept before, as another kind, opens nothing: its item is the case then.
    guard
      let item = try waiting ?? closedItem(conversation: draft.conversationID, kind: draft.kind, db)
        ?? (draft.urgency == nil ? nil : items(conversation: draft.conversationID, db).last)
    else {
      guard draft.urgency == nil else {
        throw StoreError.cannotWrite(file: path, reason: "a case needs a flag that opens its item")
      }
      return nil
    }
    let known = try caseState(item.number, db)
    guard let urgency = [draft.urgency, known?.urgency].compactMap({ $0 }).max() else { return nil }
    try Store.put(
      urgency, wantsContact: draft.wantsContact ?? known?.wantsContact, draft.language, item: item.number, change, db)
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

  private func caseState(_ item: Int, _ db: Database) throws -> (urgency: KeptUrgency, wantsContact: Bool?)? {
    var rows = try RowReader(db, self, cached: "SELECT urgency, wants_contact FROM review_case WHERE item = ?")
    rows.bind(item)
    guard try rows.step() else { return nil }
    return (try rows.name(KeptUrgency.init(rawValue:)), try rows.optionalFlag())
  }

  private static func put(
    _ urgency: KeptUrgency, wantsContact: Bool?, _ language: String, item: Int, _ change: PollChange, _ db: Database
  ) throws {
    var row = try RowWriter(
      db,
      cached: """
        INSERT INTO review_case (item, channel, contact, urgency, lang, wants_contact, opened_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (item) DO UPDATE SET channel = excluded.channel, contact = excluded.contact,
          urgency = excluded.urgency, lang = excluded.lang, wants_contact = excluded.wants_contact,
          updated_at = max(updated_at, excluded.updated_at)
        """)
    row.bind(item)
    row.bind(change.channel)
    row.bind(bytes: change.contact)
    row.bind(urgency.rawValue)
    row.bind(language)
    row.bind(wantsContact)
    row.bind(change.at)
    row.bind(change.at)
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
