internal import Configuration
internal import Foundation

/// The configuration that holds, and where each value comes from: the file, over it the environment, over both the command line.
///
///     let found = try EffectiveConfiguration(file: "jaga.json", environment: variables, options: ["port": "9000"])
///     found.options.port          // 9000
///     found.sources["port"]       // "--port"
public struct EffectiveConfiguration: Sendable {
  /// The values.
  public private(set) var options = ServerOptions()
  /// By the name of a key, where its value comes from; keys that stand at their default are left out.
  public private(set) var sources: [String: String] = [:]
  /// Variables that begin with `JAGA_` and that nothing reads, with the one that may be meant.
  public private(set) var strangeVariables: [(name: String, near: String?)] = []

  /// Reads all three. `options` is by the name of a key, as typed. Throws ``ConfigurationError`` at the first value that cannot be used.
  public init(file: String?, environment: [String: String], options given: [String: String]) throws {
    var layers: [Layer] = []
    for name in given.keys.sorted() where !ConfigurationKey.all.contains(where: { $0.name == name }) {
      throw EffectiveConfiguration.unknown(name, in: "--set")
    }
    layers.append(Layer(given))
    layers.append(Layer(environment: environment))
    if let file { layers.append(try Layer(file: file)) }
    for key in ConfigurationKey.all {
      for layer in layers {
        if let source = try layer.read(key, into: &options) {
          sources[key.name] = source
          break
        }
      }
    }
    let known = Set(ConfigurationKey.all.map(\.variable)).union(EffectiveConfiguration.otherVariables)
    strangeVariables = environment.keys.sorted().filter { $0.hasPrefix("JAGA_") && !known.contains($0) }
      .map { ($0, nearestName($0, among: known.sorted())) }
  }

  /// Variables of the same beginning that are no keys.
  private static let otherVariables: Set = ["JAGA_CONFIG"]

  static func unknown(_ name: String, in source: String) -> ConfigurationError {
    .unknownKey(source: source, key: name, near: nearestName(name, among: ConfigurationKey.all.map(\.name)))
  }

  /// What does not go together. Throws ``ConfigurationError/unfit(_:)``.
  public func check() throws(ConfigurationError) {
    if options.certificate.isEmpty != options.certificateKey.isEmpty {
      throw .unfit("tls.certificate and tls.key belong together; give both or none")
    }
    if !options.polls.url.isEmpty, options.polls.channelID.isEmpty {
      throw .unfit("channel.url needs channel.id, the file of the channel's id; without it there is no gateway")
    }
    if options.service.keepsText, options.textKey.isEmpty {
      throw .unfit("text.keep needs text.key; make one with 'openssl rand -hex 32 > text.key; chmod 600 text.key'")
    }
    if !options.alerts.url.isEmpty, options.alerts.secret.isEmpty {
      throw .unfit(
        "alerts.url needs alerts.secret; make one with 'openssl rand -hex 32 > alerts.key; chmod 600 alerts.key'")
    }
    if !options.alerts.coopURL.isEmpty, options.alerts.coopKey.isEmpty || options.alerts.coopType.isEmpty {
      throw .unfit(
        "alerts.coopURL needs alerts.coopKey, the file of the API key, and alerts.coopType, the id of an item type")
    }
  }
}

/// One place from which values come.
private struct Layer {
  private let snapshot: any ConfigSnapshot
  private let prefix: [String]
  /// How a key is called there.
  private let name: (ConfigurationKey) -> String

  init(_ given: [String: String]) {
    var variables: [String: String] = [:]
    for key in ConfigurationKey.all { variables[key.variable] = given[key.name] }
    snapshot = EnvironmentVariablesProvider(environmentVariables: variables).snapshot()
    prefix = ["jaga"]
    name = { key in key.option.map { "--\($0)" } ?? "--set \(key.name)" }
  }

  init(environment: [String: String]) {
    // A variable that is set to nothing is not set: so a unit can take one back.
    snapshot = EnvironmentVariablesProvider(environmentVariables: environment.filter { !$0.value.isEmpty }).snapshot()
    prefix = ["jaga"]
    name = \.variable
  }

  init(file: String) throws {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: file))
    } catch {
      throw ConfigurationError.unreadable(file: file, reason: reason(of: error))
    }
    let document: Any
    do {
      document = try JSONSerialization.jsonObject(with: data)
    } catch {
      throw ConfigurationError.malformed(file: file, reason: reason(of: error))
    }
    guard let root = document as? [String: Any] else { throw ConfigurationError.notAnObject(file: file) }
    try Layer.check(root, path: [], file: file)
    do {
      snapshot = try JSONSnapshot(data: data.bytes, providerName: file, parsingOptions: .default)
    } catch {
      throw ConfigurationError.notAnObject(file: file)
    }
    prefix = []
    name = { _ in file }
  }

  private static func check(_ object: [String: Any], path: [String], file: String) throws {
    for name in object.keys.sorted() {
      let full = (path + [name]).joined(separator: ".")
      if ConfigurationKey.all.contains(where: { $0.name == full }) { continue }
      guard ConfigurationKey.all.contains(where: { $0.name.hasPrefix(full + ".") }) else {
        throw EffectiveConfiguration.unknown(full, in: file)
      }
      guard let inner = object[name] as? [String: Any] else {
        throw ConfigurationError.notAGroup(source: file, key: full)
      }
      try check(inner, path: path + [name], file: file)
    }
  }

  /// Reads a key; its source when it is there. Throws ``ConfigurationError``.
  func read(_ key: ConfigurationKey, into options: inout ServerOptions) throws -> String? {
    let place = AbsoluteConfigKey(prefix + key.components)
    let source = name(key)
    func content(_ type: ConfigType) throws -> ConfigContent? {
      do {
        return try snapshot.value(forKey: place, type: type).value?.content
      } catch {
        throw ConfigurationError.wrongKind(source: source, key: key.name, expected: key.kind)
      }
    }
    let wrong = ConfigurationError.wrongKind(source: source, key: key.name, expected: key.kind)
    switch key.field {
    case .text(let path), .file(let path):
      guard case .string(let value)? = try content(.string) else { return nil }
      options[keyPath: path] = value
    case .url(let path):
      guard case .string(let value)? = try content(.string) else { return nil }
      guard value.isEmpty || isWebAddress(value) else { throw wrong }
      options[keyPath: path] = value
    case .choice(let path, let names):
      guard case .string(let value)? = try content(.string) else { return nil }
      guard names.contains(value) else { throw wrong }
      options[keyPath: path] = value
    case .whole(let path, let range):
      guard case .int(let value)? = try content(.int) else { return nil }
      guard range.contains(value) else { throw wrong }
      options[keyPath: path] = value
    case .number(let path, let range):
      guard case .double(let value)? = try content(.double) else { return nil }
      guard range.contains(value) else { throw wrong }
      options[keyPath: path] = value
    case .flag(let path):
      guard case .bool(let value)? = try content(.bool) else { return nil }
      options[keyPath: path] = value
    }
    return source
  }
}

/// True for `http` and `https` with a host.
func isWebAddress(_ text: String) -> Bool {
  guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty else { return false }
  return parts.scheme == "http" || parts.scheme == "https"
}

private func reason(of error: any Error) -> String {
  let error = error as NSError
  let posix = error.userInfo[NSUnderlyingErrorKey] as? NSError
  // What a parser found, and where, is only said to those who debug.
  let debugging = error.userInfo["NSDebugDescription"] as? String
  return posix?.localizedDescription ?? debugging ?? error.localizedDescription
}
