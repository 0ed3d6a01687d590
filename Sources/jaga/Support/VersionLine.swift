internal import JagaScoring
internal import JagaText

/// What `--version` prints: everything that a result depends on.
enum VersionLine {
  /// The program's own version.
  static let program = "0.1.0"

  /// One line: program, model, Unicode.
  static func text(model: Model?) -> String {
    let modelPart = model.map { "model \($0.id)" } ?? "no default model"
    return "jaga \(program) (\(modelPart), Unicode \(TextAnalyzer.unicodeVersion))"
  }
}
