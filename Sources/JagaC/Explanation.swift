public import CJaga
internal import JagaBatch
internal import JagaCore
internal import JagaScoring

/// What a jaga_explanation points to: a result and its terms, with C strings of its own.
final class ExplanationHandle {
  let score: MessageScore
  let json: CText
  private let terms: [[(term: jaga_term, head: CText, source: CText)]]

  init(_ text: UnsafeBufferPointer<UInt8>, model: ModelHandle) {
    let session = model.pool.take()
    defer { model.pool.give(session) }
    let conclusion = session.assessAlone(text, leastLabel: 0)
    session.workspace.explain(text, conclusion: conclusion, contributions: true, into: &session.score)
    score = session.score
    terms = [
      score.evidence.map { item in
        let head = item.label == .disclosure ? "disclosure" : "move"
        return ExplanationHandle.term(
          range: item.range, logit: item.logit, label: Int32(item.label.rawValue), head: head, source: item.source)
      },
      score.contributions.map { item in
        let label = Label.allCases.first { $0.name == item.head }.map { Int32($0.rawValue) } ?? -1
        return ExplanationHandle.term(
          range: item.range, logit: item.logit, label: label, head: item.head, source: item.source)
      },
    ]
    var record = ScoreRecord(modelID: model.scorer.modelID)
    record.score = score
    record.conversation = conclusion.conversation
    record.isExplained = true
    let buffer = ByteBuffer()
    record.writeJSON(to: buffer)
    json = CText(buffer.withBytes { String(decoding: $0.dropLast(), as: UTF8.self) })
  }

  private static func term(
    range: SourceRange?, logit: Double, label: Int32, head: String, source: String
  ) -> (term: jaga_term, head: CText, source: CText) {
    let texts = (head: CText(head), source: CText(source))
    var term = jaga_term()
    term.begin = Int64(range?.begin ?? -1)
    term.end = Int64(range?.end ?? -1)
    term.logit = logit
    term.label = label
    term.head = UnsafePointer(texts.head.pointer)
    term.source = UnsafePointer(texts.source.pointer)
    return (term, texts.head, texts.source)
  }

  /// The number of terms of a kind of jaga.h; 0 for an unknown one.
  func count(_ kind: Int32) -> Int { terms.indices.contains(Int(kind)) ? terms[Int(kind)].count : 0 }

  /// A term; nil where there is none.
  func term(_ kind: Int32, _ index: Int64) -> jaga_term? {
    guard index >= 0, index < Int64(count(kind)) else { return nil }
    return terms[Int(kind)][Int(index)].term
  }
}

/// See jaga.h.
@_cdecl("jaga_explain")
public func explain(
  _ model: OpaquePointer?, _ utf8: UnsafePointer<CChar>?, _ length: Int, _ out: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  out?.pointee = nil
  return guarded { () throws(Failure) in
    let model: ModelHandle = try object(model, "model")
    guard let out else { throw .null("out") }
    out.pointee = handle(ExplanationHandle(try borrowed(utf8, length, "text"), model: model))
  }
}

/// See jaga.h.
@_cdecl("jaga_explanation_free")
public func explanationFree(_ explanation: OpaquePointer?) { release(explanation) }

/// See jaga.h.
@_cdecl("jaga_explanation_score")
public func explanationScore(_ explanation: OpaquePointer?, _ out: UnsafeMutablePointer<jaga_score>?) -> Int32 {
  guarded { () throws(Failure) in
    let explanation: ExplanationHandle = try object(explanation, "explanation")
    guard let out else { throw .null("out") }
    fill(out, from: explanation.score)
  }
}

/// See jaga.h.
@_cdecl("jaga_explanation_count")
public func explanationCount(_ explanation: OpaquePointer?, _ kind: Int32) -> Int64 {
  guard let explanation = try? object(explanation, "explanation") as ExplanationHandle else { return 0 }
  return Int64(explanation.count(kind))
}

/// See jaga.h.
@_cdecl("jaga_explanation_term")
public func explanationTerm(
  _ explanation: OpaquePointer?, _ kind: Int32, _ index: Int64, _ out: UnsafeMutablePointer<jaga_term>?
) -> Int32 {
  guarded { () throws(Failure) in
    let explanation: ExplanationHandle = try object(explanation, "explanation")
    guard let out else { throw .null("out") }
    guard let term = explanation.term(kind, index) else {
      throw .range("index", allowed: "a number below jaga_explanation_count of that kind")
    }
    out.pointee = term
  }
}

/// See jaga.h.
@_cdecl("jaga_explanation_json")
public func explanationJSON(_ explanation: OpaquePointer?) -> UnsafePointer<CChar>? {
  guard let explanation = try? object(explanation, "explanation") as ExplanationHandle else { return nil }
  return UnsafePointer(explanation.json.pointer)
}
