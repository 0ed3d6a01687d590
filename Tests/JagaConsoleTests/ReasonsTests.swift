import JagaCore
import Testing

@testable import JagaConsole

@Suite struct ReasonsTests {
  @Test(arguments: [
    (
      "rule:id.topup.condition.asal", 1.84,
      "Rule id.topup.condition.asal speaks strongly for “Top-up bait · Condition” (+1.84).",
      "Aturan id.topup.condition.asal sangat mengarah ke “Iming-iming top up · Syarat” (+1,84)."
    ),
    (
      "lexicon:a", 0.7, "List entry a speaks for “Top-up bait · Condition” (+0.70).",
      "Entri daftar a mengarah ke “Iming-iming top up · Syarat” (+0,70)."
    ),
    (
      "overlay/rule:b", 0.2, "Your own rule b speaks a little for “Top-up bait · Condition” (+0.20).",
      "Aturan milik Anda b sedikit mengarah ke “Iming-iming top up · Syarat” (+0,20)."
    ),
    (
      "word", -0.4, "This word speaks against “Top-up bait · Condition” (−0.40).",
      "Kata ini tidak mengarah ke “Iming-iming top up · Syarat” (−0,40)."
    ),
    (
      "new-kind", 1.0, "A signal of the kind new-kind speaks for “Top-up bait · Condition” (+1.00).",
      "Petunjuk jenis new-kind mengarah ke “Iming-iming top up · Syarat” (+1,00)."
    ),
  ])
  func sentences(source: String, logit: Double, english: String, indonesian: String) throws {
    let evidence = Samples.evidence(0, 1, .topupCondition, logit, source)
    #expect(try Words(.en, PackageResources.en_words).reason(evidence) == english)
    #expect(try Words(.id, PackageResources.id_words).reason(evidence) == indonesian)
  }

  @Test(arguments: [
    ("lexicon:", "lexicon", ""), ("concept:id.context.please", "concept", "id.context.please"),
    ("concept-pair:a>b", "concept-pair", "a>b"),
    ("answer:", "answer", ""), ("asked:x:y", "asked", "x:y"), ("overlay/concept:x", "unknown", "overlay/concept:x"),
    ("overlay/lexicon:x", "own-lexicon", "x"), ("skip-pair", "skip-pair", ""),
    ("unknown", "unknown", "unknown"), ("", "unknown", ""), ("rule", "rule", ""),
    ("overlay/word", "unknown", "overlay/word"),
  ])
  func sources(source: String, kind: String, id: String) {
    #expect(EvidenceSource(source).kind == kind)
    #expect(EvidenceSource(source).id == id)
  }

  @Test func theMessagesOwnLabelIsNotNamedAgain() throws {
    let words = try Words(.en, PackageResources.en_words)
    let evidence = Samples.evidence(0, 1, .topupCondition, 0.3, "answer:")
    #expect(words.reason(evidence, of: .topupCondition) == "This, as an answer to –, speaks a little for this (+0.30).")
    #expect(words.reason(evidence, of: .topupOffer).contains("“Top-up bait · Condition”"))
  }
}
