internal import HTTPTypes
internal import Hummingbird
internal import JagaBatch
internal import JagaCore
internal import JagaStore
internal import JagaTranscripts
internal import Logging
internal import NIOCore

/// `POST /v1/score/stream`: canonical JSONL in, one record a message out, in order, while the request is still coming.
///
/// A line that cannot be read gives `{"error":{"line":…,"cause":…}}` after the records of the lines that arrived with it, and the rest goes on. Nothing is read
/// ahead of what the client takes. When the store fails, the last line is an error that names the first line without an answer, and the stream ends.
struct StreamRoute: Sendable {
  let parts: ServiceParts

  func add(to router: some RouterMethods<ServiceContext>) {
    router.post("/v1/score/stream") { request, context in
      try stream(request, context)
    }
  }

  private func stream(_ request: Request, _ context: ServiceContext) throws -> Response {
    try context.require(.score)
    try parts.requireJSON(request)
    let explains = try request.flag("explain")
    let body = request.body
    let logger = context.logger
    return Response(
      status: .ok, headers: [.contentType: "application/x-ndjson", .cacheControl: "no-store"],
      body: .init { writer in
        var run = try StreamRun(parts: parts, explains: explains)
        do {
          for try await part in body {
            run.push(part)
            try await run.score { try await writer.write($0) }
          }
          run.end()
          try await run.score { try await writer.write($0) }
        } catch let error as StoreError {
          logger.error("a stream ended early", metadata: ["error": "\(error)"])
          try await writer.write(run.fault("the store failed here; send this line and the rest again"))
        }
        // Whatever else is thrown comes of a client that went away.
        try await writer.finish(nil)
      })
  }
}

/// One stream while it runs.
private struct StreamRun {
  private let parts: ServiceParts
  private let explains: Bool
  private let decoder: ChunkDecoder
  private var lines: PushedLines
  private var chunk = Chunk()
  private let buffer = JSONBuffer(capacity: 1 << 16)

  init(parts: ServiceParts, explains: Bool) throws {
    self.parts = parts
    self.explains = explains
    var options = ReaderOptions()
    options.transform = parts.settings.idTransform
    options.textLimit = parts.settings.textLimit
    options.idLimit = parts.settings.idLimit
    decoder = try ChunkDecoder(options: options)
    lines = PushedLines(name: "stream", lineLimit: parts.settings.lineLimit)
  }

  mutating func push(_ part: NIOCore.ByteBuffer) { lines.push(part.readableBytesView) }

  mutating func end() { lines.end() }

  /// Scores the whole lines at hand.
  mutating func score(_ send: (NIOCore.ByteBuffer) async throws -> Void) async throws {
    while lines.next(into: &chunk) {
      var batch = MessageBatch()
      let report = decoder.decode(chunk, into: &batch)
      buffer.removeAll()
      try await parts.engine.scoreLines(batch, explains: explains, to: buffer)
      for diagnostic in report.diagnostics where diagnostic.severity == .malformed {
        StreamRun.write(line: diagnostic.line, cause: diagnostic.cause.sentence, to: buffer)
      }
      try await send(buffer.withBytes { NIOCore.ByteBuffer(bytes: $0) })
    }
  }

  private static func write(line: Int, cause: String, to buffer: JSONBuffer) {
    buffer.append("{\"error\":{\"line\":")
    buffer.append(integer: line)
    buffer.append(",\"cause\":")
    buffer.append(json: cause)
    buffer.append("}}\n")
  }

  /// The last line of a stream that cannot go on: it names the first line without an answer.
  func fault(_ cause: String) -> NIOCore.ByteBuffer {
    let buffer = JSONBuffer(capacity: 256)
    StreamRun.write(line: chunk.firstLine, cause: cause, to: buffer)
    return buffer.withBytes { NIOCore.ByteBuffer(bytes: $0) }
  }
}
