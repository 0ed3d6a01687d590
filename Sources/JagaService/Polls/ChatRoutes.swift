internal import HTTPTypes
internal import Hummingbird
internal import JagaBatch
internal import NIOCore

/// The chat page, to try the poll bot out or to be a channel of its own: `/chat` and what belongs to it.
///
/// - `POST /chat/messages` `{"id", "text", "language"?, "seen"?}` takes a message and answers with what waits for its contact, `{"messages": [{"id", "text"}]}`.
/// - `GET /chat/messages?seen=ID` answers with what waits, such as a person's answer; with `open=1` and nothing waiting, the question that is open.
/// - `POST /chat/leave` forgets the contact: the cookie goes, and nothing can be written to them any more, which their case then says.
///
/// What waits is answered again until the page says by `seen` that it was shown: an answer that was lost on its way is not lost. Served to this machine alone while the
/// service needs no token, elsewhere only where the operator opened it; everywhere else there is nothing at these paths.
struct ChatRoutes: Sendable {
  let parts: ServiceParts
  let desk: PollDesk
  private let limiter = RateLimiter()

  /// The name of the channel in the store.
  static let channel = "web"
  /// New chats a minute, from one address and of all visitors together: the guard against floods knows one contact at a time. A school is one address.
  static let newChatsPerAddress = 60
  static let newChatsPerMinute = 1_200

  init(parts: ServiceParts, desk: PollDesk) {
    self.parts = parts
    self.desk = desk
  }

  func add(to router: some RouterMethods<ServiceContext>) {
    router.get("/chat") { request, _ in try page(request) }
    router.get("/chat/{name}") { _, context in try file(context) }
    router.get("/chat/messages") { request, _ in try await waiting(request) }
    router.post("/chat/messages") { request, context in try await receive(request, context) }
    router.post("/chat/leave") { request, _ in try await leave(request) }
  }

  private func page(_ request: Request) throws -> Response {
    try requireOpen()
    let isKnown = ChatContact(request, parts.keys.sessions) != nil
    return ChatPage.response(language: ChatPage.language(of: request), isKnown: isKnown)
  }

  private func file(_ context: ServiceContext) throws -> Response {
    try requireOpen()
    guard let file = context.parameters.get("name").flatMap(ChatPage.file) else { throw HTTPError(.notFound) }
    return file
  }

  private func receive(_ request: Request, _ context: ServiceContext) async throws -> Response {
    try requireOpen()
    try ChatRequest.check(request)
    let body = try await parts.body(of: request, most: ChatRequest.bodyLimit)
    let asked = try ChatRequest.read(body, textLimit: parts.settings.textLimit)
    let known = ChatContact(request, parts.keys.sessions)
    let contact = try known ?? begin(request, context)
    if let seen = asked.seen { try await desk.confirm(seen, channel: Self.channel, address: contact.address) }
    let outcome = try await desk.receive(
      InboundReply(
        channel: Self.channel, address: contact.address, text: asked.text, identity: contact.identity(of: asked.id),
        language: asked.language))
    guard outcome != .dropped else {
      throw Problem(
        .tooManyRequests, "too-many-messages", "too many messages of one contact; go on in a minute",
        headers: [.retryAfter: "60"])
    }
    var response = Self.answer(try await desk.waiting(channel: Self.channel, address: contact.address))
    if known == nil { response.setCookie(cookie(contact.cookie, maxAge: nil, request)) }
    return response
  }

  private func waiting(_ request: Request) async throws -> Response {
    try requireOpen()
    try ChatRequest.checkOrigin(request)
    guard let contact = ChatContact(request, parts.keys.sessions) else { return Self.answer([]) }
    if let seen = request.uri.queryParameters["seen"] {
      try await desk.confirm(String(seen), channel: Self.channel, address: contact.address)
    }
    var messages = try await desk.waiting(channel: Self.channel, address: contact.address)
    if messages.isEmpty, try request.flag("open"),
      let question = try await desk.openQuestion(channel: Self.channel, address: contact.address)
    {
      messages = [BotMessage(id: "open", text: question)]
    }
    return Self.answer(messages)
  }

  private func leave(_ request: Request) async throws -> Response {
    try requireOpen()
    try ChatRequest.checkOrigin(request)
    if let contact = ChatContact(request, parts.keys.sessions) {
      try await desk.leave(channel: Self.channel, address: contact.address)
    }
    var response = Response(status: .noContent)
    response.setCookie(cookie("", maxAge: 0, request))
    return response
  }

  /// Nothing is here for those whom the operator did not let in.
  private func requireOpen() throws {
    guard !parts.settings.hasWebChat, !(try parts.access.isOpen) else { return }
    throw HTTPError(.notFound)
  }

  private func begin(_ request: Request, _ context: ServiceContext) throws -> ChatContact {
    let address = ClientAddress.mark(of: request, context, parts.keys.sessions)
    // The address first: whoever is refused there takes nothing from others.
    var verdict = limiter.take("address " + address, perMinute: Self.newChatsPerAddress, now: parts.now())
    if verdict.retryAfter == nil {
      verdict = limiter.take("chats", perMinute: Self.newChatsPerMinute, now: parts.now())
    }
    if let seconds = verdict.retryAfter {
      throw Problem(
        .tooManyRequests, "too-many-chats", "too many chats begin at once; try again in a moment",
        headers: [.retryAfter: "\(seconds)"])
    }
    return .new(parts.keys.sessions)
  }

  private func cookie(_ value: String, maxAge: Int?, _ request: Request) -> Cookie {
    let isSecure =
      parts.settings.access.speaksTLS || request.headers[.forwardedProtocol]?.lowercased() == "https"
    return Cookie(
      name: ChatContact.cookieName, value: value, maxAge: maxAge, path: ChatContact.path, secure: isSecure,
      httpOnly: true, sameSite: .strict)
  }

  private static func answer(_ messages: [BotMessage]) -> Response {
    let buffer = JSONBuffer(capacity: 1_024)
    buffer.append("{\"messages\":[")
    for (place, message) in messages.enumerated() {
      buffer.append(place == 0 ? "{\"id\":" : ",{\"id\":")
      buffer.append(json: message.id)
      buffer.append(",\"text\":")
      buffer.append(json: message.text)
      buffer.append("}")
    }
    buffer.append("]}")
    return .json(buffer)
  }
}
