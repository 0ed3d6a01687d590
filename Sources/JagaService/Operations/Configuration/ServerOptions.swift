/// Everything that an operator may choose about the daemon, with its defaults. ``ConfigurationKey/all`` names and documents each.
///
/// An empty string stands for what is not chosen. Paths are from the folder in which the program was started.
public struct ServerOptions: Sendable {
  /// The address to listen on.
  public var host = "127.0.0.1"
  /// The port; 0 takes a free one.
  public var port = 8787
  /// The store; empty for the one of the user or of the unit, see ``StorePlace``.
  public var store = ""
  /// Wait for the disk at each commit.
  public var isSynchronous = true
  /// The file of the installation's secret; empty for the store's path with `.key` after it.
  public var secret = ""
  /// The model; empty for the default one.
  public var model = ""
  /// A compiled overlay.
  public var lexicon = ""
  /// The share of moves to reckon with; 0 for the model's own.
  public var baseRate = 0.0
  /// The key under which ids are replaced at the door.
  public var hashIDs = ""
  /// The operator's key of texts.
  public var textKey = ""
  /// Where people reach the console, for links in alerts.
  public var publicURL = ""
  /// The chain of certificates, PEM.
  public var certificate = ""
  /// Its private key, PEM.
  public var certificateKey = ""
  /// The most connections at once.
  public var connections = 1024
  /// How long a connection may be idle, or a head or the next part of a body may take, in seconds.
  public var idleSeconds = 60
  /// How long requests may go on after the signal to stop, in seconds.
  public var shutdownSeconds = 25
  /// Which messages of the log are written.
  public var logLevel = "info"
  /// How they are written.
  public var logFormat = "auto"
  /// Alerts: where to and how.
  public var alerts = AlertOptions()
  /// The poll bot and the gateway in front of it.
  public var polls = PollOptions()
  /// Retention.
  public var retention = RetentionOptions()
  /// What the routes and the engine go by.
  public var service = ServiceSettings()

  /// The defaults.
  public init() {}

  /// Where alerts go, and how hard it is tried.
  public struct AlertOptions: Sendable {
    /// The URL of the webhook.
    public var url = ""
    /// The file of the webhook's secret.
    public var secret = ""
    /// The address of a Coop.
    public var coopURL = ""
    /// The file of Coop's API key.
    public var coopKey = ""
    /// The id of Coop's item type.
    public var coopType = ""
    /// How long a receiver may take, in seconds.
    public var timeoutSeconds = 10
    /// The most tries before an alert is put aside.
    public var tries = 12
    /// The first pause between tries, in seconds; it doubles each time.
    public var retrySeconds = 5
  }

  /// The poll bot, and how its messages reach contacts.
  public struct PollOptions: Sendable {
    /// The folder of polls; empty for no poll bot.
    public var directory = ""
    /// Run without the key of texts, though nobody can read what contacts write.
    public var isWithoutTexts = false
    /// A folder of responses and helplines in place of the program's own.
    public var responses = ""
    /// The file with the id of the gateway's channel; empty for no gateway.
    public var channelID = ""
    /// Where messages are posted to the gateway.
    public var url = ""
    /// The template of their body.
    public var body = ""
    /// How the body is written.
    public var content = "urlencoded"
    /// The method.
    public var method = "POST"
    /// The number or name that messages come from.
    public var from = ""
    /// The scheme of contacts' addresses.
    public var scheme = "tel"
    /// The file of the `Authorization` field.
    public var authorization = ""
    /// How long the gateway may take, in seconds.
    public var timeoutSeconds = 10
    /// The most tries before a message is given up.
    public var tries = 12
    /// The first pause between tries, in seconds; it doubles each time.
    public var retrySeconds = 5
  }

  /// How long what is kept is kept.
  public struct RetentionOptions: Sendable {
    /// Days after which the state of a silent conversation goes.
    public var conversationDays = 90
    /// Days after which a closed item goes, with its flags and decisions.
    public var closedDays = 365
    /// Days after which a delivered alert goes.
    public var alertDays = 30
    /// Days after which an ended session of a poll goes, with its answers.
    public var pollDays = 365
    /// Hours between two rounds.
    public var everyHours = 6
  }

  /// Where alerts are to go, by the names that the store uses.
  public var alertTargets: [String] {
    (alerts.url.isEmpty ? [] : ["webhook"]) + (alerts.coopURL.isEmpty ? [] : ["coop"])
  }
}

extension ServerOptions {
  /// What a service with polls needs to keep its word; other commands read the same configuration and do not. Throws ``ConfigurationError/unfit(_:)``.
  public func checkPolls() throws(ConfigurationError) {
    guard !polls.directory.isEmpty, textKey.isEmpty, !polls.isWithoutTexts else { return }
    throw .unfit(
      "polls.directory needs text.key: the bot says that a person reads what contacts write, and without the key no words are kept; make one with 'openssl rand -hex 32 > text.key; chmod 600 text.key', or set polls.withoutTexts where nobody has to read them"
    )
  }
}
