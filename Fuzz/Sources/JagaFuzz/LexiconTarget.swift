import JagaAuthoring
import JagaCore
import JagaLexicon
import JagaRules
import JagaScoring

/// The loader of lexicon sources: YAML as an operator writes it, or as it arrives damaged.
///
/// What compiles must open again, as sections and as an overlay, and must score; what does not must say why.
struct LexiconTarget: FuzzTarget {
  let name = "lexicon"

  func run(_ bytes: UnsafeBufferPointer<UInt8>) {
    let text = String(decoding: bytes, as: UTF8.self)
    let compilation = compile(text)
    for finding in compilation.findings {
      expect(!"\(finding)".isEmpty, "a sentence for every finding")
    }
    guard let compiled = compilation.compiled else {
      expect(compilation.errorCount > 0, "a reason where nothing was compiled")
      return
    }
    expect(compilation.errorCount == 0, "nothing compiled where there is an error")
    expect(compile(text).compiled?.lexicon == compiled.lexicon, "the same bytes from the same source")
    let bytes = Overlay.encode(lexicon: compiled.lexicon, rules: compiled.rules)
    guard let overlay = try? Overlay.open(bytes: bytes) else { fatalError("broken promise: what compiles opens") }
    guard let model = seedModelOpened else { fatalError("the seed model does not open") }
    let scorer = Scorer(model: model, overlay: overlay)
    for message in conversation.prefix(4) {
      let score = scorer.score(message, explain: true).score
      expect(score >= 0 && score <= 1, "a probability")
    }
  }

  private func compile(_ text: String) -> LexiconCompilation {
    // The name of file and folder matter: a source of another language or track than its place is a fault.
    let name = text.contains("slang:") ? "slang" : text.contains("roots:") ? "words" : "topup"
    let file = LexiconSourceFile(path: "id/\(name).yaml", text: text)
    return LexiconCompiler.compile(LexiconSourceDirectory(files: [file, contextSource]))
  }
}

/// The entries that conditions such as `negated` refer to.
private let contextSource = LexiconSourceFile(
  path: "id/context.yaml",
  text: """
    language: id
    track: context
    entries:
      - { id: id.context.negator, phrases: [jangan, tidak], note: "a seed of the fuzzer" }
      - { id: id.context.reported, phrases: [katanya], note: "a seed of the fuzzer" }
      - { id: id.context.particle, phrases: [dong], note: "a seed of the fuzzer" }
      - { id: id.context.question, phrases: [kenapa], note: "a seed of the fuzzer" }
    """)

/// A compiled lexicon and the rules over it, for the seeds of models and overlays.
let seedLexicon: (lexicon: [UInt8], rules: [UInt8]) = {
  let source = """
    language: id
    track: topup
    lists:
      reward: [diamond, pulsa]
    entries:
      - id: id.topup.condition.for-picture
        label: topup.condition
        phrases: ["asal (kirim|kasih) ~2 foto", "{reward} gratis", "<amount> asal"]
        note: "a seed of the fuzzer"
    rules:
      - id: id.topup.rule.condition-again
        when: { all: [{ hit: "id.topup.condition.*", negated: false }, { kind: amount }] }
        earlier: [{ any: ["label:topup.condition"], author: same, within: 8 }]
        votes: { topup.request: 1.5, move: 0.5, disclosure: -1 }
        note: "a seed of the fuzzer"
    """
  let file = LexiconSourceFile(path: "id/topup.yaml", text: source)
  let compilation = LexiconCompiler.compile(LexiconSourceDirectory(files: [file, contextSource]))
  guard let compiled = compilation.compiled else {
    fatalError("the seed lexicon has faults: \(compilation.findings)")
  }
  return (compiled.lexicon, compiled.rules)
}()
