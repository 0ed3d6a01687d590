internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import JagaBatch
internal import JagaStore

/// `GET /v1/alerts?state=dead` lists alerts that were given up, `POST /v1/alerts/replay` puts them back.
struct AlertRoutes {
  let parts: ServiceParts

  /// The most alerts of one answer.
  static let limit = 1_000

  func add(to router: Router<ServiceContext>) {
    let group = router.requires(.admin)
    group.get("/v1/alerts") { request, _ in try list(request) }
    group.post("/v1/alerts/replay") { request, context in try await replay(request, context) }
  }

  private func list(_ request: Request) throws -> Response {
    if let state = request.uri.queryParameters["state"], state != "dead" {
      throw Problem(.badRequest, "parameter", "state may be 'dead'; alerts in other states need nobody")
    }
    let dead = try parts.store.deadAlerts(limit: AlertRoutes.limit)
    let sizes = try parts.store.sizes()
    let buffer = JSONBuffer()
    buffer.append("{\"pending\":")
    buffer.append(integer: sizes.alertsPending)
    buffer.append(",\"dead\":")
    buffer.append(integer: sizes.alertsDead)
    buffer.append(",\"alerts\":[")
    for (place, alert) in dead.enumerated() {
      if place > 0 { buffer.append(",") }
      buffer.append("{\"number\":")
      buffer.append(integer: alert.number)
      buffer.append(",\"event_id\":")
      buffer.append(json: AlertDispatcher.event(of: alert))
      buffer.append(",\"target\":")
      buffer.append(json: alert.target)
      buffer.append(",\"conversation_id\":")
      buffer.append(json: alert.conversationID)
      buffer.append(",\"created_at\":")
      buffer.append(integer: Int(alert.createdAt))
      buffer.append(",\"attempts\":")
      buffer.append(integer: alert.attempts)
      buffer.append(",\"reason\":")
      buffer.append(json: alert.reason ?? "")
      buffer.append("}")
    }
    buffer.append("]}\n")
    return .json(buffer)
  }

  /// The body may be empty, for all of them, or `{"numbers":[1,2]}`.
  private func replay(_ request: Request, _ context: ServiceContext) async throws -> Response {
    struct Wanted: Decodable { var numbers: [Int]? }
    let body = try await parts.body(of: request)
    var numbers: [Int]?
    if !body.isEmpty {
      guard let wanted = try? JSONDecoder().decode(Wanted.self, from: Data(body)) else {
        throw Problem(.badRequest, "body", "the body may be empty, or {\"numbers\":[1,2]}")
      }
      numbers = wanted.numbers
    }
    let (chosen, actor) = (numbers, context.identity.name)
    let count = try await StoreWork.run { [parts] in
      try parts.store.replayAlerts(chosen, now: parts.now(), actor: actor)
    }
    let buffer = JSONBuffer(capacity: 32)
    buffer.append("{\"replayed\":")
    buffer.append(integer: count)
    buffer.append("}\n")
    return .json(buffer)
  }
}
