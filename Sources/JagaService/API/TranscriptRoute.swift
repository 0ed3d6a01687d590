internal import Dispatch
internal import HTTPTypes
internal import Hummingbird
internal import JagaBatch
internal import JagaScoring
internal import JagaTranscripts

/// `POST /v1/transcripts`: scores an uploaded transcript, in any format that `jaga score` reads, and keeps nothing of it.
///
/// `format` names the format (default: recognised), `name` the file, whose ending helps with that; `level` is `message` or `conversation`. The answer has
/// `records` as `jaga score` writes them, `skipped` by cause, and `notes` with lines and causes of what was skipped or repaired.
struct TranscriptRoute: Sendable {
  let parts: ServiceParts

  /// Notes that an answer lists; the counts have all.
  static let noteLimit = 100

  func add(to router: some RouterMethods<ServiceContext>) {
    router.post("/v1/transcripts") { request, context in
      try await transcript(request, context)
    }
  }

  private func transcript(_ request: Request, _ context: ServiceContext) async throws -> Response {
    try context.require(.score)
    var format: TranscriptFormat?
    if let name = request.uri.queryParameters["format"], name != "auto" {
      guard let known = TranscriptFormat(name: name) else {
        let names = (["auto"] + TranscriptFormat.allCases.map(\.name)).joined(separator: ", ")
        throw Problem(.badRequest, "query", "'format' in the query is one of \(names)")
      }
      format = known
    }
    var settings = BatchSettings()
    settings.explains = try request.flag("explain")
    if let name = request.uri.queryParameters["level"] {
      guard let level = BatchSettings.Level(rawValue: String(name)) else {
        throw Problem(.badRequest, "query", "'level' in the query is message or conversation")
      }
      settings.level = level
    }
    let name = request.uri.queryParameters["name"].map { String($0.prefix(200)) } ?? "transcript"
    guard ![".gz", ".zst"].contains(where: name.lowercased().hasSuffix) else {
      throw Problem(
        .unsupportedMediaType, "compressed", "compressed transcripts are not read here; send it uncompressed")
    }
    let body = try await parts.body(of: request)
    guard !body.isEmpty else {
      throw Problem(.badRequest, "empty", "the body is empty; send the transcript as it is, as the body")
    }
    let upload = Upload(
      scorer: parts.scorer, settings: settings, format: format, transform: parts.settings.idTransform,
      limit: parts.settings.bodyLimit)
    return .json(try await upload.score(body, name: name))
  }
}

/// One uploaded transcript.
private struct Upload: Sendable {
  let scorer: Scorer
  let settings: BatchSettings
  let format: TranscriptFormat?
  let transform: (any IDTransform)?
  /// What a compressed body may grow to, in bytes.
  let limit: Int

  /// One upload at a time, since each may take a second and its records many times its bytes.
  private static let queue = DispatchQueue(label: "jaga.uploads")
  /// The most bytes of records in one answer.
  private static let recordLimit = 64 << 20

  /// Scores on a thread of its own.
  func score(_ body: [UInt8], name: String) async throws -> [UInt8] {
    try await withCheckedThrowingContinuation { continuation in
      Upload.queue.async {
        continuation.resume(with: Result { try self.scored(body, name: name) })
      }
    }
  }

  private func scored(_ body: [UInt8], name: String) throws -> [UInt8] {
    let sink = RecordList()
    let notes = Notes()
    let run = BatchRun(scorer: scorer, settings: settings, sink: sink, observer: notes)
    var options = ReaderOptions()
    options.transform = transform
    options.wholeFileLimit = limit
    options.recordLimit = limit
    let summary = try run.process([.bytes(body, name: name)], format: format, options: options)
    if case .unknownFormat = notes.failure {
      throw Problem(
        .badRequest, "transcript",
        "the format is not recognised; name it with 'format' in the query, one of "
          + TranscriptFormat.allCases.map(\.name).joined(separator: ", "))
    }
    if let error = notes.failure {
      throw Problem(.badRequest, "transcript", "\(error)")
    }
    if summary.reading.messages == 0, summary.reading.malformed > 0 {
      throw Problem(.badRequest, "transcript", notes.nothingRead(format: format))
    }
    let buffer = JSONBuffer(capacity: sink.bytes.count + 1024)
    buffer.append("{\"records\":[")
    sink.bytes.withUnsafeBufferPointer { buffer.append($0) }
    buffer.append("],\"messages\":")
    buffer.append(integer: summary.reading.messages)
    buffer.append(",\"conversations\":")
    buffer.append(integer: summary.conversations)
    buffer.append(",\"skipped\":{\"malformed\":")
    buffer.append(integer: summary.reading.malformed)
    buffer.append(",\"repeated\":")
    buffer.append(integer: summary.reading.duplicates)
    buffer.append(",\"without_text\":")
    buffer.append(integer: summary.reading.skipped.total)
    buffer.append("},\"notes\":[")
    notes.write(to: buffer)
    buffer.append("]}")
    return buffer.withBytes { Array($0) }
  }

  /// Records as the elements of a list.
  private final class RecordList: RecordSink {
    var bytes: [UInt8] = []

    func write(_ records: UnsafeBufferPointer<UInt8>) throws {
      guard bytes.count + records.count <= Upload.recordLimit else {
        throw Problem(
          .contentTooLarge, "too-many-records",
          "the records of this transcript are more than \(Upload.recordLimit) bytes; send it in parts, or as a stream")
      }
      for line in records.split(separator: 0x0A) {
        if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
        bytes.append(contentsOf: line)
      }
    }
  }

  private final class Notes: BatchObserver {
    private var notes: [(line: Int, sentence: String)] = []
    private(set) var failure: TranscriptError?

    func noticed(_ diagnostic: Diagnostic) {
      guard notes.count < TranscriptRoute.noteLimit else { return }
      notes.append((diagnostic.line, diagnostic.cause.sentence))
    }

    func failed(_ error: TranscriptError) { failure = failure ?? error }
    func progressed(_ progress: BatchProgress) {}

    /// Why no message was found.
    func nothingRead(format: TranscriptFormat?) -> String {
      let first = notes.first.map { "; line \($0.line): \($0.sentence)" } ?? ""
      let remedy =
        format.map { "is it \($0.name)? leave 'format' out to have it recognised" }
        ?? "name it with 'format' in the query"
      return "no message could be read\(first); \(remedy)"
    }

    func write(to buffer: JSONBuffer) {
      for (place, note) in notes.enumerated() {
        if place > 0 { buffer.append(",") }
        buffer.append("{\"line\":")
        buffer.append(integer: note.line)
        buffer.append(",\"cause\":")
        buffer.append(json: note.sentence)
        buffer.append("}")
      }
    }
  }
}
