/// Reads a `responses.yaml`.
struct ResponseReader {
  /// The version that its author gave it.
  private(set) var version = 0
  /// The texts.
  private(set) var templates: [Occasion: ResponseTemplate] = [:]
  private let language: String
  private let log: ResponseLog

  init(_ file: ResponseSources.File, language: String, log: ResponseLog) {
    self.language = language
    self.log = log
    guard let root = ResponseNode.root(file, log: log),
      let fields = ResponseFields(root, allowed: ["language", "version", "responses"], place: "the file", log: log)
    else { return }
    if let declared = fields.text("language"), declared != language {
      log.add(.languageMismatch(declared: declared, folder: language), file: file.path, line: fields.line)
    }
    version =
      fields.value("version", expected: "a number from 1 to 9999") { text in
        Int(text).flatMap { (1...9999).contains($0) ? $0 : nil }
      } ?? 0
    guard let pairs = fields.required("responses")?.pairs("responses", log: log) else { return }
    for (name, node) in pairs {
      guard let occasion = Occasion(rawValue: name) else {
        log.add(.unknownKey(key: name, place: "'responses'"), file: file.path, line: node.line)
        continue
      }
      templates[occasion] = template(node, id: "\(language).\(name)")
    }
    let unread = Set(pairs.map(\.key))
    for occasion in Occasion.allCases where !unread.contains(occasion.rawValue) {
      log.add(.missingOccasion(name: occasion.rawValue), file: file.path)
    }
  }

  private func template(_ node: ResponseNode, id: String) -> ResponseTemplate? {
    guard let fields = ResponseFields(node, allowed: ["note", "parts"], place: "a response", id: id, log: log) else {
      return nil
    }
    let note = fields.text("note")
    guard let texts = fields.texts("parts", isRequired: true), let note else { return nil }
    if texts.isEmpty || texts.contains(where: { $0.allSatisfy(\.isWhitespace) }) {
      log.add(
        .wrongShape(key: "parts", expected: "a list of texts that say something"), file: node.file, line: node.line,
        id: id)
      return nil
    }
    var parts: [[ResponseTemplate.Piece]] = []
    for (index, text) in texts.enumerated() {
      guard let pieces = ResponseTemplate.pieces(text) else {
        log.add(.brace(part: index + 1), file: node.file, line: node.line, id: id)
        return nil
      }
      parts.append(pieces)
    }
    return ResponseTemplate(line: node.line, note: note, parts: parts)
  }
}
