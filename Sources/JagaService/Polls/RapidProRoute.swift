internal import HTTPTypes
internal import Hummingbird
internal import JagaBatch
internal import JagaCore
internal import JagaPollBot
internal import JagaStore
internal import Logging

/// `POST /v1/rapidpro`: one reply of a RapidPro flow's contact, with the question that it answers.
///
/// The answer is flat and small, for a split on `@webhook.json.action`. Names and numbers of the contact are dropped on receipt; a simulation leaves no trace.
struct RapidProRoute: Sendable {
  let parts: ServiceParts
  let voice: BotVoice

  /// The name of the channel in cases: they came by a webhook, and the bot cannot write to the contact.
  static let channel = "rapidpro"

  func add(to router: some RouterMethods<ServiceContext>) {
    router.post("/v1/rapidpro") { request, context in try await answer(request, context) }
  }

  private func answer(_ request: Request, _ context: ServiceContext) async throws -> Response {
    try context.require(.score)
    let body = try await parts.body(of: request, most: RapidProRequest.bodyLimit)
    let asked: RapidProRequest
    do throws(RapidProFault) {
      asked = try RapidProRequest.read(
        body, mode: request.headers[.mailroomMode],
        resultKey: parts.settings.flowResult.isEmpty ? nil : parts.settings.flowResult)
    } catch { throw Problem(.badRequest, "flow-body", "\(error)") }
    guard let text = asked.text else {
      if asked.silence == .noResult { warnOfMissingResult() }
      return .json(RapidProAnswer(silence: asked.silence ?? .noText).bytes)
    }
    guard text.utf8.count <= parts.settings.textLimit else {
      throw Problem(
        .contentTooLarge, "field-too-long", "a text may have \(parts.settings.textLimit) bytes at most",
        pointer: "/text")
    }
    return .json(try await read(text, asked).bytes)
  }

  /// Between two warnings.
  static let warningEvery: Int64 = 1_000

  /// The name of a result in the configuration that no flow has is a slip that nothing else shows: replies go unread.
  private func warnOfMissingResult() {
    let count = parts.metrics.countMissingResult()
    guard count % RapidProRoute.warningEvery == 1 else { return }
    parts.logger.warning(
      "a flow's webhook has no text, nor the result that polls.flowResult names: its replies are not read",
      metadata: ["result": "\(parts.settings.flowResult)", "requests": "\(count)"])
  }

  private func read(_ text: String, _ asked: RapidProRequest) async throws -> RapidProAnswer {
    // Without an id each reply is a conversation of its own; a case is opened all the same.
    let conversationID =
      asked.conversationID.map { parts.settings.kept(conversation: $0) }
      ?? "flow-" + Hexadecimal.text((0..<12).map { _ in UInt8.random(in: .min ... .max) })
    var batch = MessageBatch()
    batch.append(Message(conversationID: conversationID, authorID: ReplyScene.author, text: text))
    batch.rows[0].isNumbered = true
    let question = Array((asked.question ?? "").utf8)
    var found = Found()
    if asked.isSimulation {
      try parts.engine.rehearse(batch, question: question) { record in
        found = look(at: record.score, text: text, asked: asked)
      }
      return found.answer
    }
    let turn = ReplyTurn(question: question) { record, event in
      found = look(at: record.score, text: text, asked: asked)
      return decide(found, text: text, asked: asked, conversationID: conversationID, event: event)
    }
    try await parts.engine.reply(batch, turn: turn) { _ in }
    return found.answer
  }

  /// What a reply was found to be.
  private struct Found {
    var reading = ReplyReading(action: .none)
    var language = "id"
    var response: JagaPollBot.Response?
    var answer = RapidProAnswer(silence: .noText)
  }

  private func look(at score: MessageScore, text: String, asked: RapidProRequest) -> Found {
    let reading = voice.reader.reading(of: text, score: score, question: asked.question)
    let language = asked.language ?? (score.language == .en ? "en" : "id")
    let response = reading.response.map {
      voice.responses.response($0, language: language, now: parts.now())
    }
    let isMove = score.score >= 0.5 || score.band != .none
    let stage: Label = reading.action == .support ? .disclosure : isMove ? score.top : .benign
    return Found(
      reading: reading, language: language, response: response,
      answer: RapidProAnswer(
        stage: stage.name, score: score.score, band: score.band.name, action: reading.action,
        supportNeeded: reading.action == .support,
        signals: RapidProRoute.signals(score, isSupport: reading.action == .support),
        referralText: response?.text ?? ""))
  }

  /// The ids of entries and rules that speak for the result, the weightiest first, each once.
  private static func signals(_ score: MessageScore, isSupport: Bool) -> [String] {
    let terms =
      isSupport
      ? score.contributions.filter { $0.head == Label.disclosure.name }.map { ($0.source, $0.logit) }
      : score.evidence.map { ($0.source, $0.logit) }
    var ids: [String] = []
    for (source, logit) in terms.sorted(by: { $0.1 > $1.1 }) where logit > 0 {
      guard let colon = source.firstIndex(of: ":"), ["lexicon", "rule"].contains(where: source[..<colon].hasSuffix)
      else { continue }
      let id = String(source[source.index(after: colon)...])
      if !ids.contains(id) { ids.append(id) }
    }
    return ids
  }

  private func decide(
    _ found: Found, text: String, asked: RapidProRequest, conversationID: String, event: MessageEvent
  ) -> ReplyTurn.Decision {
    var decision = ReplyTurn.Decision()
    let contact = parts.keys.contacts.contact(channel: RapidProRoute.channel, address: conversationID)
    let now = event.receivedAt
    let isCase = found.reading.action.opensCase
    // Of a contact without an id nothing can be looked up later.
    if isCase || asked.conversationID != nil {
      voice.keepTexts(
        of: RecentExchanges.Exchange(
          messageID: event.messageID, index: event.index, question: asked.question ?? "", text: text, at: now),
        conversationID: conversationID, isCase: isCase, parts: parts, in: &decision)
    }
    guard let (kind, urgency) = voice.kind(of: found.reading) else { return decision }
    decision.kind = kind
    decision.urgency = urgency
    decision.polls = [
      PollChange(
        channel: RapidProRoute.channel, contact: contact, subject: parts.keys.subject(of: conversationID), at: now,
        case: CaseDraft(
          conversationID: conversationID, kind: kind, urgency: (found.reading.urgency ?? .ongoing).kept,
          language: found.language, responseID: found.response?.id))
    ]
    return decision
  }
}
