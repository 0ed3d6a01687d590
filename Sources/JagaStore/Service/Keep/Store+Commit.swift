internal import GRDB
internal import JagaCore

extension Store {
  /// Keeps what a request changed: all of it or nothing.
  ///
  /// A flag whose message has one already changes nothing, so a request may be repeated. A new flag joins the item of its conversation and kind that waits, and
  /// raises it where it is more pressing. When none waits, it opens one, which names the item that was decided before. A disclosure always does: whoever decided
  /// has not read it. A risk only joins the decided item, unless
  /// - its band is above that of the decided item, or it is more urgent, or
  /// - it is of another track than the decided one, or more than 7 days after the decision.
  ///
  /// A reply to a poll whose receipt was kept before changes nothing at all; see ``PollChange``.
  ///
  /// Opening and raising are put on record in the same transaction. Cost: one transaction; some 10 µs a conversation, some 100 µs a flag that is new.
  @discardableResult
  public func commit(_ changes: ServiceChanges) throws(StoreError) -> CommitResult {
    try writing { db in
      var result = CommitResult()
      var audit = AuditWriter(db, self)
      try keep(changes, &result, &audit, db)
      return result
    }
  }

  func keep(_ changes: ServiceChanges, _ result: inout CommitResult, _ audit: inout AuditWriter, _ db: Database) throws
  {
    try Store.put(changes.conversations, db)
    for flag in changes.flags { try take(flag, &result, &audit, db) }
    try Store.put(changes.texts, db)
    try Store.extend(changes.longerTexts, db)
    try Store.put(changes.alerts, db)
    for draft in changes.audit { try audit.append(draft) }
    for poll in changes.polls {
      let kept = try take(poll, &result, &audit, db)
      result.polls.append(kept)
    }
  }

  private func take(_ flag: KeptFlag, _ result: inout CommitResult, _ audit: inout AuditWriter, _ db: Database) throws {
    guard try !isKept(flag, db) else { return }
    result.newFlags += 1
    if var item = try waitingItem(conversation: flag.conversationID, kind: flag.kind, db) {
      let isRaised = item.take(flag)
      try Store.update(item, db)
      try Store.put(flag, item: item.number, db)
      guard isRaised else { return }
      try audit.append(.itemRaised, flag, item: item.number)
      let known = CommitResult.Item(number: item.number, conversationID: item.conversationID, kind: item.kind)
      if !result.opened.contains(known), !result.raised.contains(known) { result.raised.append(known) }
      return
    }
    let decided = try closedItem(conversation: flag.conversationID, kind: flag.kind, db)
    if var item = decided, item.settles(flag) {
      item.flags += 1
      item.updatedAt = max(item.updatedAt, flag.receivedAt)
      try Store.update(item, db)
      try Store.put(flag, item: item.number, db)
    } else {
      _ = try open(flag, after: decided, &result, &audit, db)
    }
  }

  /// Opens an item, and names the one that was decided before.
  func open(
    _ flag: KeptFlag, after decided: ReviewItem?, _ result: inout CommitResult, _ audit: inout AuditWriter,
    _ db: Database
  ) throws -> ReviewItem {
    var item = ReviewItem(opening: flag)
    item.follows = decided?.number
    item.number = try Store.insert(item, db)
    try Store.put(flag, item: item.number, db)
    try audit.append(.itemOpened, flag, item: item.number, follows: item.follows)
    result.opened.append(.init(number: item.number, conversationID: item.conversationID, kind: item.kind))
    return item
  }

  func isKept(_ flag: KeptFlag, _ db: Database) throws -> Bool {
    var rows = try RowReader(db, self, cached: "SELECT 1 FROM flag WHERE conversation_id = ? AND message_id = ?")
    rows.bind(flag.conversationID)
    rows.bind(flag.messageID)
    return try rows.step()
  }
}

extension ReviewItem {
  /// How long after a decision a new risk can belong to what was decided.
  private static let lasting: Int64 = 7 * 24 * 3_600_000

  init(opening flag: KeptFlag) {
    self.init(
      number: 0, conversationID: flag.conversationID, kind: flag.kind, status: .open, version: 1, band: flag.band,
      urgency: flag.keptUrgency, label: flag.reviewLabel, score: flag.score, disclosure: flag.disclosure,
      messageID: flag.messageID, language: flag.language, modelID: flag.modelID, flags: 1, openedAt: flag.receivedAt,
      updatedAt: flag.receivedAt, subject: flag.subject)
  }

  /// Takes a new flag while the item waits; true when that makes it more pressing.
  mutating func take(_ flag: KeptFlag) -> Bool {
    flags += 1
    updatedAt = max(updatedAt, flag.receivedAt)
    if subject.isEmpty { subject = flag.subject }
    let isRaised = flag.band > band || flag.keptUrgency > urgency
    let probability = kind == .disclosure ? flag.disclosure : flag.score
    let leading = kind == .disclosure ? disclosure : score
    // Once somebody has decided, what is decided on stays what it was, unless it gets worse.
    if isRaised || (status == .open && (flag.keptUrgency, flag.band, probability) > (urgency, band, leading)) {
      label = flag.reviewLabel
      score = flag.score
      disclosure = flag.disclosure
      messageID = flag.messageID
      language = flag.language
      modelID = flag.modelID
    }
    if isRaised {
      band = max(band, flag.band)
      urgency = max(urgency, flag.keptUrgency)
      version += 1
    }
    return isRaised
  }

  /// True when the decision on this item is one on the new flag as well.
  func settles(_ flag: KeptFlag) -> Bool {
    // What somebody tells after a decision was before nobody's eyes.
    guard kind == .risk, flag.band <= band, flag.keptUrgency <= urgency else { return false }
    // Who was asked about one pattern of harm has said nothing about another.
    guard flag.reviewLabel.track == label.track else { return false }
    return flag.receivedAt <= (closedAt ?? 0).adding(ReviewItem.lasting)
  }
}

extension KeptFlag {
  var keptUrgency: Int { min(max(urgency, 0), 3) }
  /// What a reviewer is asked to confirm.
  var reviewLabel: Label { kind == .disclosure ? .disclosure : label }
}

extension Int64 {
  /// A time some time later; the last time there is when that is too far.
  func adding(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other > 0 ? .max : .min) : sum
  }
}
