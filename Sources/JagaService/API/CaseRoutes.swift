internal import HTTPTypes
internal import Hummingbird
internal import JagaBatch
internal import JagaStore

/// `GET /v1/cases` lists the cases of the poll bot, `GET /v1/cases/{item}` says what the poll bot knows of an item, `POST /v1/cases/{item}/answer` writes to its contact. None gives away what anybody wrote.
struct CaseRoutes: Sendable {
  let parts: ServiceParts

  func add(to router: some RouterMethods<ServiceContext>) {
    let group = router.requires(.review)
    group.get("/v1/cases") { request, _ in try await list(request) }
    group.get("/v1/cases/{item}") { _, context in try await get(context) }
    group.post("/v1/cases/{item}/answer") { request, context in try await answer(request, context) }
  }

  private func list(_ request: Request) async throws -> Response {
    let query = try CaseQuery(request)
    let page = try await StoreWork.run { [parts] in try parts.store.cases(query) }
    let buffer = JSONBuffer(capacity: 4_096)
    buffer.append("{\"cases\":[")
    for (place, (known, item)) in page.cases.enumerated() {
      if place > 0 { buffer.append(",") }
      ReviewJSON.write(known, of: item, to: buffer)
    }
    buffer.append("]")
    if let next = page.next { ReviewJSON.field("next", "\(next)", to: buffer) }
    buffer.append("}")
    return .json(buffer)
  }

  private func get(_ context: ServiceContext) async throws -> Response {
    let number = try number(context)
    return try await StoreWork.run { [self] in
      guard let known = try parts.store.reviewCase(item: number) else { throw Problem(of: .noCase(item: number)) }
      return try answer(known)
    }
  }

  /// The body is `{"text": …}`. What is sent twice arrives twice: a program that got no answer looks at the case first.
  private func answer(_ request: Request, _ context: ServiceContext) async throws -> Response {
    try parts.requireJSON(request)
    let number = try number(context)
    let text = try CaseAnswer(json: try await parts.body(of: request, most: ConsoleForm.limit)).text
    do {
      let known: ReviewCase
      if let desk = parts.desk {
        known = try await desk.answer(case: number, text: text, reviewer: context.identity.name)
      } else {
        let kept = try await StoreWork.run { [parts] in try parts.store.reviewCase(item: number) }
        throw kept == nil ? Problem(of: .noCase(item: number)) : noBot
      }
      return try await StoreWork.run { [self] in try answer(known) }
    } catch let error as CaseError {
      throw Problem(of: error)
    }
  }

  private func answer(_ known: ReviewCase) throws -> Response {
    guard let item = try parts.store.item(known.item) else { throw Problem(of: .noCase(item: known.item)) }
    let buffer = JSONBuffer(capacity: 512)
    ReviewJSON.write(known, of: item, to: buffer)
    return .json(buffer)
  }

  private func number(_ context: ServiceContext) throws(Problem) -> Int {
    guard let number = context.parameters.get("item").flatMap({ Int($0) }), number > 0 else {
      throw Problem(.badRequest, "item", "the item in the path is a whole number from 1")
    }
    return number
  }

  private var noBot: Problem {
    Problem(
      .conflict, "no-bot",
      "this service runs no poll bot, so nothing was sent; start it with --polls and the channel of the contact")
  }
}

extension CaseQuery {
  /// From the query of an address: `state`, `urgency`, `since`, `limit`, `cursor`. Throws a ``Problem`` for a value that there is not.
  init(_ request: Request) throws(Problem) {
    self.init()
    let query = request.uri.queryParameters
    if let word = query["state"] {
      guard let state = State(word: String(word)) else {
        throw Problem(.badRequest, "query", "'state' in the query is waiting, open, second, final, appeal or closed")
      }
      self.state = state
    }
    if let word = query["urgency"] {
      guard let urgency = KeptUrgency(rawValue: String(word)) else {
        throw Problem(.badRequest, "query", "'urgency' in the query is past, ongoing or immediate")
      }
      self.urgency = urgency
    }
    since = Int64(try request.number("since", in: 0...(1 << 53), standard: 0))
    limit = try request.number("limit", in: 1...CaseQuery.most, standard: 50)
    if let word = query["cursor"] {
      guard let cursor = CaseCursor(String(word)) else {
        throw Problem(.badRequest, "query", "'cursor' in the query is the 'next' of the page before")
      }
      after = cursor
    }
  }
}

extension Problem {
  /// What a case refuses.
  init(of error: CaseError) {
    switch error {
    case .noCase: self.init(.notFound, "unknown-case", "\(error)")
    case .nameless, .unreachable, .stopped, .left, .misdirected, .empty: self.init(.conflict, "case", "\(error)")
    }
  }
}
