/// One value that an operator may choose: its names, what it may be, what it means.
///
///     for key in ConfigurationKey.all { print(key.name, key.variable, key.meaning) }
public struct ConfigurationKey: Sendable {
  /// What a value may be, and where it goes.
  public enum Field: Sendable {
    /// Any text.
    case text(WritableKeyPath<ServerOptions, String> & Sendable)
    /// The path of a file.
    case file(WritableKeyPath<ServerOptions, String> & Sendable)
    /// An address of the web; `http` or `https`. Its path and query are taken for a secret.
    case url(WritableKeyPath<ServerOptions, String> & Sendable)
    /// One of some names.
    case choice(WritableKeyPath<ServerOptions, String> & Sendable, [String])
    /// A whole number in a range.
    case whole(WritableKeyPath<ServerOptions, Int> & Sendable, ClosedRange<Int>)
    /// A number in a range.
    case number(WritableKeyPath<ServerOptions, Double> & Sendable, ClosedRange<Double>)
    /// Yes or no.
    case flag(WritableKeyPath<ServerOptions, Bool> & Sendable)
  }

  /// The name in the file, with dots between levels.
  public let name: String
  /// The option of the command line, without its dashes; nil where only `--set` reaches it.
  public let option: String?
  /// What it may be.
  public let field: Field
  /// What it means, as a sentence of the reference.
  public let meaning: String

  init(_ name: String, _ option: String? = nil, _ field: Field, _ meaning: String) {
    self.name = name
    self.option = option
    self.field = field
    self.meaning = meaning
  }

  /// The levels of the name.
  public var components: [String] { name.split(separator: ".").map(String.init) }

  /// The variable of the environment: `JAGA_` and the name in capitals, `_` for dots and before capitals.
  public var variable: String {
    var made = "JAGA_"
    var before: Character = "_"
    for letter in name {
      if letter.isUppercase, before.isLowercase { made.append("_") }
      made.append(letter == "." ? "_" : Character(letter.uppercased()))
      before = letter
    }
    return made
  }

  /// The kind of value, as the reference has it.
  public var kind: String {
    switch field {
    case .text: "text"
    case .file: "file"
    case .url: "URL"
    case .choice(_, let names): names.joined(separator: ", ")
    case .whole(_, let range): "whole number, \(range.lowerBound)…\(range.upperBound)"
    case .number(_, let range): "number, \(plain(range.lowerBound))…\(plain(range.upperBound))"
    case .flag: "true, false"
    }
  }

  /// The value in some options, as one would type it; empty when nothing is chosen.
  public func value(in options: ServerOptions) -> String {
    switch field {
    case .text(let path), .file(let path), .url(let path), .choice(let path, _): options[keyPath: path]
    case .whole(let path, _): "\(options[keyPath: path])"
    case .number(let path, _): plain(options[keyPath: path])
    case .flag(let path): "\(options[keyPath: path])"
    }
  }

  /// The value as it may be shown to anybody who reads a terminal: of an address only its host.
  public func shownValue(in options: ServerOptions) -> String {
    let value = value(in: options)
    guard case .url(let path) = field, path != \.publicURL else { return value }
    let parts = value.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count >= 3 else { return value }
    let host = parts[2].split(separator: "@").last ?? ""
    return "\(parts[0])//\(host)" + (parts.count > 3 && !parts[3].isEmpty ? "/…" : "")
  }
}

/// A number without what it does not need: `0.1`, `1`.
private func plain(_ value: Double) -> String {
  value == value.rounded() && abs(value) < 1e9 ? "\(Int(value))" : "\(value)"
}
