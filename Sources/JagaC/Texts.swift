public import CJaga
internal import Glibc
internal import JagaBatch
internal import JagaCore
internal import JagaScoring

/// Rows of text that lie in a caller's memory.
protocol TextSource {
  /// The text of a row; nil where there is none.
  func text(_ row: Int) -> UnsafeBufferPointer<UInt8>?
}

/// Texts that lie end to end.
struct OffsetTexts<Offset: FixedWidthInteger>: TextSource {
  let data: UnsafePointer<UInt8>?
  let offsets: UnsafePointer<Offset>

  /// Checks every offset first, so that nothing is read or written when one is wrong.
  init(data: UnsafePointer<UInt8>?, offsets: UnsafePointer<Offset>, count: Int) throws(Failure) {
    guard offsets[0] >= 0 else { throw .offsets(row: 0) }
    for row in 0..<count {
      guard offsets[row + 1] >= offsets[row] else { throw .offsets(row: row) }
      guard Int(offsets[row + 1]) - Int(offsets[row]) <= longestText else { throw .tooLong(what: "text", row: row) }
    }
    guard data != nil || offsets[count] == offsets[0] else { throw .null("data") }
    self.data = data
    self.offsets = offsets
  }

  func text(_ row: Int) -> UnsafeBufferPointer<UInt8>? {
    let begin = Int(offsets[row])
    return UnsafeBufferPointer(start: data.map { $0 + begin }, count: Int(offsets[row + 1]) - begin)
  }
}

/// Where the results of rows go.
struct ScoreColumns {
  var score: UnsafeMutablePointer<Double>?
  var disclosure: UnsafeMutablePointer<Double>?
  var labels: UnsafeMutablePointer<Double>?
  var band: UnsafeMutablePointer<UInt8>?
  var top: UnsafeMutablePointer<UInt8>?
  var language: UnsafeMutablePointer<UInt8>?

  /// Above every probability: only the top label is then computed, which is not asked for.
  var leastLabel: Double { labels == nil ? 2 : 0 }

  func put(_ result: borrowing MessageScore, _ row: Int) {
    score?[row] = result.score
    disclosure?[row] = result.disclosure
    band?[row] = result.band.rawValue
    top?[row] = result.top.rawValue
    language?[row] = result.language.rawValue
    guard let labels else { return }
    let target = labels + row * Label.moveCount
    result.labels.withUnsafeBufferPointer { source in
      for label in 0..<min(source.count, Label.moveCount) { target[label] = source[label] }
    }
  }

  /// A row without a text.
  func putNothing(_ row: Int) {
    score?[row] = 0
    disclosure?[row] = 0
    band?[row] = 0
    top?[row] = 0
    language?[row] = 0
    if let labels { (labels + row * Label.moveCount).update(repeating: 0, count: Label.moveCount) }
  }
}

/// How many rows one thread takes at a time: few enough that each thread has several parts, so that those who come first help the
/// others, and enough that fetching them costs nothing.
func rowsAtATime(_ count: Int, threads: Int) -> Int {
  let (parts, overflow) = threads.multipliedReportingOverflow(by: 4)
  return min(2048, max(64, overflow ? 64 : count / max(parts, 1)))
}

/// Scores every row as a conversation of its own. No result depends on another row, so threads change nothing.
func scoreAlone<Source: TextSource>(
  _ source: Source, count: Int, threads: Int32, model: ModelHandle, into columns: ScoreColumns
) throws(Failure) {
  guard threads >= 0 else { throw .range("threads", allowed: "0 for one for each processor, or their number") }
  let wanted = min(threads == 0 ? max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1) : Int(threads), 256)
  let rows = rowsAtATime(count, threads: wanted)
  let parts = (count + rows - 1) / rows
  let pool = WorkerPool(threads: min(wanted, max(parts, 1)))
  let sessions = (0..<pool.threads).map { _ in model.pool.take() }
  let least = columns.leastLabel
  pool.run(count: parts) { worker, part in
    let session = sessions[worker]
    for row in part * rows..<min(count, (part + 1) * rows) {
      guard let text = source.text(row) else {
        columns.putNothing(row)
        continue
      }
      session.assessAlone(text, leastLabel: least)
      columns.put(session.score, row)
    }
  }
  pool.close()
  for session in sessions { model.pool.give(session) }
}

/// Fills in the C form of a result.
func fill(_ out: UnsafeMutablePointer<jaga_score>, from score: borrowing MessageScore) {
  out.pointee = jaga_score()
  out.pointee.score = score.score
  out.pointee.disclosure = score.disclosure
  out.pointee.band = score.band.rawValue
  out.pointee.top = score.top.rawValue
  out.pointee.language = score.language.rawValue
  withUnsafeMutableBytes(of: &out.pointee.labels) { target in
    score.labels.withUnsafeBytes { source in target.copyMemory(from: source) }
  }
}

/// See jaga.h.
@_cdecl("jaga_score_text")
public func scoreText(
  _ model: OpaquePointer?, _ utf8: UnsafePointer<CChar>?, _ length: Int, _ out: UnsafeMutablePointer<jaga_score>?
) -> Int32 {
  guarded { () throws(Failure) in
    let model: ModelHandle = try object(model, "model")
    guard let out else { throw .null("out") }
    let text = try borrowed(utf8, length, "text")
    let session = model.pool.take()
    session.assessAlone(text, leastLabel: 0)
    fill(out, from: session.score)
    model.pool.give(session)
  }
}

private func scoreTexts<Offset: FixedWidthInteger>(
  _ model: OpaquePointer?, _ data: UnsafePointer<UInt8>?, _ offsets: UnsafePointer<Offset>?, _ count: Int64,
  _ threads: Int32, _ out: UnsafePointer<jaga_columns>?
) -> Int32 {
  guarded { () throws(Failure) in
    let model: ModelHandle = try object(model, "model")
    guard let out else { throw .null("out") }
    guard out.pointee.size >= MemoryLayout<jaga_columns>.size else {
      throw .range("out.size", allowed: "sizeof(jaga_columns)")
    }
    guard count >= 0 else { throw .range("count", allowed: "the number of texts") }
    guard threads >= 0 else { throw .range("threads", allowed: "0 for one for each processor, or their number") }
    guard count > 0 else { return }
    guard let offsets else { throw .null("offsets") }
    let texts = try OffsetTexts(data: data, offsets: offsets, count: Int(count))
    let wanted = out.pointee
    let columns = ScoreColumns(
      score: wanted.score, disclosure: wanted.disclosure, labels: wanted.labels, band: wanted.band, top: wanted.top,
      language: wanted.language)
    try scoreAlone(texts, count: Int(count), threads: threads, model: model, into: columns)
  }
}

/// See jaga.h.
@_cdecl("jaga_score_texts")
public func scoreTexts64(
  _ model: OpaquePointer?, _ data: UnsafePointer<UInt8>?, _ offsets: UnsafePointer<Int64>?, _ count: Int64,
  _ threads: Int32, _ out: UnsafePointer<jaga_columns>?
) -> Int32 { scoreTexts(model, data, offsets, count, threads, out) }

/// See jaga.h.
@_cdecl("jaga_score_texts32")
public func scoreTexts32(
  _ model: OpaquePointer?, _ data: UnsafePointer<UInt8>?, _ offsets: UnsafePointer<Int32>?, _ count: Int64,
  _ threads: Int32, _ out: UnsafePointer<jaga_columns>?
) -> Int32 { scoreTexts(model, data, offsets, count, threads, out) }
