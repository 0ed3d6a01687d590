internal import ArgumentParser
internal import JagaService
internal import JagaStore

/// `jaga-server token`.
struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Make, list and withdraw access tokens.",
    discussion: """
      A token is who a program or a reviewer is; its name stands in the audit. Give each its own. As soon as there is one, every request needs one, \
      on this machine too. A running service knows of changes within two seconds.

      SCOPES
        score   send messages, read results
        review  work in the review console: see items, decide, appeal
        admin   audit, export and deletion of conversations, alerts, final decisions

      Tokens are made and decisions exported on the command line alone, by whoever may open the store.
      """,
    subcommands: [TokenAddCommand.self, TokenListCommand.self, TokenRevokeCommand.self])
}

/// `jaga-server token add`.
struct TokenAddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Make a token and print its secret, this once.",
    discussion: """
      The secret goes to standard output, alone on its line; the store has its hash only.

      EXAMPLES
        jaga-server token add pipeline --scopes score > pipeline.token
        jaga-server token add sari --scopes review --expires-days 90

      EXIT CODES
        0 done; 1 the store cannot be written, or the name is taken; 64 usage
      """)

  @Argument(help: "Whose it is: letters, digits, '.', '_' and '-', at most 64.")
  var name: String

  @Option(help: ArgumentHelp("score, review, admin; several joined by commas.", valueName: "names"))
  var scopes: String

  @Option(help: ArgumentHelp("After so many days it is refused; by default never.", valueName: "days"))
  var expiresDays: Int?

  @Option(help: ArgumentHelp("The most requests a minute; by default the configuration's.", valueName: "number"))
  var rate: Int?

  @OptionGroup(title: "Configuration") var options: ConfigurationOptions

  func validate() throws {
    guard Scopes(names: scopes.split(separator: ",").map(String.init)) != nil, !scopes.isEmpty else {
      throw ValidationError("--scopes takes score, review and admin, joined by commas")
    }
    let isPlain = name.utf8.allSatisfy { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || [45, 46, 95].contains(byte)
    }
    guard isPlain, (1...64).contains(name.utf8.count) else {
      throw ValidationError("a name has letters, digits, '.', '_' and '-', at most 64 of them")
    }
    if let expiresDays, !(1...36_500).contains(expiresDays) { throw ValidationError("--expires-days takes 1 to 36500") }
    if let rate, !(1...100_000_000).contains(rate) { throw ValidationError("--rate takes 1 or more") }
  }

  func run() async throws {
    try await reporting {
      let store = try options.load().options.openStore()
      let now = systemTime()
      let secret = TokenSecret.random()
      let token = KeptToken(
        name: name, hash: secret.hash, scopes: Set(scopes.split(separator: ",").map(String.init)), createdAt: now,
        expiresAt: expiresDays.map { now + Int64($0) * 86_400_000 }, requestsPerMinute: rate)
      try store.addToken(token, now: now, actor: commandLineActor)
      print(secret.text)
      printError("token '\(name)' made; its secret is shown this once, keep it where only its owner reads")
      try store.close()
    }
  }
}

/// `jaga-server token list`.
struct TokenListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List tokens: name, scopes, state. No secret is known here.")

  @OptionGroup(title: "Configuration") var options: ConfigurationOptions

  func run() async throws {
    try await reporting {
      let store = try options.load().options.openExistingStore()
      let now = systemTime()
      for token in try store.tokens().sorted(by: { $0.name < $1.name }) {
        let state =
          token.revokedAt != nil
          ? "withdrawn" : token.isValid(at: now) ? token.expiresAt.map { "until \(shown($0))" } ?? "good" : "expired"
        print(
          "\(token.name)\t\(token.scopes.sorted().joined(separator: ","))\t\(state)\tmade \(shown(token.createdAt))")
      }
      try store.close()
    }
  }
}

/// `jaga-server token revoke`.
struct TokenRevokeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Withdraw a token: from now on it is refused.")

  @Argument(help: "The token's name.")
  var name: String

  @OptionGroup(title: "Configuration") var options: ConfigurationOptions

  func run() async throws {
    try await reporting {
      let store = try options.load().options.openExistingStore()
      try store.revokeToken(name: name, now: systemTime(), actor: commandLineActor)
      printError("token '\(name)' withdrawn; a running service refuses it within two seconds")
      try store.close()
    }
  }
}
