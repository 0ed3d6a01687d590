internal import HTTPTypes
internal import Hummingbird
internal import JagaConsole
internal import JagaCore
internal import JagaStore

extension ConsoleRoutes {
  /// One item with its conversation. That it was looked at is put on record.
  func item(_ context: ServiceContext, _ visit: ConsoleVisit) throws -> Response {
    // Strangers do not learn which items there are.
    _ = try visit.reviewer()
    return try page(of: try foundItem(context), visit)
  }

  /// The page of an item, or what a form that was refused makes of it.
  func page(
    of item: ReviewItem, _ visit: ConsoleVisit, status: HTTPResponse.Status = .ok,
    _ change: (inout ItemView) -> Void = { _ in }
  ) throws -> Response {
    let session = try visit.reviewer()
    var view = try ItemReading(parts: parts, visit: visit, reviewer: session.reviewer).view(of: item)
    change(&view)
    let shown = view.messages.count { $0.content != .missing }
    var detail = AuditDetail()
    detail.add("item", item.number)
    detail.add("texts", shown)
    try parts.store.commit(
      ServiceChanges(audit: [
        AuditDraft(
          at: visit.now, actor: session.reviewer, action: "item.viewed",
          subject: item.subject.isEmpty ? parts.keys.subject(of: item.conversationID) : item.subject,
          detail: detail.json)
      ]))
    var frame = frame(visit, waiting: try waiting())
    frame.path = "/items/\(item.number)"
    return page(console.item(view, frame), status: status)
  }

  /// Keeps a decision and goes on to the next item.
  func decide(_ context: ServiceContext, _ visit: ConsoleVisit, _ form: ConsoleForm) throws -> Response {
    let session = try visit.reviewer()
    let item = try foundItem(context)
    let path = "/items/\(item.number)"
    guard let verdict = form["verdict"].flatMap(Verdict.init(rawValue:)) else {
      return redirect(path, PageNotice(.incomplete), visit)
    }
    guard let version = form["version"].flatMap({ Int($0) }) else { throw ConsoleFault.problem(.badForm) }
    var label: Label?
    if let name = form.filled("label") {
      guard let known = Label(name: name) else { throw ConsoleFault.problem(.badForm) }
      label = known
    }
    do {
      try parts.store.decide(
        DecisionDraft(
          item: item.number, itemVersion: version, reviewer: session.reviewer, isAdmin: visit.isAdmin,
          verdict: verdict, label: label, now: visit.now),
        policy: ReviewPolicy(secondReviewShare: parts.settings.secondReviewShare))
    } catch let error as ReviewError {
      return redirect(path, PageNotice(Self.notice(error)), visit)
    }
    return try goOn(after: item.number, session, visit)
  }

  /// To the next item of the filter; to the queue when there is none.
  private func goOn(after item: Int, _ session: ConsoleSession, _ visit: ConsoleVisit) throws -> Response {
    let filter = QueueFilter(ConsoleForm(visit.request.cookies[ConsoleVisit.filterCookie]?.value ?? ""))
    var query = try query(filter, visit)
    query.limit = 1
    var response: Response
    if let next = try parts.store.queue(query).items.first {
      response = redirect("/items/\(next.number)", PageNotice(.decided, item: item), visit)
    } else {
      response = redirect(
        filter.query.isEmpty ? "/" : "/?" + filter.query, PageNotice(.queueDone, item: item), visit)
    }
    var session = session
    session.decisions += 1
    response.setCookie(sessionCookie(session, visit))
    return response
  }

  /// Asks for another look at a closed item.
  func appeal(_ context: ServiceContext, _ visit: ConsoleVisit, _ form: ConsoleForm) throws -> Response {
    let session = try visit.reviewer()
    let item = try foundItem(context)
    guard let reason = form["reason"].flatMap(AppealReason.init(rawValue:)) else {
      throw ConsoleFault.problem(.badForm)
    }
    do {
      try parts.store.appeal(
        item: item.number, by: session.reviewer, reason: reason, subject: parts.keys.subject(of: item.conversationID),
        now: visit.now)
    } catch let error as ReviewError {
      return redirect("/items/\(item.number)", PageNotice(Self.notice(error)), visit)
    }
    return redirect("/items/\(item.number)", PageNotice(.appealed), visit)
  }

  func foundItem(_ context: ServiceContext) throws -> ReviewItem {
    guard let number = context.parameters.get("item").flatMap({ Int($0) }), number > 0,
      let item = try parts.store.item(number)
    else { throw ConsoleFault.problem(.notFound) }
    return item
  }

  private static func notice(_ error: ReviewError) -> PageNotice.Kind {
    switch error {
    case .changedMeanwhile: .changed
    case .decidedMeanwhile, .closed: .closed
    case .contradictory: .contradictory
    case .noItem, .decidedBefore, .needsAdministrator, .ownAppeal, .notClosed, .newerItem, .nameless: .refused
    }
  }
}
