internal import HTTPTypes
internal import Hummingbird
internal import JagaPollBot
internal import JagaStore
internal import NIOCore

/// The external-channel protocol of courier, seen from the gateway: `/c/ex/<id>/receive`, and `/sent`, `/delivered`, `/failed`, `/stopped`.
///
/// The id is the secret of the channel, as in courier; another one is a 404. A message that cannot be kept is a 503: the gateway sends it again.
struct CourierRoutes: Sendable {
  let parts: ServiceParts
  let desk: PollDesk
  let channel: GatewayChannel

  /// The largest form.
  static let bodyLimit = 64 << 10

  func add(to router: some RouterMethods<ServiceContext>) {
    router.on("/c/ex/:channel/receive", method: .post) { request, context in try await receive(request, context) }
    router.on("/c/ex/:channel/receive", method: .get) { request, context in try await receive(request, context) }
    for report in OutgoingReport.allCases {
      router.on("/c/ex/:channel/\(report.rawValue)", method: .post) { request, context in
        try await take(report, request, context)
      }
    }
    router.on("/c/ex/:channel/stopped", method: .post) { request, context in try await stopped(request, context) }
  }

  private func receive(_ request: Request, _ context: ServiceContext) async throws -> Response {
    try check(context)
    let form = try await form(request)
    let inbound: CourierInbound
    do throws(CourierFault) {
      inbound = try CourierInbound.read(form: form, query: query(request))
    } catch { return CourierRoutes.response(.error("\(error)")) }
    let outcome = try await desk.receive(
      InboundReply(
        channel: GatewayChannel.name, address: inbound.sender, text: inbound.text, identity: inbound.identity))
    let id = parts.keys.contacts.receipt(
      channel: GatewayChannel.name, identity: inbound.identity ?? Array("\(parts.now())".utf8))
    if outcome == .dropped { return CourierRoutes.response(.ignored("too many messages from this sender")) }
    return CourierRoutes.response(
      .message(
        id: Hexadecimal.text(id.prefix(16)), text: inbound.text, urn: "\(channel.scheme):\(inbound.sender)"))
  }

  private func take(_ report: OutgoingReport, _ request: Request, _ context: ServiceContext) async throws -> Response {
    try check(context)
    let form = try await form(request)
    let id: String
    do throws(CourierFault) {
      id = try CourierReport.read(form: form, query: query(request)).id
    } catch { return CourierRoutes.response(.error("\(error)")) }
    let (store, now) = (parts.store, parts.now())
    let isKnown = try await StoreWork.run { try store.outgoingStatus(id, report, now: now) }
    return CourierRoutes.response(isKnown ? .status(id: id) : .ignored("no message of this id"))
  }

  private func stopped(_ request: Request, _ context: ServiceContext) async throws -> Response {
    try check(context)
    let form = try await form(request)
    let sender: String
    do throws(CourierFault) {
      sender = try CourierInbound.readStopped(form: form, query: query(request))
    } catch { return CourierRoutes.response(.error("\(error)")) }
    try await desk.stop(channel: GatewayChannel.name, address: sender)
    return CourierRoutes.response(.stopped(urn: "\(channel.scheme):\(sender)"))
  }

  private func check(_ context: ServiceContext) throws {
    // Compared in constant time: the id is a secret.
    guard let named = context.parameters.get("channel"),
      TokenSecret.isSame(TokenSecret(named).hash, TokenSecret(channel.id).hash)
    else {
      throw HTTPError(.notFound)
    }
  }

  private func form(_ request: Request) async throws -> [UInt8] {
    guard request.method == .post else { return [] }
    return try await parts.body(of: request, most: CourierRoutes.bodyLimit)
  }

  private func query(_ request: Request) -> [UInt8] { Array((request.uri.query ?? "").utf8) }

  private static func response(_ answer: CourierAnswer) -> Response {
    .json(answer.bytes, status: HTTPResponse.Status(code: answer.statusCode))
  }
}
