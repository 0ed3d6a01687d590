/// Where bytes come from.
public enum TranscriptInput: Sendable {
  /// A file; `.gz` and `.zst` are decompressed.
  case file(String)
  /// Standard input; gzip and zstd are recognised by their first bytes.
  case standardInput
  /// Bytes at hand, under a name for diagnostics; the name's ending counts as a file's.
  case bytes([UInt8], name: String)

  /// `-` is standard input, anything else a file.
  public init(argument: String) { self = argument == "-" ? .standardInput : .file(argument) }

  /// How diagnostics name it.
  public var name: String {
    switch self {
    case .file(let path): path
    case .standardInput: "standard input"
    case .bytes(_, let name): name
    }
  }

  /// True when it can be read a second time.
  var isRepeatable: Bool {
    switch self {
    case .file(let path): isRegularFile(path)
    case .standardInput: false
    case .bytes: true
    }
  }

  /// The ending, in lower case, without a compression's.
  var ending: String {
    var parts = name.lowercased().split(separator: "/").last.map { $0.split(separator: ".") } ?? []
    if let last = parts.last, compressionKind(ending: String(last)) != 0 { parts.removeLast() }
    return parts.count > 1 ? String(parts[parts.count - 1]) : ""
  }

  /// The compression by file ending: 0 for none.
  var compression: Int32 {
    guard case .standardInput = self else {
      let last = name.lowercased().split(separator: ".").last.map(String.init) ?? ""
      return compressionKind(ending: last)
    }
    return 0
  }
}
