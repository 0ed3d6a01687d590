internal import Foundation

/// One source file in memory.
public struct LexiconSourceFile: Hashable, Sendable {
  /// The path that findings show, such as `lexicons/id/topup.yaml`.
  public var path: String
  /// Its text; nil when it could not be read.
  public var text: String?
  /// Why it could not be read.
  public var failure: String?

  /// A file with a text.
  public init(path: String, text: String) {
    self.path = path
    self.text = text
  }

  /// A file that could not be read.
  public init(path: String, failure: String) {
    self.path = path
    self.failure = failure
  }

  /// The file's name without its ending.
  var stem: String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.split(separator: ".").first.map(String.init) ?? name
  }

  /// The name of the folder that holds the file.
  var folder: String? { path.split(separator: "/").dropLast().last.map(String.init) }
}

/// Why a directory cannot be read at all.
public enum LexiconSourceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Not a directory, or not readable.
  case notADirectory(path: String)
  /// Nothing in it ends with `.yaml`.
  case noSources(path: String)

  /// The ``sentence``.
  public var description: String { sentence }

  /// What is wrong and what to do about it.
  public var sentence: String {
    switch self {
    case .notADirectory(let path):
      "'\(path)' is not a directory that can be read; give the folder that holds the .yaml files"
    case .noSources(let path): "'\(path)' holds no .yaml file; lexicons lie in folders such as '\(path)/id/topup.yaml'"
    }
  }
}

/// The YAML files of a directory, in memory, sorted by path.
///
///     let directory = try LexiconSourceDirectory(path: "lexicons")
///     let compilation = LexiconCompiler.compile(directory)
///     for finding in compilation.findings { print(finding) }
public struct LexiconSourceDirectory: Sendable {
  /// The files.
  public let files: [LexiconSourceFile]

  /// Files that are in memory already.
  public init(files: [LexiconSourceFile]) {
    self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// Files beside the lexicons that hold what the poll bot says and how it reads a reply; they are no sources.
  public static let otherFiles: Set<String> = [
    "responses.yaml", "response-checks.yaml", "helplines.yaml", "urgency.yaml",
  ]

  /// Reads every `.yaml` file below a directory; hidden files, a folder `schema` and ``otherFiles`` are left out. A file that cannot be read
  /// is kept as a failure and becomes a finding.
  public init(path: String) throws(LexiconSourceError) {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue,
      let names = FileManager.default.enumerator(atPath: path)
    else { throw .notADirectory(path: path) }
    let root = path.hasSuffix("/") ? String(path.dropLast()) : path
    var files: [LexiconSourceFile] = []
    for case let name as String in names {
      let parts = name.split(separator: "/")
      if parts.contains(where: { $0.hasPrefix(".") }) || parts.first == "schema" { continue }
      guard name.hasSuffix(".yaml") || name.hasSuffix(".yml") else { continue }
      if let last = parts.last, LexiconSourceDirectory.otherFiles.contains(String(last)) { continue }
      files.append(LexiconSourceDirectory.read("\(root)/\(name)"))
    }
    if files.isEmpty { throw .noSources(path: path) }
    self.init(files: files)
  }

  private static func read(_ path: String) -> LexiconSourceFile {
    guard let data = FileManager.default.contents(atPath: path) else {
      return LexiconSourceFile(path: path, failure: "it cannot be opened")
    }
    guard data.count <= YAMLText.maximumSize else {
      return LexiconSourceFile(path: path, failure: "it is larger than 4 MiB")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      return LexiconSourceFile(path: path, failure: "it is not UTF-8")
    }
    return LexiconSourceFile(path: path, text: text)
  }
}
