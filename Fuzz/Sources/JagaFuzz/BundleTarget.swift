import JagaCore
import JagaScoring

/// The loaders of model and overlay files, and scoring with whatever they accept.
///
/// A damaged file fails its checksum, so a fuzzer would never get past it. The input is therefore tried twice: as it is, and with its
/// sections put into a new file whose header and checksum are right, so that the checks of every section are reached.
struct BundleTarget: FuzzTarget {
  let name = "bundle"

  func run(_ bytes: UnsafeBufferPointer<UInt8>) {
    let whole = Array(bytes)
    tryOut(whole)
    if let mended = mended(whole) { tryOut(mended) }
  }

  func generatedSeeds() -> [(name: String, bytes: [UInt8])] {
    [("model", seedModel()), ("overlay", Overlay.encode(lexicon: seedLexicon.lexicon, rules: seedLexicon.rules))]
  }

  private func tryOut(_ bytes: [UInt8]) {
    if let model = try? Model.open(bytes: bytes) { use(Scorer(model: model)) }
    if let overlay = try? Overlay.open(bytes: bytes), let model = seedModelOpened {
      use(Scorer(model: model, overlay: overlay))
    }
  }

  /// Scores a short conversation and stores its state: nothing in a model may make that trap.
  private func use(_ scorer: Scorer) {
    let workspace = ScoringWorkspace(scorer)
    let assessment = Assessment()
    var state = ConversationState()
    for (index, message) in conversation.enumerated() {
      var text = message
      text.withUTF8 { utf8 in
        workspace.assess(utf8, into: assessment)
        let conclusion = scorer.conclude(assessment, author: UInt64(index % 2), in: &state)
        var score = scorer.messageScore(conclusion)
        expect(score.score >= 0 && score.score <= 1, "a probability")
        workspace.explain(utf8, conclusion: conclusion, contributions: true, into: &score)
        for evidence in score.evidence {
          guard let range = evidence.range else { continue }
          expect(range.begin >= 0 && range.begin <= range.end, "a range forwards")
          expect(Int(range.end) <= utf8.count, "evidence inside the text")
        }
      }
    }
    let stored = state.encode(modelID: scorer.modelID)
    expect((try? ConversationState(decoding: stored, modelID: scorer.modelID)) != nil, "a stored state reads back")
  }

  /// The sections that the bytes announce, in a file with a right header; nil where there is no directory to read.
  private func mended(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count >= 64 else { return nil }
    func number(_ offset: Int, _ size: Int) -> UInt64 {
      guard offset + size <= bytes.count else { return 0 }
      return (0..<size).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
    }
    var writer = BundleWriter(overlay: number(28, 4) == 2)
    for index in 0..<Int(min(number(24, 4), 12)) {
      let entry = 64 + index * 40
      guard entry + 40 <= bytes.count else { break }
      let name = String(decoding: bytes[entry..<entry + 16].prefix { $0 != 0 && $0 < 128 }, as: UTF8.self)
      let begin = Int(min(number(entry + 24, 8), UInt64(bytes.count)))
      let length = Int(min(number(entry + 32, 8), UInt64(bytes.count - begin)))
      writer.add(name, Array(bytes[begin..<begin + length]), isOptional: number(entry + 16, 8) & 1 != 0)
    }
    return writer.encode()
  }
}
