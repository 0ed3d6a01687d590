internal import CSIMDJSON
internal import JagaCore

/// Reads predictions, one JSON object a line: `conversation_id`?, `message_id` (or `id`), `score`, and where there are any
/// `disclosure`, `labels{}`, `track`, `stage`, `band`, `conversation{band,track,support_needed}`. Other keys are not looked at.
///
///     let reader = try PredictionReader()
///     try reader.read(.file("scores.jsonl")) { prediction, line in … }
///
/// Strict, since a figure over half of the lines would mislead: a malformed line, a probability outside 0…1, a label or band
/// outside the taxonomy throws with file and line. Memory: one chunk. Not thread-safe.
public final class PredictionReader {
  private let document: JSONDocument
  private var padded: [UInt8] = []

  /// A reader, which can read any number of inputs.
  public init() throws(TranscriptError) { document = try JSONDocument() }

  /// Reads a whole input; `body` gets every prediction and its line, from 1.
  public func read(
    _ input: TranscriptInput, _ body: (Prediction, _ line: Int) throws -> Void
  ) throws {
    let source = ChunkSource(stream: try ByteStream(input), chunkSize: 1 << 20, recordLimit: 64 << 20)
    var chunk = Chunk()
    while try source.next(into: &chunk) {
      if let limit = chunk.tooLong {
        throw TranscriptError.malformed(
          Diagnostic(file: input.name, line: chunk.firstLine, cause: .recordTooLong(limit: limit)))
      }
      try chunk.bytes.withUnsafeBufferPointer { room in
        try readLines(room.part(0..<chunk.count), file: input.name, firstLine: chunk.firstLine, body)
      }
    }
  }

  /// Reads whole lines at hand, such as a run's output. `file` names them in errors.
  public func read(
    lines: UnsafeBufferPointer<UInt8>, file: String, firstLine: Int = 1,
    _ body: (Prediction, _ line: Int) throws -> Void
  ) throws {
    padded.removeAll(keepingCapacity: true)
    padded.append(contentsOf: lines)
    padded.append(contentsOf: repeatElement(0, count: Chunk.padding))
    try padded.withUnsafeBufferPointer { room in
      try readLines(room.part(0..<lines.count), file: file, firstLine: firstLine, body)
    }
  }

  /// `bytes` is followed by padding.
  private func readLines(
    _ bytes: UnsafeBufferPointer<UInt8>, file: String, firstLine: Int, _ body: (Prediction, _ line: Int) throws -> Void
  ) throws {
    var scanner = LineScanner()
    while let range = scanner.next(in: bytes), let base = bytes.baseAddress {
      if isBlank(bytes, range) { continue }
      let line = firstLine + scanner.line
      guard let root = document.parse(base + range.lowerBound, count: range.count).root else {
        throw TranscriptError.malformed(Diagnostic(file: file, line: line, cause: .invalidJSON))
      }
      guard root.kind == .object else {
        throw TranscriptError.malformed(Diagnostic(file: file, line: line, cause: .notAnObject))
      }
      try body(try PredictionReader.prediction(root, file: file, line: line), line)
    }
  }

  private static func prediction(
    _ root: JSONNode, file: String, line: Int
  ) throws(TranscriptError) -> Prediction {
    func wrong(_ field: String) -> TranscriptError { .invalidPrediction(file: file, line: line, field: field) }
    func probability(_ node: JSONNode, _ field: String) throws(TranscriptError) -> Double {
      guard let value = node.number, value >= 0, value <= 1 else { throw wrong(field) }
      return value
    }
    func band(_ node: JSONNode?, _ field: String) throws(TranscriptError) -> Band? {
      guard let node else { return nil }
      guard let bytes = node.string, let band = Band(name: text(bytes)) else { throw wrong(field) }
      return band
    }
    guard let id = (root["message_id"] ?? root["id"])?.identifier() else { throw wrong("message_id") }
    guard let score = root["score"] else { throw wrong("score") }
    var made = Prediction(messageID: String(decoding: id, as: UTF8.self), score: try probability(score, "score"))
    made.conversationID = root["conversation_id"]?.identifier().map { String(decoding: $0, as: UTF8.self) }
    if let disclosure = root["disclosure"] { made.disclosure = try probability(disclosure, "disclosure") }
    if let labels = root["labels"] {
      guard labels.kind == .object else { throw wrong("labels") }
      made.hasLabels = true
      var fault: TranscriptError?
      labels.forEachMember { name, value in
        guard fault == nil else { return }
        guard let label = label(named: name) else {
          fault = .unknownLabel(file: file, line: line, label: printableLabel(name))
          return
        }
        guard let found = value.number, found >= 0, found <= 1 else {
          fault = wrong("labels")
          return
        }
        if label.isMove {
          // A key that stands twice counts as it stands last, as everywhere.
          made.labels.removeAll { $0.label == label }
          made.labels.append(Prediction.LabelProbability(label: label, probability: found))
        } else if label == .disclosure, made.disclosure == nil {
          made.disclosure = found
        }
      }
      if let fault { throw fault }
    }
    made.band = try band(root["band"], "band")
    if let conversation = root["conversation"], conversation.kind == .object {
      made.conversationBand = try band(conversation["band"], "conversation.band")
      made.conversationTrack = try track(conversation["track"], wrong("conversation.track"))
      if let support = conversation["support_needed"] {
        guard support.kind == .boolean else { throw wrong("conversation.support_needed") }
        made.supportNeeded = support.isTrue
      }
    }
    try name(&made, root, wrong)
    return made
  }

  /// Fills the most likely move and track.
  private static func name(
    _ made: inout Prediction, _ root: JSONNode, _ wrong: (String) -> TranscriptError
  ) throws(TranscriptError) {
    made.track = try track(root["track"], wrong("track"))
    if let name = made.track?.name, let stage = root["stage"]?.string, !stage.isEmpty {
      guard let label = Label(name: name + "." + text(stage)) else { throw wrong("stage") }
      made.top = label
    }
    if made.top == nil {
      let known = made.labels.filter { made.track == nil || $0.label.track == made.track }
      var best: Prediction.LabelProbability?
      for pair in known where pair.probability > best?.probability ?? 0 { best = pair }
      made.top = best?.label
    }
    if made.track == nil { made.track = made.top?.track }
  }

  /// An empty name is none.
  private static func track(_ node: JSONNode?, _ fault: TranscriptError) throws(TranscriptError) -> Track? {
    guard let bytes = node?.string, !bytes.isEmpty else { return nil }
    let name = text(bytes)
    guard let track = Track.allCases.first(where: { $0.name == name }) else { throw fault }
    return track
  }

  private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
