internal import HTTPTypes
internal import Hummingbird
internal import JagaBatch
internal import JagaPollBot
internal import JagaStore
internal import NIOCore

/// `GET /v1/polls` lists the polls, `GET /v1/polls/{id}/results` gives the counts of one as JSON or CSV. No text of a contact is in them.
struct PollRoutes: Sendable {
  let parts: ServiceParts

  func add(to router: some RouterMethods<ServiceContext>) {
    let group = router.requires(.review)
    group.get("/v1/polls") { _, _ in try await list() }
    group.get("/v1/polls/{id}/results") { request, context in try await results(request, context) }
  }

  private var polls: [Poll] { parts.desk?.polls.all ?? [] }

  private func list() async throws -> Response {
    let (polls, store) = (polls, parts.store)
    let figures = try await StoreWork.run { try polls.map { try store.pollFigures($0.id) } }
    let buffer = JSONBuffer()
    buffer.append("{\"polls\":[")
    for (place, (poll, figures)) in zip(polls, figures).enumerated() {
      if place > 0 { buffer.append(",") }
      PollJSON.write(poll, figures, to: buffer)
    }
    buffer.append("]}")
    return .json(buffer)
  }

  private func results(_ request: Request, _ context: ServiceContext) async throws -> Response {
    let id = context.parameters.get("id").flatMap(\.percentDecoded) ?? ""
    guard let poll = polls.first(where: { $0.id == id }) else {
      throw Problem(.notFound, "unknown-poll", "no poll has this id; /v1/polls lists them")
    }
    let format = request.uri.queryParameters["format"] ?? "json"
    guard format == "json" || format == "csv" else {
      throw Problem(.badRequest, "query", "'format' in the query is json or csv")
    }
    let version = try request.number("version", in: 1...1_000_000, standard: poll.version)
    let store = parts.store
    let report = try await StoreWork.run { try PollReport(poll, version: version, store: store) }
    guard format == "csv" else {
      let buffer = JSONBuffer()
      PollJSON.write(report, to: buffer)
      return .json(buffer)
    }
    let bytes = report.results.csv()
    return Response(
      status: .ok, headers: [.contentType: "text/csv; charset=utf-8", .contentLength: "\(bytes.count)"],
      body: .init(byteBuffer: NIOCore.ByteBuffer(bytes: bytes)))
  }
}

/// Polls and their results as JSON. A hidden count is null.
enum PollJSON {
  static func write(_ poll: Poll, _ figures: PollFigures, to buffer: JSONBuffer) {
    buffer.append("{\"id\":")
    buffer.append(json: poll.id)
    buffer.append(",\"version\":")
    buffer.append(integer: poll.version)
    buffer.append(",\"title\":{")
    for (place, language) in poll.languages.enumerated() {
      if place > 0 { buffer.append(",") }
      buffer.append(json: language)
      buffer.append(":")
      buffer.append(json: poll.text(poll.title, in: language))
    }
    buffer.append("},\"live_sessions\":")
    write(figures.liveSessions, to: buffer)
    // People, not answers: the sum of all answers would tell what is hidden of one question.
    buffer.append(",\"respondents\":")
    write(figures.respondents[poll.version] ?? 0, to: buffer)
    buffer.append(",\"other_versions\":[")
    let others = figures.respondents.keys.filter { $0 != poll.version }.sorted()
    for (place, version) in others.enumerated() {
      if place > 0 { buffer.append(",") }
      buffer.append("{\"version\":")
      buffer.append(integer: version)
      buffer.append(",\"respondents\":")
      write(figures.respondents[version] ?? 0, to: buffer)
      buffer.append("}")
    }
    buffer.append("]}")
  }

  static func write(_ report: PollReport, to buffer: JSONBuffer) {
    buffer.append("{\"poll\":")
    buffer.append(json: report.results.pollID)
    buffer.append(",\"version\":")
    buffer.append(integer: report.results.pollVersion)
    buffer.append(",\"other_versions\":[")
    for (place, version) in report.otherVersions.enumerated() {
      if place > 0 { buffer.append(",") }
      buffer.append(integer: version)
    }
    buffer.append("],\"questions\":[")
    for (place, question) in report.results.questions.enumerated() {
      if place > 0 { buffer.append(",") }
      write(question, to: buffer)
    }
    buffer.append("]}")
  }

  private static func write(_ question: PollResults.Question, to buffer: JSONBuffer) {
    buffer.append("{\"id\":")
    buffer.append(json: question.id)
    buffer.append(",\"answered\":")
    write(shown: question.answered, to: buffer)
    buffer.append(",\"choices\":[")
    for (place, choice) in question.choices.enumerated() {
      buffer.append(place > 0 ? ",{\"id\":" : "{\"id\":")
      buffer.append(json: choice.id)
      buffer.append(",\"label\":")
      buffer.append(json: choice.label)
      buffer.append(",\"count\":")
      write(shown: choice.count, to: buffer)
      buffer.append("}")
    }
    buffer.append("],\"groups\":[")
    for (place, group) in question.groups.enumerated() {
      buffer.append(place > 0 ? ",{\"question\":" : "{\"question\":")
      buffer.append(json: group.questionID)
      buffer.append(",\"cells\":[")
      for (place, cell) in group.cells.enumerated() {
        buffer.append(place > 0 ? ",{\"value\":" : "{\"value\":")
        buffer.append(json: cell.value)
        buffer.append(",\"choice\":")
        buffer.append(json: cell.choiceID)
        buffer.append(",\"count\":")
        write(shown: cell.count, to: buffer)
        buffer.append("}")
      }
      buffer.append("]}")
    }
    buffer.append("]}")
  }

  /// A number of people, hidden where it is small.
  private static func write(_ count: Int, to buffer: JSONBuffer) {
    write(shown: count < PollResults.smallest ? nil : count, to: buffer)
  }

  private static func write(shown count: Int?, to buffer: JSONBuffer) {
    if let count { buffer.append(integer: count) } else { buffer.append("null") }
  }
}
