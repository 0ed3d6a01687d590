public import JagaBatch
import JagaCore

/// Writes suggestions.
public struct SuggestionReport {
  private let suggestions: [PhraseSuggestion]

  /// A report.
  public init(_ suggestions: [PhraseSuggestion]) { self.suggestions = suggestions }

  /// Lexicon sources: a document for each language and track, an entry for each phrase, its counts as a comment. Nothing at all when there is nothing to suggest.
  ///
  /// An entry of its own for every phrase, so that `jaga lexicon evaluate` can judge each.
  public func writeYAML(to buffer: ByteBuffer) {
    var files: [(name: String, suggestions: [PhraseSuggestion])] = []
    for suggestion in suggestions {
      let name = "\(suggestion.language)/\(SuggestionReport.track(suggestion.label))"
      if let place = files.firstIndex(where: { $0.name == name }) {
        files[place].suggestions.append(suggestion)
      } else {
        files.append((name, [suggestion]))
      }
    }
    for (index, file) in files.enumerated() {
      if index > 0 { buffer.append("---\n") }
      buffer.append(
        text: "# Candidates for \(file.name).yaml: look at each before use, and at what they find by mistake.\n")
      buffer.append(
        text:
          "language: \(file.suggestions[0].language)\ntrack: \(SuggestionReport.track(file.suggestions[0].label))\nentries:\n"
      )
      var ids = Set<String>()
      for suggestion in file.suggestions { write(suggestion, ids: &ids, to: buffer) }
    }
  }

  private static func track(_ label: Label) -> String { label.track?.name ?? label.name }

  private func write(_ suggestion: PhraseSuggestion, ids: inout Set<String>, to buffer: ByteBuffer) {
    let group = suggestion.label.isMove ? suggestion.label.stage : "other"
    let base = "\(suggestion.language).\(SuggestionReport.track(suggestion.label)).\(group).suggested-"
    let isPlain = suggestion.phrase.unicodeScalars.allSatisfy { $0.isASCII }
    var id = base + (isPlain ? suggestion.phrase.lowercased().replacing(" ", with: "-") : "1")
    var number = 1
    while !ids.insert(id).inserted {
      number += 1
      id = base + "\(number)"
    }
    let counts =
      "\(suggestion.count) of \(suggestion.labelled) messages with the label, \(suggestion.otherCount) of \(suggestion.others) others, "
      + "new in \(suggestion.unreached)"
    buffer.append(text: "  # z \(Displayed.figure(suggestion.logOdds.z, decimals: 1)): \(counts)\n")
    buffer.append(text: "  - id: \(id)\n    label: \(suggestion.label.name)\n    phrases: [\"\(suggestion.phrase)\"]\n")
    buffer.append("    note: \"suggested by labelled messages\"\n")
  }

  /// A JSON array of objects and a line break.
  public func writeJSON(to buffer: ByteBuffer) {
    buffer.append("[")
    for (index, suggestion) in suggestions.enumerated() {
      buffer.append(index > 0 ? ",\n{\"phrase\":" : "\n{\"phrase\":")
      buffer.append(json: suggestion.phrase)
      buffer.append(text: ",\"label\":\"\(suggestion.label.name)\",\"language\":\"\(suggestion.language)\"")
      buffer.append(text: ",\"messages\":\(suggestion.count),\"labelled\":\(suggestion.labelled)")
      buffer.append(text: ",\"other_messages\":\(suggestion.otherCount),\"others\":\(suggestion.others)")
      buffer.append(text: ",\"unreached\":\(suggestion.unreached)")
      buffer.append(key: "log_odds")
      buffer.append(number: suggestion.logOdds.ratio)
      buffer.append(key: "z")
      buffer.append(number: suggestion.logOdds.z)
      buffer.append("}")
    }
    buffer.append("]\n")
  }

  /// A header and a row a phrase.
  public func writeCSV(to buffer: ByteBuffer) {
    buffer.append(
      csvRow: [
        "phrase", "label", "language", "messages", "labelled", "other_messages", "others", "unreached", "log_odds", "z",
      ])
    for suggestion in suggestions {
      buffer.append(
        csvRow: [
          suggestion.phrase, suggestion.label.name, suggestion.language, "\(suggestion.count)",
          "\(suggestion.labelled)",
          "\(suggestion.otherCount)", "\(suggestion.others)", "\(suggestion.unreached)",
          Displayed.field(suggestion.logOdds.ratio), Displayed.field(suggestion.logOdds.z),
        ])
    }
  }
}
