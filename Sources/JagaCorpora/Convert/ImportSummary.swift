internal import JagaTranscripts

/// What an import read and wrote.
public struct ImportSummary: Sendable {
  /// A written file.
  public struct Output: Sendable {
    /// Its name in the output folder.
    public let file: String
    /// Its size.
    public var bytes = 0
    /// Its SHA-256.
    public var sha256 = ""
    /// What it holds.
    public var counts = ImportCounts()

    init(file: String) { self.file = file }
  }

  /// A part as it was read.
  struct PartResult: Sendable {
    let part: KnownCorpus.Part
    let counts: ImportCounts
    let tally: PartSource.Tally
  }

  let corpus: KnownCorpus
  let options: CorpusImport.Options
  var files: [(part: String, files: [CheckedFile])] = []
  var parts: [PartResult] = []
  /// What was written, in order; `manifest.json` beside it.
  public internal(set) var outputs: [Output] = []

  /// Conversations that were skipped as malformed.
  public var malformed: Int { parts.reduce(0) { $0 + $1.tally.malformed } }

  /// What a person should know before relying on the files: sentences with facts.
  public var notes: [String] {
    var notes: [String] = []
    for (part, files) in files {
      for file in files {
        switch file.state {
        case .differs:
          notes.append(
            "\(part): \(file.name) is not the file that is known; figures on it are not comparable with published ones")
        case .counted: notes.append("\(part): \(file.name) has the known number of lines; no hash of it is published")
        case .known, .unknown: break
        }
      }
    }
    for result in parts {
      for known in result.part.counts where result.counts.count(known.quantity) != known.count {
        notes.append(
          "\(result.part.name): \(result.counts.count(known.quantity)) \(known.quantity.title), where \(known.count) are known"
        )
      }
      for (count, what) in [
        (result.tally.absentAuthors, "authors that the truth names write nothing"),
        (result.tally.absentLines, "lines that the truth names are not there"),
        (result.tally.absentSelected, "conversations of the list of ids are not there"),
        (result.tally.repeated, "messages came before and are left out"),
      ] where count > 0 {
        notes.append("\(result.part.name): \(count) \(what)")
      }
    }
    if let note = splitNote { notes.append(note) }
    return notes
  }

  /// Said when a split is more than five points off what was asked for.
  private var splitNote: String? {
    guard let split = options.split, outputs.count == 2 else { return nil }
    let first = outputs[0].counts.authors
    let all = first + outputs[1].counts.authors
    guard all > 0, abs(Double(first) / Double(all) - split.share) > 0.05 else { return nil }
    return
      "\(outputs[0].file) got \(first) of \(all) authors, where a share of \(split.share) was asked for: authors who meet in conversations "
      + "stay together"
  }

  /// Appends the manifest: everything that the files depend on, no time and no user, so that a second run gives the same bytes.
  func writeManifest(to output: inout [UInt8]) {
    var json = ManifestWriter()
    json.open("{")
    json.string("corpus", corpus.name)
    json.string("title", corpus.title)
    json.string("reference", corpus.reference)
    json.string("source", corpus.access)
    json.string("licence", corpus.licence)
    json.string("program", options.program)
    json.open("{", key: "options")
    json.array("parts", parts.map(\.part.name))
    json.flag("unverified", options.acceptsOthers)
    if let split = options.split {
      json.open("{", key: "split_authors")
      json.string("first", split.first)
      json.string("second", split.second)
      json.raw("share", "\(split.share)")
      json.raw("seed", "\(split.seed)")
      json.close("}")
    }
    json.close("}")
    json.open("[", key: "files")
    for (part, files) in files {
      for file in files {
        json.open("{")
        json.string("part", part)
        json.string("name", file.name)
        json.string("role", file.role.rawValue)
        json.raw("bytes", "\(file.digest.bytes)")
        json.string("sha256", file.digest.sha256)
        json.string("sha256_unix_lines", file.digest.unixSHA256)
        json.string("state", file.state.rawValue)
        json.close("}")
      }
    }
    json.close("]")
    json.open("[", key: "parts")
    for result in parts {
      json.open("{")
      json.string("part", result.part.name)
      json.counts("found", result.counts)
      json.open("{", key: "known")
      for known in result.part.counts { json.raw(known.quantity.rawValue, "\(known.count)") }
      json.close("}")
      json.open("{", key: "left_out")
      json.raw("malformed_conversations", "\(result.tally.malformed)")
      json.raw("repeated_messages", "\(result.tally.repeated)")
      json.raw("conversations_not_selected", "\(result.tally.notSelected)")
      json.raw("absent_authors", "\(result.tally.absentAuthors)")
      json.raw("absent_lines", "\(result.tally.absentLines)")
      json.raw("absent_selected", "\(result.tally.absentSelected)")
      json.close("}")
      json.raw("warnings", "\(result.tally.warnings)")
      json.close("}")
    }
    json.close("]")
    json.open("[", key: "outputs")
    for made in outputs {
      json.open("{")
      json.string("file", made.file)
      json.raw("bytes", "\(made.bytes)")
      json.string("sha256", made.sha256)
      json.counts("counts", made.counts)
      json.close("}")
    }
    json.close("]")
    json.close("}")
    output.append(contentsOf: json.bytes)
    output.append(0x0A)
  }
}

/// Writes indented JSON, members in the order in which they come.
private struct ManifestWriter {
  private(set) var bytes: [UInt8] = []
  private var depth = 0
  private var isFirst = true

  private mutating func begin(_ key: String?) {
    if !isFirst { bytes.append(0x2C) }
    if depth > 0 {
      bytes.append(0x0A)
      bytes.append(contentsOf: repeatElement(0x20, count: 2 * depth))
    }
    isFirst = false
    guard let key else { return }
    JSONWriter.append(key, to: &bytes)
    bytes.append(contentsOf: ": ".utf8)
  }

  mutating func open(_ bracket: String, key: String? = nil) {
    begin(key)
    bytes.append(contentsOf: bracket.utf8)
    depth += 1
    isFirst = true
  }

  mutating func close(_ bracket: String) {
    depth -= 1
    if !isFirst {
      bytes.append(0x0A)
      bytes.append(contentsOf: repeatElement(0x20, count: 2 * depth))
    }
    bytes.append(contentsOf: bracket.utf8)
    isFirst = false
  }

  mutating func string(_ key: String, _ value: String) {
    begin(key)
    JSONWriter.append(value, to: &bytes)
  }

  mutating func raw(_ key: String, _ value: String) {
    begin(key)
    bytes.append(contentsOf: value.utf8)
  }

  mutating func flag(_ key: String, _ value: Bool) { raw(key, value ? "true" : "false") }

  mutating func array(_ key: String, _ values: [String]) {
    open("[", key: key)
    for value in values {
      begin(nil)
      JSONWriter.append(value, to: &bytes)
    }
    close("]")
  }

  mutating func counts(_ key: String, _ counts: ImportCounts) {
    open("{", key: key)
    for quantity in KnownCount.Quantity.allCases { raw(quantity.rawValue, "\(counts.count(quantity))") }
    close("}")
  }
}
