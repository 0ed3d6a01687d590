import JagaCore

@testable import JagaStore

/// Values of a service, made by hand. Times are small numbers.
enum SampleService {
  static func subject(_ conversation: String) -> [UInt8] {
    Array((conversation.utf8 + [UInt8](repeating: 7, count: 32)).prefix(32))
  }

  static func conversation(_ id: String, messages: Int = 3, at time: Int64 = 1000) -> KeptConversation {
    KeptConversation(
      id: id, state: [2, 0, 255, UInt8(truncatingIfNeeded: messages)], modelID: "1a2b3c4d", seen: [1, .max, 7],
      authors: [KeptAuthor(hash: 9, id: "a1"), KeptAuthor(hash: .max, id: "b\u{0}é")], firstAlertMessageID: "m2",
      messages: messages, updatedAt: time)
  }

  static func flag(
    _ conversation: String, _ message: Int, kind: ReviewKind = .risk, band: Band = .review, urgency: Int = 1,
    score: Double? = nil, label: Label = .topupCondition, language: String = "id", at time: Int64 = 1000
  ) -> KeptFlag {
    KeptFlag(
      conversationID: conversation, messageID: "m\(message)", authorID: "a1", messageIndex: message, kind: kind,
      band: kind == .disclosure ? .none : band, score: score ?? (kind == .risk ? 0.75 : 0.1),
      disclosure: kind == .risk ? 0.01 : 0.9, label: kind == .disclosure ? .disclosure : label,
      conversationBand: .high, conversationScore: 0.1 + 0.2, conversationLabel: .topupRequest,
      supportNeeded: kind == .disclosure, language: language, timestamp: message % 2 == 0 ? nil : -5,
      receivedAt: time, record: Array("{\"score\":0.75,\"message_id\":\"m\(message)\"}".utf8),
      textHMAC: [UInt8](repeating: UInt8(truncatingIfNeeded: message), count: 32), modelID: "1a2b3c4d",
      urgency: urgency, subject: subject(conversation))
  }

  static func text(
    _ conversation: String, _ message: Int, until time: Int64 = 5000, isContext: Bool = false
  ) -> SealedText {
    SealedText(
      conversationID: conversation, messageID: "m\(message)", authorID: "a1", messageIndex: message,
      timestamp: message == 0 ? nil : 10, sealed: [UInt8(truncatingIfNeeded: message), 0, 1], expiresAt: time,
      isContext: isContext)
  }

  static func alert(_ conversation: String, target: String = "webhook", at time: Int64 = 1000) -> AlertDraft {
    AlertDraft(
      target: target, conversationID: conversation, payload: Array("{\"band\":\"high\"}".utf8), createdAt: time,
      subject: subject(conversation))
  }

  static func token(_ name: String, scopes: Set<String> = ["score"]) -> KeptToken {
    KeptToken(
      name: name, hash: Array((name.utf8 + [UInt8](repeating: 1, count: 32)).prefix(32)), scopes: scopes,
      createdAt: 10, expiresAt: 99, requestsPerMinute: 60)
  }

  /// Nobody reviews twice, or everybody does.
  static let never = ReviewPolicy(secondReviewShare: 0)
  static let always = ReviewPolicy(secondReviewShare: 1)

  static func draft(
    _ item: ReviewItem, _ reviewer: String, _ verdict: Verdict = .confirm, label: Label? = nil, admin: Bool = false,
    at time: Int64 = 2000
  ) -> DecisionDraft {
    DecisionDraft(
      item: item.number, itemVersion: item.version, reviewer: reviewer, isAdmin: admin, verdict: verdict, label: label,
      now: time)
  }
}

extension Store {
  /// Commits flags alone.
  @discardableResult func take(_ flags: KeptFlag...) throws -> CommitResult { try commit(ServiceChanges(flags: flags)) }

  /// Opens one item, and gives it.
  func open(_ conversation: String, kind: ReviewKind = .risk, at time: Int64 = 1000) throws -> ReviewItem {
    let result = try take(SampleService.flag(conversation, 1, kind: kind, at: time))
    guard let number = result.opened.first?.number, let item = try item(number) else {
      throw ReviewError.noItem(0)
    }
    return item
  }

  /// Decides as one reviewer; nobody else has to.
  @discardableResult func close(
    _ item: ReviewItem, by reviewer: String = "ani", _ verdict: Verdict = .confirm, at time: Int64 = 2000
  )
    throws -> ReviewItem
  {
    try decide(SampleService.draft(item, reviewer, verdict, at: time), policy: SampleService.never)
  }

  /// How many rows each table of the service has, those with none left out.
  func rowCounts() throws -> [String: Int] {
    var counts: [String: Int] = [:]
    for table in [
      "conversation", "review_item", "flag", "decision", "appeal", "audit", "sealed_text", "alert", "token",
      "poll_session", "poll_answer", "poll_receipt", "poll_opt_out", "outgoing", "review_case", "case_response",
    ] {
      guard case .integer(let count)? = try query("SELECT count(*) FROM \(table)").rows.first?.first else { continue }
      if count > 0 { counts[table] = Int(count) }
    }
    return counts
  }

  /// Actions on record, in order.
  func actions() throws -> [String] { try audit(from: 1, limit: .max).map(\.action) }
}

/// A store in a folder that goes away with it.
struct OpenStore {
  let folder: Folder
  let store: Store
  var path: String { store.path }

  init() throws {
    folder = try Folder()
    store = try Store(serving: folder.file("service.sqlite"))
  }
}
