public import CJaga
internal import JagaBatch
internal import JagaCore
internal import JagaScoring

/// The id of nobody.
private var nobody: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: nil, count: 0) }

/// Rows in order, after one another: with conversations, or with evidence.
private func scoreInOrder(
  _ batch: ArrowBatch, model: ModelHandle, tracker: TrackerHandle?, into result: inout ArrowResult
) {
  let session = tracker?.session ?? model.pool.take()
  defer { if tracker == nil { model.pool.give(session) } }
  // Evidence is shown by the probabilities that a record has, as the batch scorer does.
  let least = result.columns.labels == nil ? ScoreRecord.labelFloor : 0
  for row in 0..<batch.text.count {
    guard let text = batch.text.text(row) else {
      result.columns.putNothing(row)
      result.append(evidence: [])
      continue
    }
    let conclusion: Conclusion
    if let tracker {
      conclusion =
        tracker.score(
          text, conversation: batch.conversation?.text(row) ?? nobody, author: batch.author?.text(row) ?? nobody,
          leastLabel: least
        ).conclusion
      result.put(conclusion.conversation, row)
    } else {
      conclusion = session.assessAlone(text, leastLabel: least)
    }
    result.columns.put(session.score, row)
    guard result.evidence != nil else { continue }
    if session.score.band != .none || session.score.score >= ScoreRecord.decisionPoint
      || session.score.disclosure >= ScoreRecord.decisionPoint
    {
      session.workspace.explain(text, conclusion: conclusion, contributions: false, into: &session.score)
    }
    result.append(evidence: session.score.evidence)
  }
}

/// See jaga.h.
@_cdecl("jaga_score_arrow")
public func scoreArrow(
  _ model: OpaquePointer?, _ tracker: OpaquePointer?, _ schema: UnsafeMutablePointer<ArrowSchema>?,
  _ array: UnsafeMutablePointer<ArrowArray>?, _ options: UnsafePointer<jaga_arrow_options>?,
  _ outSchema: UnsafeMutablePointer<ArrowSchema>?, _ out: UnsafeMutablePointer<ArrowArray>?
) -> Int32 {
  outSchema?.pointee.release = nil
  out?.pointee.release = nil
  defer {
    releaseArray(array)
    releaseSchema(schema)
  }
  return guarded { () throws(Failure) in
    let model: ModelHandle = try object(model, "model")
    guard let schema else { throw .null("schema") }
    guard let array else { throw .null("array") }
    guard let outSchema else { throw .null("out_schema") }
    guard let out else { throw .null("out") }
    guard schema.pointee.release != nil else { throw .schema("was released before; export it again") }
    guard array.pointee.release != nil else { throw .array("was released before; export it again") }
    var tracked: TrackerHandle?
    if let tracker {
      let found: TrackerHandle = try object(tracker, "tracker")
      guard found.model === model else { throw .range("tracker", allowed: "a tracker of the same model") }
      tracked = found
    }
    var chosen = jaga_arrow_options()
    if let options {
      guard options.pointee.size >= MemoryLayout<jaga_arrow_options>.size else {
        throw .range("options.size", allowed: "sizeof(jaga_arrow_options)")
      }
      chosen = options.pointee
    }
    guard chosen.threads >= 0 else { throw .range("threads", allowed: "0 for one for each processor, or their number") }
    func name(_ chosen: UnsafePointer<CChar>?, _ usual: String) -> String {
      chosen.map { String(cString: $0) } ?? usual
    }
    let batch = try ArrowBatch(
      schema.pointee, array.pointee, text: name(chosen.text_column, "text"),
      conversation: tracked == nil ? nil : name(chosen.conversation_column, "conversation_id"),
      author: tracked == nil ? nil : name(chosen.author_column, "author_id"))
    let wishes = ArrowResult.Wishes(
      labels: chosen.flags & Int32(JAGA_ARROW_LABELS) != 0, evidence: chosen.flags & Int32(JAGA_ARROW_EVIDENCE) != 0,
      conversations: tracked != nil)
    var result = try ArrowResult(count: batch.text.count, validity: batch.validity, wishes: wishes)
    if tracked == nil, !wishes.evidence {
      try scoreAlone(
        batch.text, count: batch.text.count, threads: chosen.threads, model: model, into: result.columns)
    } else {
      scoreInOrder(batch, model: model, tracker: tracked, into: &result)
    }
    try result.export(outSchema, out)
  }
}
