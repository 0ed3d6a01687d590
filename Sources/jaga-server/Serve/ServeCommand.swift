internal import ArgumentParser
internal import JagaService

/// `jaga-server serve`, and `jaga-server` alone.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve the API and the review console until SIGTERM or SIGINT.",
    discussion: """
      On loopback, as by default, no token is needed as long as none was ever made. Anywhere else at least one must be there: make it with \
      'jaga-server token add'. The first line on standard error says the address and where the store is.

      On SIGTERM or SIGINT nothing new is accepted, what was begun is finished, everything is written, and the exit code is 0.

      EXAMPLES
        jaga-server
        curl -s http://127.0.0.1:8787/v1/score --json '{"text":"kirim foto dulu baru aku isiin"}'
        jaga-server serve --host 0.0.0.0 --tls-certificate chain.pem --tls-key key.pem

      EXIT CODES
        0 stopped by a signal; 1 cannot run, or could not write everything at the end; 64 usage
      """)

  @OptionGroup(title: "Values") var values: ServeOptions
  @OptionGroup(title: "Configuration") var options: ConfigurationOptions

  func run() async throws {
    try await reporting {
      let found = try options.load(values.given)
      try await ServiceRun(found).run()
    }
  }
}
