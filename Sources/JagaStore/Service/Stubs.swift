internal import JagaCore

extension Store {
  private var unbuilt: StoreError { .cannotWrite(file: path, reason: "not built yet") }
  public convenience init(serving path: String, synchronous: Bool = false) throws(StoreError) {
    try self.init(writing: path)
  }
  public func conversation(_ id: String) throws(StoreError) -> KeptConversation? { throw unbuilt }
  @discardableResult public func commit(_ changes: ServiceChanges) throws(StoreError) -> CommitResult { throw unbuilt }
  public func flags(conversation id: String) throws(StoreError) -> [KeptFlag] { throw unbuilt }
  public func flags(item number: Int) throws(StoreError) -> [KeptFlag] { throw unbuilt }
  public func flag(conversation: String, message: String) throws(StoreError) -> KeptFlag? { throw unbuilt }
  public func texts(conversation id: String, now: Int64) throws(StoreError) -> [SealedText] { throw unbuilt }
  public func export(conversation id: String, now: Int64) throws(StoreError) -> ConversationExport { throw unbuilt }
  @discardableResult public func deleteConversation(_ id: String, actor: String, subject: [UInt8], now: Int64)
    throws(StoreError) -> DeletedCounts
  { throw unbuilt }
  public func queue(_ query: QueueQuery) throws(StoreError) -> QueuePage { throw unbuilt }
  public func item(_ number: Int) throws(StoreError) -> ReviewItem? { throw unbuilt }
  public func items(conversation: String) throws(StoreError) -> [ReviewItem] { throw unbuilt }
  public func decisions(item: Int) throws(StoreError) -> [KeptDecision] { throw unbuilt }
  public func appeals(item: Int) throws(StoreError) -> [KeptAppeal] { throw unbuilt }
  public func obstacle(item: Int, reviewer: String, isAdmin: Bool) throws(StoreError) -> ReviewError? { throw unbuilt }
  @discardableResult public func decide(_ draft: DecisionDraft, policy: ReviewPolicy) throws -> ReviewItem {
    throw unbuilt
  }
  @discardableResult public func appeal(item: Int, by: String, reason: AppealReason, subject: [UInt8] = [], now: Int64)
    throws -> ReviewItem
  { throw unbuilt }
  public func forEachDecided(since: Int64, _ body: (ReviewItem, [KeptFlag], [KeptDecision]) throws -> Void) throws {
    throw unbuilt
  }
  public func audit(from: Int, limit: Int) throws(StoreError) -> [AuditRow] { throw unbuilt }
  public func auditHead() throws(StoreError) -> (sequence: Int, hash: [UInt8]) { throw unbuilt }
  public func verifyAudit(expecting head: [UInt8]? = nil) throws(StoreError) -> AuditVerdict { throw unbuilt }
  public func dueAlerts(now: Int64, limit: Int) throws(StoreError) -> [KeptAlert] { throw unbuilt }
  public func settleAlert(_ number: Int, _ outcome: AlertOutcome, now: Int64) throws(StoreError) { throw unbuilt }
  public func deadAlerts(limit: Int) throws(StoreError) -> [KeptAlert] { throw unbuilt }
  @discardableResult public func replayAlerts(_ numbers: [Int]?, now: Int64, actor: String) throws(StoreError) -> Int {
    throw unbuilt
  }
  public func addToken(_ token: KeptToken, now: Int64, actor: String) throws(StoreError) { throw unbuilt }
  public func tokens() throws(StoreError) -> [KeptToken] { throw unbuilt }
  public func revokeToken(name: String, now: Int64, actor: String) throws(StoreError) { throw unbuilt }
  @discardableResult public func purge(_ policy: RetentionPolicy, now: Int64, actor: String) throws(StoreError)
    -> PurgeCounts
  { throw unbuilt }
  public func backup(to path: String, now: Int64, actor: String) throws(StoreError) { throw unbuilt }
  public func sizes() throws(StoreError) -> StoreSizes { throw unbuilt }
}
extension Store {
  /// Throws unless the store can be written now. Nothing is changed.
  public func checkWritable() throws(StoreError) { throw unbuilt }
}
