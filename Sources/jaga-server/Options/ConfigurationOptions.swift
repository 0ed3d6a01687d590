internal import ArgumentParser
internal import Foundation
internal import JagaService

/// The options by which every command finds its configuration.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The configuration, a JSON file; else the variable JAGA_CONFIG names one.", valueName: "file"))
  var config: String?

  @Option(help: ArgumentHelp("The store; by default one in your home folder.", valueName: "file"))
  var store: String?

  @Option(
    help: ArgumentHelp("The installation's secret; by default the store's path with .key after it.", valueName: "file"))
  var secret: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Any key of the configuration, as often as you like.", valueName: "key=value"))
  var set: [String] = []

  /// The values given, by key. Throws ``ConfigurationError``.
  func given() throws -> [String: String] {
    var values: [String: String] = [:]
    for setting in set {
      guard let equals = setting.firstIndex(of: "=") else { throw ConfigurationError.noValue(setting: setting) }
      values[String(setting[..<equals])] = String(setting[setting.index(after: equals)...])
    }
    values["store"] = store ?? values["store"]
    values["secret"] = secret ?? values["secret"]
    return values
  }

  /// The configuration that holds, with further options of a command. Throws ``ConfigurationError``, or a usage error for what stands on the command line.
  func load(_ more: [String: String] = [:]) throws -> EffectiveConfiguration {
    do {
      return try effective(more)
    } catch let error as ConfigurationError where error.isOfCommandLine {
      throw ValidationError("\(error)")
    }
  }

  private func effective(_ more: [String: String]) throws -> EffectiveConfiguration {
    let environment = ProcessInfo.processInfo.environment
    let variable = environment["JAGA_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
    let found = try EffectiveConfiguration(
      file: config ?? variable, environment: environment, options: try given().merging(more) { $1 })
    try found.check()
    return found
  }
}

extension ServerOptions {
  /// The store's path, chosen or not.
  var storePath: String { store.isEmpty ? StorePlace.path(environment: ProcessInfo.processInfo.environment) : store }
  /// The secret's path.
  var secretPath: String { secret.isEmpty ? storePath + ".key" : secret }
}
