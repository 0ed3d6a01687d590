internal import ArgumentParser
internal import JagaScoring
internal import JagaService

/// The program.
@main
struct JagaServer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jaga-server",
    abstract: "Scores chat over HTTP, and brings what people should look at before people.",
    discussion: """
      Without a command it serves: the API and the review console on http://127.0.0.1:8787/, for this machine alone, with a store in your home \
      folder. Nothing needs to be set up.

      Every result is a prompt for a person to look. No text is stored, logged or sent on unless you ask for it.

      EXAMPLES
        jaga-server
        jaga-server token add pipeline --scopes score
        jaga-server serve --host 0.0.0.0 --config /etc/jaga/jaga-server.json
        jaga-server chat --poll Examples/polls/online-safety.yaml
        jaga-server audit verify

      EXIT CODES
        0    done; for 'serve': stopped by SIGTERM or SIGINT, and nothing is lost
        1    cannot run, or what was asked for is not so; a sentence on standard error says why
        64   usage: an option or argument that is not understood

      ENVIRONMENT
        JAGA_CONFIG  the configuration file when --config is not given
        JAGA_…       every key of the configuration; 'jaga-server config' lists them
      """,
    version: "0.1.0",
    subcommands: [
      ServeCommand.self, ChatCommand.self, PollsCommand.self, ResponsesCommand.self, TokenCommand.self,
      AuditCommand.self, AlertsCommand.self, DecisionsCommand.self,
      ConversationCommand.self, BackupCommand.self, PurgeCommand.self, ConfigCommand.self,
    ],
    defaultSubcommand: ServeCommand.self)
}
