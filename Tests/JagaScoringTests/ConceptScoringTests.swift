import JagaBayes
import JagaCore
import JagaLexicon
import JagaRules
import JagaText
import TestSupport
import Testing

@testable import JagaScoring

/// Concepts in a whole scorer: one weight for two languages, and every term in the explanation.
@Suite struct ConceptScoringTests {
  private static let entries: [(id: String, words: [String], label: Label?)] = [
    ("id.context.delete", ["hapus"], nil), ("en.context.delete", ["erase"], nil), ("id.context.chat", ["obrolan"], nil),
    ("en.context.chat", ["messages"], nil), ("id.context.l-list", ["foto"], nil),
    ("id.topup.offer.free", ["gratis"], .topupOffer),
  ]

  private static func concept(_ name: String) -> UInt64 { ConceptEvidence.hash(concept: tokenHash(name)) }
  private static func pair(_ first: String, _ second: String) -> UInt64 {
    ConceptEvidence.hash(pair: tokenHash(first), tokenHash(second))
  }

  /// A scorer with these entries and weights; `concepts` replaces the table of concepts, nil leaves it out.
  private static func scorer(
    _ rows: [UInt64: [Int16]],
    concepts: ((Lexicon) -> [UInt64])? = { lexicon in
      (0..<UInt32(lexicon.count)).map { lexicon.concept(of: $0) }
    }
  ) throws -> Scorer {
    var builder = LexiconBuilder()
    for entry in entries {
      let words = entry.words.map { [PhraseAtom.word($0)] }
      builder.add(
        LexiconEntry(id: entry.id, label: entry.label, phrases: [Phrase([.choice(words, optional: false)])]))
    }
    let lexicon = try builder.build()
    let opened = try Lexicon(section: Section(copying: lexicon))
    var parameters = Parameters()
    parameters.scalings[Head.move] = Parameters.Scaling(slope: 0.75, intercept: -0.5)
    var writer = BundleWriter()
    writer.add("text", TextTablesBuilder().build())
    writer.add("lexicon", lexicon)
    writer.add("rules", try RuleSetBuilder().build(over: opened))
    writer.add("weights", WeightTable.encode(rows: rows, lengthScale: WeightTable.lengthScale(pivot: 4, exponent: 0.7)))
    if let concepts {
      var section = SectionWriter()
      section.append(table: concepts(opened))
      writer.add("concepts", section.bytes)
    }
    writer.add("parameters", parameters.encode())
    return Scorer(model: try Model.open(bytes: writer.encode()))
  }

  private static func outer(_ move: Int16) -> [Int16] {
    var row = [Int16](repeating: 0, count: Head.stride)
    row[Head.move] = move
    return row
  }

  /// What is learned of one language's words speaks for the other's.
  @Test func languagesShareAConcept() throws {
    let scorer = try Self.scorer([Self.pair(".context.delete", ".context.chat"): Self.outer(3000)])
    let none = scorer.score("apa kabar kamu").score
    for text in ["hapus semua obrolan", "erase our messages", "hapus our messages"] {
      #expect(scorer.score(text).score > none, "\(text)")
    }
    for text in [
      "obrolan semua hapus", "hapus semua kabar", "hapus satu dua tiga empat lima obrolan", "foto semua obrolan",
    ] {
      #expect(scorer.score(text).score == none, "\(text)")
    }
  }

  /// Contract 2 of the design: what is reported is the sum, and nothing is left over for earlier messages.
  @Test func contributionsAddUpToTheLogit() throws {
    let seed: UInt64 = 101
    var random = SplitMix64(seed: seed)
    let names = [".context.delete", ".context.chat", ".context.l-list", ".topup.offer.free"]
    var rows: [UInt64: [Int16]] = [:]
    for first in names {
      rows[Self.concept(first)] = (0..<Head.stride).map { _ in .random(in: -500...500, using: &random) }
      for second in names { rows[Self.pair(first, second)] = Self.outer(.random(in: -900...900, using: &random)) }
    }
    for word in ["hapus", "messages", "lalu"] {
      rows[FeatureExtractor.hash(.word, tokenHash(word))] = Self.outer(.random(in: -900...900, using: &random))
    }
    let scorer = try Self.scorer(rows)
    let stock = Self.entries.flatMap(\.words) + ["lalu", "besok", ",", "."]
    var explained = 0
    for round in 0..<200 {
      let words = (0..<Int.random(in: 1...70, using: &random)).map { _ in stock.randomElement(using: &random) ?? "" }
      let score = scorer.score(words.joined(separator: " "), explain: true)
      for (head, value) in [("move", score.score), ("disclosure", score.disclosure)] {
        let terms = score.contributions.filter { $0.head == head }
        let sum = terms.reduce(0) { $0 + $1.logit }
        #expect(abs(FixedMath.sigmoid(sum) - value) < 1e-9, "seed \(seed), round \(round), \(head)")
        #expect(!terms.contains { $0.source == "earlier-messages" }, "seed \(seed), round \(round), \(head)")
        let sources = terms.map(\.source).filter { $0.hasPrefix("concept") }
        explained += sources.isEmpty ? 0 : 1
        #expect(!sources.contains { $0.contains("l-list") || $0.contains("offer.free") })
      }
    }
    #expect(explained > 100)
  }

  /// Terms name the entries and the bytes that they lie on; a repeat adds nothing.
  @Test func termsNameTheirEntries() throws {
    let scorer = try Self.scorer([
      Self.concept(".context.delete"): Self.outer(1000),
      Self.pair(".context.delete", ".context.chat"): Self.outer(2000),
    ])
    let text = "ya hapus our messages, hapus messages"
    let terms = scorer.score(text, explain: true).contributions.filter { $0.source.hasPrefix("concept") }
    #expect(
      terms.map { "\($0.source) \($0.range.map { "\($0.begin)..<\($0.end)" } ?? "")" } == [
        "concept:id.context.delete 3..<8", "concept-pair:id.context.delete>en.context.chat 3..<21",
      ])
    // Six words of a pivot of four.
    let scale = Double(scorer.model.weights.lengthScale[6]) / 65536 * 0.75 / 1024
    #expect(abs(terms[0].logit - 1000 * scale) < 1e-9 && abs(terms[1].logit - 2000 * scale) < 1e-9)
  }

  @Test func aModelWithoutConceptsHasNoneAndATableOfAnotherLengthIsRefused() throws {
    let rows = [Self.concept(".context.delete"): Self.outer(3000)]
    let without = try Self.scorer(rows, concepts: nil)
    #expect(without.score("hapus").score == without.score("besok").score)
    #expect(try Self.scorer(rows).score("hapus").score > without.score("hapus").score)
    for count in [0, 5, 7] {
      #expect(throws: BundleError.self, "\(count)") {
        try Self.scorer(rows, concepts: { _ in [UInt64](repeating: 1, count: count) })
      }
    }
  }
}
