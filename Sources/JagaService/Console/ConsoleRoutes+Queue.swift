internal import Hummingbird
internal import JagaConsole
internal import JagaCore
internal import JagaStore

extension ConsoleRoutes {
  /// Items on one page of the queue.
  private static let pageSize = 50

  /// The queue of this reviewer. The filter is kept, so that the item after a decision is one of it.
  func queue(_ visit: ConsoleVisit) throws -> Response {
    _ = try visit.reviewer()
    let query = visit.query
    let filter = QueueFilter(query)
    var asked = try self.query(filter, visit)
    asked.limit = Self.pageSize
    asked.after = query["after"].flatMap(QueueCursor.init)
    let found = try parts.store.queue(asked)
    let view = QueueView(
      rows: try found.items.map { QueueRow($0, try parts.store.reviewCase(item: $0.number)) },
      disclosures: found.waiting(.disclosure), risks: found.waiting(.risk),
      wishes: asked.after == nil && filter == QueueFilter() ? try wishes() : [], filter: filter,
      next: found.next?.description, isContinued: asked.after != nil, now: visit.now)
    var response = page(console.queue(view, frame(visit, waiting: view.disclosures + view.risks)))
    if filter.query != (visit.request.cookies[ConsoleVisit.filterCookie]?.value ?? "") {
      response.setCookie(
        cookie(ConsoleVisit.filterCookie, filter.query, maxAge: filter.query.isEmpty ? 0 : nil, visit))
    }
    return response
  }

  /// Decided cases whose contact would like to be contacted and has no answer yet. What is not decided is in the queue.
  private func wishes() throws -> [QueueRow] {
    try parts.store.casesWantingContact(limit: Self.pageSize).compactMap { known in
      guard let item = try parts.store.item(known.item), item.status == .closed else { return nil }
      return QueueRow(item, known)
    }
  }

  /// What this reviewer may decide, within a filter.
  func query(_ filter: QueueFilter, _ visit: ConsoleVisit) throws -> QueueQuery {
    QueueQuery(
      reviewer: try visit.reviewer().reviewer, isAdmin: visit.isAdmin,
      kind: filter.kind.flatMap { ReviewKind(rawValue: $0.rawValue) },
      status: filter.round.flatMap { round in ItemStatus.allCases.first { $0.round?.rawValue == round.rawValue } },
      language: filter.language, track: filter.track)
  }

  /// The items of one conversation.
  func find(_ visit: ConsoleVisit) throws -> Response {
    _ = try visit.reviewer()
    let id = visit.query["conversation"] ?? ""
    guard id.utf8.count <= parts.settings.idLimit else { throw ConsoleFault.problem(.badForm) }
    // With hashed ids somebody may have either at hand: what the pipeline calls it, or what the console shows.
    var items = id.isEmpty ? [] : try parts.store.items(conversation: id)
    if items.isEmpty, !id.isEmpty { items = try parts.store.items(conversation: parts.settings.kept(conversation: id)) }
    let view = FindView(conversation: id, rows: items.reversed().map { QueueRow($0) }, now: visit.now)
    return page(console.find(view, frame(visit, waiting: try waiting())))
  }

  /// The reviewer's own work.
  func work(_ visit: ConsoleVisit) throws -> Response {
    let session = try visit.reviewer()
    let summary = WorkSummary(decisions: session.decisions, minutes: session.minutes(at: visit.now))
    return page(console.work(WorkView(session: summary), frame(visit, waiting: try waiting())))
  }

  /// How many items wait.
  func waiting() throws -> Int {
    let found = try parts.store.queue(QueueQuery(limit: 1))
    return found.waiting(.disclosure) + found.waiting(.risk)
  }
}

extension QueuePage {
  /// Items of a kind that wait, whatever was asked for.
  fileprivate func waiting(_ kind: ReviewKind) -> Int {
    counts.filter { $0.kind == kind && $0.status != .closed }.reduce(0) { $0 + $1.items }
  }
}

extension QueueRow {
  /// An item in short, with what is to be said of a case.
  init(_ item: ReviewItem, _ known: ReviewCase? = nil) {
    self.init(
      item: item.number, kind: item.kind == .disclosure ? .disclosure : .risk,
      round: item.status.round.flatMap { ItemRound(rawValue: $0.rawValue) }, urgency: item.urgency, label: item.label,
      language: item.language, flags: item.flags, conversation: item.conversationID, openedAt: item.openedAt,
      mark: known.map { CaseMark(danger: CaseDanger($0.urgency), isWaiting: $0.awaitsAnswer) }
    )
  }
}

extension QueueFilter {
  /// From the query of an address; what is not known is left open.
  init(_ query: ConsoleForm) {
    self.init(
      kind: query["kind"].flatMap(ItemKind.init(rawValue:)), round: query["round"].flatMap(ItemRound.init(rawValue:)),
      language: query["language"].flatMap { code in Language.allCases.first { $0.name == code }?.name },
      track: query["track"].flatMap { name in Track.allCases.first { $0.name == name } })
  }
}
