/// Everything that the bot says of its own, in every language, with the helplines in it.
///
///     let book = try ResponseBook.bundled()
///     let response = book.response(.disclosure, language: "id", now: now)
///     for part in response.parts { send(part) }
///
/// A book is complete: every language has a text for every occasion, and every helpline that a text names exists and is in use. Whether the
/// texts are good is another question: ``ResponseCheck``. Making it reads some 60 KB of YAML, milliseconds; a response costs about as much
/// as its text.
public struct ResponseBook: Sendable {
  /// One language of it.
  struct Chapter: Sendable {
    let file: String
    let version: Int
    let templates: [Occasion: ResponseTemplate]
    let checks: ResponseRules?
    let commonWords: Set<String>?
  }

  /// The languages, the one that stands in for others first: `id` where it is there.
  public let languages: [String]
  /// The helplines in use, in the order of their file; those that are not discreet among them, for a person's answer.
  public let helplines: [Helpline]
  /// After how many days a verification is too old.
  public let staleAfterDays: Int
  let chapters: [String: Chapter]
  let helplineFile: String
  let helplineLines: [String: Int]
  private let helplinesByID: [String: Helpline]

  /// The texts that are part of the program. Throws ``ResponseError`` only when the build's own resources are broken.
  public static func bundled() throws(ResponseError) -> ResponseBook { try ResponseBook(sources: .bundled) }

  /// The texts of an operator's folder; see ``ResponseSources/init(directory:)``. Throws ``ResponseError``.
  public init(directory: String) throws(ResponseError) {
    try self.init(sources: ResponseSources(directory: directory))
  }

  /// Reads a book. Throws ``ResponseError/refused(_:)`` with everything that is wrong.
  public init(sources: ResponseSources) throws(ResponseError) {
    let log = ResponseLog()
    let lines = HelplineReader(sources.helplines, log: log)
    var chapters: [String: Chapter] = [:]
    for (language, files) in sources.languages.sorted(by: { $0.key < $1.key }) {
      let reader = ResponseReader(files.responses, language: language, log: log)
      ResponseBook.checkHelplines(reader, file: files.responses.path, language: language, lines: lines, log: log)
      chapters[language] = Chapter(
        file: files.responses.path, version: reader.version, templates: reader.templates,
        checks: files.checks.flatMap { ResponseRules($0, language: language, log: log) },
        commonWords: files.commonWords.map { CommonWords.read($0.text) })
    }
    if !log.findings.isEmpty { throw .refused(log.findings) }
    if chapters.isEmpty { throw .refused([ResponseFinding(file: "", fault: .missingLanguage("id"))]) }
    self.chapters = chapters
    languages = chapters.keys.filter { $0 == "id" } + chapters.keys.filter { $0 != "id" }.sorted()
    helplinesByID = lines.helplines
    helplines = lines.order.compactMap { lines.helplines[$0] }.filter { $0.withdrawnOn == nil }
    staleAfterDays = lines.staleAfterDays
    helplineFile = sources.helplines.path
    helplineLines = lines.lines
  }

  private static func checkHelplines(
    _ reader: ResponseReader, file: String, language: String, lines: HelplineReader, log: ResponseLog
  ) {
    for occasion in Occasion.allCases {
      guard let template = reader.templates[occasion] else { continue }
      for id in template.helplines {
        let fault: ResponseFault? =
          switch lines.helplines[id] {
          case nil: .unknownHelpline(id: id)
          case let line?:
            line.withdrawnOn.map { .withdrawnHelpline(id: id, on: $0.description) }
              ?? (line.sayings[language] == nil ? .unsaidHelpline(id: id, language: language) : nil)
          }
        if let fault { log.add(fault, file: file, line: template.line, id: "\(language).\(occasion.rawValue)") }
      }
    }
  }

  /// What to say at an occasion, at a time in milliseconds since 1970. In a language that the book lacks, its first one speaks.
  public func response(_ occasion: Occasion, language: String, now: Int64) -> Response {
    let language = chapters[language] == nil ? languages[0] : language
    let chapter = chapters[language]
    let template = chapter?.templates[occasion]
    let helplines = (template?.helplines ?? []).compactMap { helplinesByID[$0] }
    return Response(
      id: "\(language).\(occasion.rawValue).v\(chapter?.version ?? 0)", occasion: occasion, language: language,
      parts: (template?.parts ?? []).map { text($0, language: language) }, helplines: helplines,
      staleHelplines: helplines.filter { $0.isStale(now: now, after: staleAfterDays) }.map(\.id))
  }

  /// The helpline of an id; nil for one that does not exist or is not in use any more.
  public func helpline(_ id: String) -> Helpline? {
    helplinesByID[id].flatMap { $0.withdrawnOn == nil ? $0 : nil }
  }

  private func text(_ pieces: [ResponseTemplate.Piece], language: String) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .helpline(let id): helplinesByID[id]?.sayings[language] ?? ""
      }
    }.joined()
  }
}
