internal import ArgumentParser
internal import JagaService

/// `jaga-server config`.
struct ConfigCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Print the configuration that holds, and where each value comes from.",
    discussion: """
      One key a line: name, value, source. Secrets stand in files, of which the path is printed; of an alert's address only the host. The file is read \
      first, over it the environment, over both the options.
      """)

  @Flag(help: "Print the reference of all keys instead, as Markdown.")
  var reference = false

  @OptionGroup(title: "Configuration") var options: ConfigurationOptions
  @OptionGroup(title: "Values") var values: ServeOptions

  func run() async throws {
    try await reporting {
      if reference {
        print(ConfigurationReference.markdown, terminator: "")
        return
      }
      let found = try options.load(values.given)
      var effective = found.options
      effective.store = effective.storePath
      effective.secret = found.options.secretPath
      for key in ConfigurationKey.all {
        print("\(key.name)\t\(key.shownValue(in: effective))\t\(found.sources[key.name] ?? "default")")
      }
      for strange in found.strangeVariables { printError(strangeVariable(strange)) }
    }
  }
}

/// The warning about a variable that nothing reads.
func strangeVariable(_ strange: (name: String, near: String?)) -> String {
  "the variable \(strange.name) is of no key" + (strange.near.map { "; did you mean \($0)?" } ?? "")
}
