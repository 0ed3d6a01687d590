import ArgumentParser

@main
struct Jaga: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "jaga")
}
