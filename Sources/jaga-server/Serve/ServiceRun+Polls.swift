internal import JagaPollBot
internal import JagaService
internal import JagaStore
internal import Logging
internal import ServiceLifecycle

extension ServiceRun {
  /// Gives the service its voice, and its poll bot where there are polls. Throws ``Failure``, `SecretFile.Fault` or `CourierTemplateFault`.
  func addPollBot(to parts: inout ServiceParts) throws {
    let voice = try PollFiles.voice(responses: options.polls.responses)
    parts.voice = voice
    for warning in voice.responses.warnings(now: systemTime()) { logger.warning("\(warning)") }
    guard !options.polls.directory.isEmpty else { return }
    try options.checkPolls()
    let polls = try PollFiles.polls(in: options.polls.directory)
    if options.textKey.isEmpty {
      logger.warning(
        "the poll bot keeps no words of contacts (polls.withoutTexts): cases open without them, though it says that a person reads them"
      )
    }
    parts.desk = PollDesk(parts: parts, polls: polls, voice: voice)
    guard !options.polls.channelID.isEmpty else { return }
    parts.gateway = try gateway()
  }

  private func gateway() throws -> GatewayChannel {
    let polls = options.polls
    guard !polls.url.isEmpty else {
      throw Failure("channel.id is given, but no channel.url: where are messages for contacts to be posted?")
    }
    let content = CourierTemplate.Content(rawValue: polls.content) ?? .form
    let template: CourierTemplate
    do {
      template = try CourierTemplate(
        url: polls.url, body: polls.body, content: content,
        method: CourierTemplate.Method(rawValue: polls.method) ?? .post)
    } catch { throw Failure("channel.url or channel.body: \(error)") }
    let authorization = try polls.authorization.isEmpty ? [] : SecretFile.text(polls.authorization, least: 1)
    return GatewayChannel(
      id: String(decoding: try SecretFile.text(polls.channelID, least: 16), as: UTF8.self), from: polls.from,
      scheme: polls.scheme, template: template, authorization: String(decoding: authorization, as: UTF8.self))
  }

  /// What runs beside the server for the poll bot.
  func pollServices(_ parts: ServiceParts) -> [any Service] {
    guard let desk = parts.desk else { return [] }
    var services: [any Service] = [PollClock(desk: desk, logger: logger)]
    if let gateway = parts.gateway {
      services.append(
        ChannelDispatcher(
          store: parts.store, keys: parts.keys, channel: gateway,
          retry: AlertRetry(baseSeconds: options.polls.retrySeconds, tries: options.polls.tries),
          transport: HTTPAlertTransport(timeoutSeconds: options.polls.timeoutSeconds), logger: logger,
          seed: UInt64.random(in: .min ... .max), now: systemTime))
    }
    return services
  }
}
