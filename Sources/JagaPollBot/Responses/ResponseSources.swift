internal import Foundation

/// The files that the bot's texts come from, in memory.
///
///     let book = try ResponseBook(sources: .bundled)
///     let own = try ResponseBook(sources: ResponseSources(directory: "/etc/jaga/responses"))
public struct ResponseSources: Sendable {
  /// One file.
  public struct File: Hashable, Sendable {
    /// The path that findings show.
    public var path: String
    /// Its content.
    public var text: String

    /// A file.
    public init(path: String, text: String) {
      self.path = path
      self.text = text
    }
  }

  /// The files of one language.
  public struct Language: Hashable, Sendable {
    /// `responses.yaml`.
    public var responses: File
    /// `response-checks.yaml`, where there is one.
    public var checks: File?
    /// `common-words.txt`, where there is one.
    public var commonWords: File?

    /// The files of a language.
    public init(responses: File, checks: File? = nil, commonWords: File? = nil) {
      self.responses = responses
      self.checks = checks
      self.commonWords = commonWords
    }
  }

  /// `helplines.yaml`.
  public var helplines: File
  /// The files by language.
  public var languages: [String: Language]

  /// Files that are in memory already.
  public init(helplines: File, languages: [String: Language]) {
    self.helplines = helplines
    self.languages = languages
  }

  /// The largest file read, in bytes.
  static let maximumSize = 1 << 20

  /// The texts that are part of the program: those of `lexicons/`, of which the build makes copies.
  public static let bundled = ResponseSources(
    helplines: file("lexicons/helplines.yaml", PackageResources.helplines_yaml),
    languages: [
      "id": Language(
        responses: file("lexicons/id/responses.yaml", PackageResources.responses_id_yaml),
        checks: file("lexicons/id/response-checks.yaml", PackageResources.response_checks_id_yaml),
        commonWords: file("lexicons/id/common-words.txt", PackageResources.common_words_id_txt)),
      "en": Language(
        responses: file("lexicons/en/responses.yaml", PackageResources.responses_en_yaml),
        checks: file("lexicons/en/response-checks.yaml", PackageResources.response_checks_en_yaml),
        commonWords: file("lexicons/en/common-words.txt", PackageResources.common_words_en_txt)),
    ])

  private static func file(_ path: String, _ bytes: [UInt8]) -> File {
    File(path: path, text: String(decoding: bytes, as: UTF8.self))
  }

  /// Reads an operator's folder of the same shape: `helplines.yaml`, and `LANGUAGE/responses.yaml` for each language. Where a language has no
  /// `response-checks.yaml` or `common-words.txt` of its own, the program's are taken. Folders without a `responses.yaml` are left alone, so the
  /// folder may be one of lexicons. Throws ``ResponseError``.
  public init(directory path: String) throws(ResponseError) {
    let root = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: root) else {
      throw .notADirectory(path: path)
    }
    guard let helplines = try ResponseSources.read("\(root)/helplines.yaml") else {
      throw .missingFile(path: "\(root)/helplines.yaml")
    }
    var languages: [String: Language] = [:]
    for name in names.sorted() where !name.hasPrefix(".") {
      guard let responses = try ResponseSources.read("\(root)/\(name)/responses.yaml") else { continue }
      let own = ResponseSources.bundled.languages[name]
      languages[name] = Language(
        responses: responses,
        checks: try ResponseSources.read("\(root)/\(name)/response-checks.yaml") ?? own?.checks,
        commonWords: try ResponseSources.read("\(root)/\(name)/common-words.txt") ?? own?.commonWords)
    }
    if languages.isEmpty { throw .noTexts(path: path) }
    self.init(helplines: helplines, languages: languages)
  }

  /// A file's content; nil where there is none.
  private static func read(_ path: String) throws(ResponseError) -> File? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw .unreadable(path: path, reason: "it cannot be opened; check its permissions")
    }
    defer { try? handle.close() }
    guard let data = try? handle.read(upToCount: maximumSize + 1) else {
      throw .unreadable(path: path, reason: "it cannot be read; is it a file?")
    }
    guard data.count <= maximumSize else { throw .unreadable(path: path, reason: "it is larger than 1 MiB") }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw .unreadable(path: path, reason: "it is not UTF-8")
    }
    return File(path: path, text: text)
  }
}
