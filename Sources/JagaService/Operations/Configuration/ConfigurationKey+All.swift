extension ConfigurationKey {
  /// Every key, in the order of the reference.
  public static let all: [ConfigurationKey] =
    listening + scoring + texts + limits + review + alerts + polls + channel + retention + logging

  private static let listening: [ConfigurationKey] = [
    ConfigurationKey(
      "host", "host", .text(\.host), "The address to listen on. Anything but loopback needs at least one token."),
    ConfigurationKey("port", "port", .whole(\.port, 0...65_535), "The port; 0 takes a free one."),
    ConfigurationKey(
      "publicURL", "public-url", .url(\.publicURL),
      "Where people reach the console, such as `https://jaga.example.org`; links in alerts begin with it."),
    ConfigurationKey(
      "tls.certificate", "tls-certificate", .file(\.certificate), "The chain of certificates, PEM; with `tls.key`."),
    ConfigurationKey("tls.key", "tls-key", .file(\.certificateKey), "The private key, PEM."),
    ConfigurationKey(
      "store", "store", .file(\.store),
      "The store. Without it `$STATE_DIRECTORY/jaga.sqlite` under systemd, else `$XDG_STATE_HOME/jaga/jaga.sqlite`."),
    ConfigurationKey(
      "synchronous", nil, .flag(\.isSynchronous),
      "Wait for the disk at each commit. Without it a power failure, but no crash, may lose the last moments."),
    ConfigurationKey(
      "secret", "secret", .file(\.secret),
      "The installation's secret, 32 bytes, made with the store. Without it the store's path with `.key` after it."),
  ]

  private static let scoring: [ConfigurationKey] = [
    ConfigurationKey("model", "model", .file(\.model), "The model. Without it the default one beside the program."),
    ConfigurationKey(
      "lexicon", "lexicon", .file(\.lexicon), "A private overlay, compiled by `jaga lexicon compile`."),
    ConfigurationKey(
      "baseRate", nil, .number(\.baseRate, 0...0.99),
      "The share of messages that are moves where the service runs; 0 for the model's own."),
    ConfigurationKey(
      "hashIDs", "hash-ids", .file(\.hashIDs),
      "A key file: ids are replaced by a keyed hash at the door, as by `jaga score --hash-ids`."),
  ]

  private static let texts: [ConfigurationKey] = [
    ConfigurationKey(
      "text.keep", "keep-text", .flag(\.service.keepsText),
      "Keep texts of messages, sealed with `text.key`. Without it no text is stored."),
    ConfigurationKey(
      "text.key", "text-key", .file(\.textKey),
      "The operator's key of texts: a file of 32 bytes or 64 hexadecimal digits."),
    ConfigurationKey(
      "text.flaggedHours", nil, .whole(\.service.textHours.flagged, 1...87_600),
      "How long texts of a flagged conversation are kept."),
    ConfigurationKey(
      "text.otherHours", nil, .whole(\.service.textHours.other, 1...87_600),
      "How long texts of other conversations are kept, as context for a flag that may come."),
    ConfigurationKey(
      "text.suppliedMinutes", nil, .whole(\.service.suppliedTextMinutes, 1...1_440),
      "How long a text that a pipeline supplies for review stays in memory."),
  ]

  private static let limits: [ConfigurationKey] = [
    ConfigurationKey(
      "limits.requestsPerMinute", nil, .whole(\.service.access.requestsPerMinute, 1...100_000_000),
      "The most requests a minute of a token that has no limit of its own."),
    ConfigurationKey(
      "limits.bodyBytes", nil, .whole(\.service.bodyLimit, 1_024...1 << 30), "The largest request body."),
    ConfigurationKey(
      "limits.messages", nil, .whole(\.service.messageLimit, 1...1_000_000), "The most messages in one request."),
    ConfigurationKey(
      "limits.textBytes", nil, .whole(\.service.textLimit, 1_024...16 << 20), "The longest text of a message."),
    ConfigurationKey("limits.idBytes", nil, .whole(\.service.idLimit, 32...4_096), "The longest id."),
    ConfigurationKey(
      "limits.lineBytes", nil, .whole(\.service.lineLimit, 1_024...64 << 20), "The longest line of a stream."),
    ConfigurationKey(
      "limits.bodySeconds", nil, .whole(\.service.bodySeconds, 1...3_600), "How long a body may take to arrive."),
    ConfigurationKey(
      "limits.idleSeconds", nil, .whole(\.idleSeconds, 1...3_600),
      "How long a connection may be silent, and a request's head take."),
    ConfigurationKey(
      "limits.connections", nil, .whole(\.connections, 1...100_000), "The most connections; others wait in the backlog."
    ),
    ConfigurationKey(
      "limits.liveConversations", nil, .whole(\.service.liveConversations, 100...10_000_000),
      "The most conversations in memory; the others are in the store."),
    ConfigurationKey(
      "limits.shutdownSeconds", nil, .whole(\.shutdownSeconds, 1...600),
      "How long requests may go on after the signal to stop, and then writing what is in memory."),
  ]

  private static let bands = ["watch", "review", "high"]

  private static let review: [ConfigurationKey] = [
    ConfigurationKey(
      "review.from", nil, .choice(\.service.flagFrom, bands), "The band from which on a message is flagged for review."),
    ConfigurationKey(
      "review.secondShare", nil, .number(\.service.secondReviewShare, 0...1),
      "The share of items that get a second, blind review."),
  ]

  private static let alerts: [ConfigurationKey] = [
    ConfigurationKey(
      "alerts.from", nil, .choice(\.service.alertFrom, bands),
      "The band that a conversation must reach for an alert. One that needs support for the first time alerts in any band."
    ),
    ConfigurationKey(
      "alerts.url", "alert-url", .url(\.alerts.url), "Where signed webhooks go. Without it there are none."),
    ConfigurationKey(
      "alerts.secret", "alert-secret", .file(\.alerts.secret),
      "The file of the secret that signs webhooks, 16 bytes or more."),
    ConfigurationKey(
      "alerts.timeoutSeconds", nil, .whole(\.alerts.timeoutSeconds, 1...120), "How long a receiver may take to answer."),
    ConfigurationKey(
      "alerts.tries", nil, .whole(\.alerts.tries, 1...100),
      "The most tries; then the alert is put aside until somebody replays it."),
    ConfigurationKey(
      "alerts.retrySeconds", nil, .whole(\.alerts.retrySeconds, 1...3_600),
      "The longest first pause; it doubles with each try, up to an hour, and the pause is drawn at random below it."),
    ConfigurationKey(
      "alerts.coopURL", nil, .url(\.alerts.coopURL), "The address of a ROOST Coop; alerts become items there."),
    ConfigurationKey("alerts.coopKey", nil, .file(\.alerts.coopKey), "The file of Coop's API key."),
    ConfigurationKey("alerts.coopType", nil, .text(\.alerts.coopType), "The id of the item type in Coop."),
  ]

  private static let polls: [ConfigurationKey] = [
    ConfigurationKey(
      "polls.directory", "polls", .file(\.polls.directory),
      "A folder of polls, `*.yaml`, read at the start; the first by name is begun by whoever writes first. Without it there is no poll bot."
    ),
    ConfigurationKey(
      "polls.responses", nil, .file(\.polls.responses),
      "A folder of responses and helplines in place of the program's own, in the shape of `lexicons/`."),
    ConfigurationKey(
      "polls.repliesPerMinute", nil, .whole(\.service.repliesPerMinute, 1...1_000),
      "How many messages of one contact are answered in a minute; up to 60 are read."),
    ConfigurationKey(
      "polls.country", nil, .text(\.service.phoneCountry),
      "The country code of contacts' phone numbers that name none: `0812…`, `62812…` and `+62 812-…` are one contact. Other addresses are taken as they are."
    ),
    ConfigurationKey(
      "polls.caseTextHours", nil, .whole(\.service.caseTextHours, 1...87_600),
      "How long the texts of a case are kept, sealed with `text.key`."),
    ConfigurationKey(
      "polls.withoutTexts", nil, .flag(\.polls.isWithoutTexts),
      "Run the bot without `text.key`, for trials: cases open without words, though the bot says that a person reads them."
    ),
    ConfigurationKey(
      "polls.flowResult", nil, .text(\.service.flowResult),
      "The result of a RapidPro flow that holds the contact's text, for webhooks whose body has no text of its own."),
    ConfigurationKey(
      "polls.webChat", nil, .flag(\.service.hasWebChat),
      "Serve the chat page at `/chat` to everybody who can reach the service; without it to this machine alone, as long as there are no tokens."
    ),
  ]

  private static let channel: [ConfigurationKey] = [
    ConfigurationKey(
      "channel.id", nil, .file(\.polls.channelID),
      "The file with the id of the gateway's channel, 16 characters or more: it is a part of the paths that the gateway posts to, and a secret."
    ),
    ConfigurationKey(
      "channel.url", nil, .url(\.polls.url),
      "Where messages for contacts are posted; with `channel.id`. May hold `{{to}}` and the like."),
    ConfigurationKey(
      "channel.body", nil, .text(\.polls.body),
      "The template of the body: `{{id}} {{text}} {{to}} {{from}} {{channel}} {{quick_replies}}`, as courier's external channel has it."
    ),
    ConfigurationKey(
      "channel.content", nil, .choice(\.polls.content, ["urlencoded", "json", "xml"]), "How the body is written."),
    ConfigurationKey("channel.method", nil, .choice(\.polls.method, ["POST", "PUT", "GET"]), "The method."),
    ConfigurationKey("channel.from", nil, .text(\.polls.from), "The number or name that messages come from."),
    ConfigurationKey(
      "channel.scheme", nil, .text(\.polls.scheme), "The scheme of contacts' addresses in answers to the gateway."),
    ConfigurationKey(
      "channel.authorization", nil, .file(\.polls.authorization),
      "The file of the `Authorization` field that the gateway wants."),
    ConfigurationKey(
      "channel.timeoutSeconds", nil, .whole(\.polls.timeoutSeconds, 1...120), "How long the gateway may take to answer."
    ),
    ConfigurationKey(
      "channel.tries", nil, .whole(\.polls.tries, 1...100),
      "The most tries; then the message is given up, and the log says so."),
    ConfigurationKey(
      "channel.retrySeconds", nil, .whole(\.polls.retrySeconds, 1...3_600),
      "The longest first pause; it doubles with each try, up to an hour, and the pause is drawn at random below it."),
  ]

  private static let retention: [ConfigurationKey] = [
    ConfigurationKey(
      "retention.conversationDays", nil, .whole(\.retention.conversationDays, 1...3_650),
      "Days after which the state of a silent conversation without flags goes; with flags it stays as long as they do."),
    ConfigurationKey(
      "retention.closedDays", nil, .whole(\.retention.closedDays, 1...3_650),
      "Days after which a closed item goes, with its flags and decisions. The audit stays."),
    ConfigurationKey(
      "retention.alertDays", nil, .whole(\.retention.alertDays, 1...3_650), "Days after which a delivered alert goes."),
    ConfigurationKey(
      "retention.pollDays", nil, .whole(\.retention.pollDays, 1...3_650),
      "Days after which an ended session of a poll goes, with its answers; as long as its conversation has an item, it stays."
    ),
    ConfigurationKey(
      "retention.everyHours", nil, .whole(\.retention.everyHours, 1...720), "Hours between two rounds of it."),
  ]

  private static let logging: [ConfigurationKey] = [
    ConfigurationKey(
      "log.level", "log-level", .choice(\.logLevel, ["debug", "info", "notice", "warning", "error"]),
      "Which messages are written."),
    ConfigurationKey(
      "log.format", "log-format", .choice(\.logFormat, ["auto", "json", "text"]),
      "How: a JSON object a line, or text; `auto` is text on a terminal."),
  ]
}
