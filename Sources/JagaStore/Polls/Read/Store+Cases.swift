internal import GRDB

extension Store {
  /// What the poll bot knows of an item; nil when it came from no poll, or is gone.
  public func reviewCase(item number: Int) throws(StoreError) -> ReviewCase? {
    try reading { db in try reviewCase(item: number, db) }
  }

  /// Cases whose contact would like somebody to call or write and was not answered by a person yet, the longest waiting first; whatever became of their items,
  /// since the wish may come after the decision.
  public func casesWantingContact(limit: Int) throws(StoreError) -> [ReviewCase] {
    try reading { db in
      var rows = try RowReader(
        db, self,
        cached: """
          SELECT c.item FROM review_case c WHERE \(Store.wantsAnswer) ORDER BY c.updated_at, c.item LIMIT ?
          """)
      rows.bind(max(limit, 0))
      var numbers: [Int] = []
      while try rows.step() { numbers.append(try rows.integer(1...Int.max)) }
      return try numbers.compactMap { try reviewCase(item: $0, db) }
    }
  }

  /// One page of cases with their items, the longest unchanged first: so that whoever goes on from the last page misses no change. A case that changes meanwhile
  /// comes again. Cost: a pass over all cases, a look-up for each that is given.
  public func cases(_ query: CaseQuery) throws(StoreError) -> CasePage {
    try reading { db in
      let limit = min(max(query.limit, 1), CaseQuery.most)
      var rows = try RowReader(db, self, cached: Store.someCases)
      rows.bind(query.after?.time ?? query.since)
      rows.bind(query.after?.number ?? 0)
      for _ in 0..<2 { rows.bind(query.state?.word ?? "") }
      for _ in 0..<2 { rows.bind(query.urgency?.rawValue ?? "") }
      rows.bind(limit + 1)
      var places: [CaseCursor] = []
      while try rows.step() { places.append(CaseCursor(time: try rows.time(), number: try rows.integer(1...Int.max))) }
      let goesOn = places.count > limit
      let cases = try places.prefix(limit).compactMap { place -> (ReviewCase, ReviewItem)? in
        guard let known = try reviewCase(item: place.number, db), let item = try item(place.number, db) else {
          return nil
        }
        return (known, item)
      }
      return CasePage(cases: cases, next: goesOn ? places.prefix(limit).last : nil)
    }
  }

  private static let someCases = """
    SELECT max(c.updated_at, i.updated_at) AS changed_at, c.item FROM review_case c JOIN review_item i USING (item)
    WHERE (changed_at, c.item) > (?, ?)
      AND CASE ? WHEN '' THEN 1 WHEN 'waiting' THEN i.status <> 'closed' ELSE i.status = ? END
      AND (? = '' OR c.urgency = ?)
    ORDER BY changed_at, c.item LIMIT ?
    """

  /// Of a row `c` of cases. An answer to any case of the contact counts; one of which a part did not reach them, as far as that is known, does not.
  static let wantsAnswer = """
    c.wants_contact = 1 AND NOT EXISTS (SELECT 1 FROM case_response r WHERE \(answers("r", to: "c")))
    """

  /// True of a row of responses that is a person's answer to the wish of a case's contact, and has not failed to reach them.
  static func answers(_ response: String, to wish: String) -> String {
    """
    \(response).item IN (SELECT x.item FROM review_case x WHERE x.channel = \(wish).channel AND x.contact = \(wish).contact)
      AND \(response).reviewer IS NOT NULL AND \(response).responded_at >= coalesce(\(wish).wished_at, 0)
      AND NOT EXISTS (SELECT 1 FROM outgoing part WHERE part.answer_id = \(response).outgoing_id
        AND part.status IN ('withdrawn', 'dead', 'failed'))
    """
  }

  func reviewCase(item number: Int, _ db: Database) throws -> ReviewCase? {
    var rows = try RowReader(
      db, self,
      cached: """
        SELECT c.channel, c.contact, c.urgency, c.lang, c.wants_contact, c.opened_at, c.updated_at, \(Store.address(of: "c")),
          EXISTS (SELECT 1 FROM poll_opt_out p WHERE p.channel = c.channel AND p.contact = c.contact),
          (\(Store.wantsAnswer)),
          EXISTS (SELECT 1 FROM poll_session s WHERE s.channel = c.channel AND s.contact = c.contact)
        FROM review_case c WHERE c.item = ?
        """)
    rows.bind(number)
    guard try rows.step() else { return nil }
    var found = ReviewCase(
      item: number, channel: try rows.text(), contact: try rows.bytes(),
      urgency: try rows.name(KeptUrgency.init(rawValue:)), language: try rows.text(),
      wantsContact: try rows.optionalFlag(), openedAt: try rows.time(), updatedAt: try rows.time(),
      address: try rows.optionalBytes(), isStopped: try rows.flag(), awaitsAnswer: try rows.optionalFlag() ?? false)
    // A session without an address is that of somebody who left; without a session there never was one, or it is purged.
    found.hasLeft = try rows.flag() && found.address == nil
    found.responses = try responses(item: number, db)
    return found
  }

  private func responses(item number: Int, _ db: Database) throws -> [ReviewCase.Response] {
    var rows = try RowReader(
      db, self,
      cached: """
        SELECT r.response_id, r.reviewer, r.outgoing_id,
          (SELECT o.status FROM outgoing o WHERE o.answer_id = r.outgoing_id OR o.outgoing_id = r.outgoing_id
            ORDER BY instr('dead failed withdrawn pending sent delivered', o.status) LIMIT 1), r.responded_at
        FROM case_response r WHERE r.item = ? ORDER BY r.case_response
        """)
    rows.bind(number)
    var responses: [ReviewCase.Response] = []
    while try rows.step() {
      responses.append(
        ReviewCase.Response(
          responseID: try rows.optionalText(), reviewer: try rows.optionalText(), outgoingID: try rows.optionalText(),
          status: try rows.optionalName(KeptOutgoing.Status.init(rawValue:)), at: try rows.time()))
    }
    return responses
  }

  /// Sends a person's answer back to the contact of a case, in one or more parts.
  ///
  /// Whoever said stop gets the answer that they asked for, and nothing after it. Throws ``CaseError``, and then nothing was changed, or ``StoreError``. The same parts once more change nothing. That it was done, by whom and in how many
  /// parts, is put on record in the same transaction; what was written is only in the sealed parts.
  @discardableResult
  public func answerCase(item number: Int, _ parts: [OutgoingDraft], reviewer: String, now: Int64) throws -> ReviewCase
  {
    try refusing(CaseError.self) { db in
      guard let item = try item(number, db), let found = try reviewCase(item: number, db) else {
        throw CaseError.noCase(item: number)
      }
      if reviewer.isEmpty { throw CaseError.nameless(item: number) }
      guard let last = parts.ordered.last else { throw CaseError.empty(item: number) }
      let isTheirs = parts.allSatisfy {
        $0.channel == found.channel && $0.contact == found.contact && $0.conversationID == item.conversationID
      }
      guard isTheirs else { throw CaseError.misdirected(item: number) }
      if try isInOutbox(last.id, db) { return found }
      if let obstacle = found.obstacle { throw obstacle }
      guard try Store.put(parts, at: now, db) > 0 else { return found }
      try Store.respond(nil, reviewer: reviewer, outgoing: last.id, item: number, at: now, db)
      try Store.mark(parts, asAnswer: last.id, db)
      var row = try RowWriter(db, cached: "UPDATE review_case SET updated_at = max(updated_at, ?) WHERE item = ?")
      row.bind(now)
      row.bind(number)
      try row.step()
      var detail = AuditDetail()
      detail.add("item", number)
      detail.add("parts", parts.count)
      var audit = AuditWriter(db, self)
      try audit.append(.caseAnswered, at: now, actor: reviewer, subject: item.subject, detail)
      return try reviewCase(item: number, db) ?? found
    }
  }

  private static func mark(_ parts: [OutgoingDraft], asAnswer id: String, _ db: Database) throws {
    for part in parts {
      var row = try RowWriter(db, cached: "UPDATE outgoing SET answer_id = ? WHERE outgoing_id = ?")
      row.bind(id)
      row.bind(part.id)
      try row.step()
    }
  }
}
