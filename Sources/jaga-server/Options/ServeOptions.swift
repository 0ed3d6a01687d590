internal import ArgumentParser

/// The keys of the configuration that have an option of their own, besides those of every command.
struct ServeOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The address to listen on (127.0.0.1). Others need a token.", valueName: "address"))
  var host: String?

  @Option(help: ArgumentHelp("The port (8787); 0 takes a free one.", valueName: "number"))
  var port: String?

  @Option(help: ArgumentHelp("Where people reach the console; begins the links in alerts.", valueName: "url"))
  var publicURL: String?

  @Option(help: ArgumentHelp("The chain of certificates, PEM; with --tls-key.", valueName: "file"))
  var tlsCertificate: String?

  @Option(help: ArgumentHelp("The private key, PEM.", valueName: "file"))
  var tlsKey: String?

  @Option(help: ArgumentHelp("The model; by default the one beside the program.", valueName: "file"))
  var model: String?

  @Option(help: ArgumentHelp("A private overlay, compiled by 'jaga lexicon compile'.", valueName: "file"))
  var lexicon: String?

  @Option(
    name: .customLong("hash-ids"),
    help: ArgumentHelp("Replace ids by a keyed hash at the door; the key's file.", valueName: "file"))
  var hashIDs: String?

  @Flag(help: "Keep texts of messages, sealed with the key of --text-key.")
  var keepText = false

  @Option(help: ArgumentHelp("The key of texts: 32 bytes or 64 hexadecimal digits.", valueName: "file"))
  var textKey: String?

  @Option(help: ArgumentHelp("A folder of polls: the service is a poll bot too.", valueName: "directory"))
  var polls: String?

  @Option(help: ArgumentHelp("Where signed webhooks go.", valueName: "url"))
  var alertURL: String?

  @Option(help: ArgumentHelp("The file of the secret that signs them.", valueName: "file"))
  var alertSecret: String?

  @Option(help: ArgumentHelp("debug, info, notice, warning or error.", valueName: "level"))
  var logLevel: String?

  @Option(help: ArgumentHelp("auto, json or text.", valueName: "form"))
  var logFormat: String?

  /// The values given, by key.
  var given: [String: String] {
    let values: [String: String?] = [
      "host": host, "port": port, "publicURL": publicURL, "tls.certificate": tlsCertificate, "tls.key": tlsKey,
      "model": model, "lexicon": lexicon, "hashIDs": hashIDs, "text.keep": keepText ? "true" : nil, "text.key": textKey,
      "polls.directory": polls,
      "alerts.url": alertURL, "alerts.secret": alertSecret, "log.level": logLevel, "log.format": logFormat,
    ]
    return values.compactMapValues { $0 }
  }
}
