internal import JagaBatch
internal import JagaCorpora

/// What `jaga import` prints.
enum CorpusListing {
  /// All that is known of a corpus.
  static func text(_ corpus: KnownCorpus) -> String {
    var lines = ["\(corpus.name): \(corpus.title)"]
    lines.append("  cite     \(corpus.reference)")
    lines.append("  ask at   \(corpus.access)")
    lines.append("  terms    \(corpus.licence)")
    for remark in corpus.remarks { lines.append("  note     \(remark)") }
    for part in corpus.parts {
      lines.append("  part \(part.name)")
      for file in part.files {
        lines.append("    \(file.name)")
        let check =
          if let sha256 = file.sha256 {
            "SHA-256 \(sha256), with line feeds at the ends of lines"
          } else if let count = file.lines {
            "\(grouped(count)) lines; no hash is published"
          } else {
            "neither hash nor count is published"
          }
        lines.append("      \(role(file.role)); \(check)")
      }
      let counts = part.counts.map { "\(grouped($0.count)) \($0.quantity.title)" }
      lines.append("    holds \(counts.joined(separator: ", "))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func role(_ role: KnownFile.Role) -> String {
    switch role {
    case .conversations: "the conversations"
    case .authors: "truth: sought authors"
    case .lines: "truth: sought lines"
    case .selection: "ids of the conversations that belong to it"
    case .unread: "not read, not needed"
    }
  }

  /// What was written, one line a file.
  static func text(_ summary: ImportSummary, folder: String) -> String {
    var text = ""
    for output in summary.outputs {
      let counts = output.counts
      text +=
        "\(folder)/\(output.file): \(grouped(counts.conversations)) conversations, \(grouped(counts.messages)) messages, "
        + "\(grouped(counts.authors)) authors; sought: \(grouped(counts.soughtAuthors)) authors, "
        + "\(grouped(counts.soughtConversations)) conversations, \(grouped(counts.soughtLines)) lines\n"
    }
    return text + "\(folder)/manifest.json: sources, hashes, counts, options\n"
  }
}
