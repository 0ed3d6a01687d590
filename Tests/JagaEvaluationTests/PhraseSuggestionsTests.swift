import Foundation
import JagaAuthoring
import JagaBatch
import JagaCore
import JagaScoring
import JagaTranscripts
import Testing

@testable import JagaEvaluation

@Suite struct PhraseSuggestionsTests {
  private static let sources = [
    "id/topup.yaml": """
    language: id
    track: topup
    entries:
      - id: id.topup.offer.known
        label: topup.offer
        phrases: ["kristal gratis"]
        note: "test"
    """,
    "id/context.yaml": """
    language: id
    track: context
    entries:
      - id: id.context.l-stone
        phrases: ["batu merah"]
        note: "test"
    """,
    "any/neutral.yaml": """
    language: any
    neutral:
      anyname: [budi, siti, slamet]
    """,
  ]

  private static let gold = [
    ("topup.offer", "paket zamrud kristal gratis"), ("topup.offer", "budi paket zamrud 50rb"),
    ("topup.offer", "siti, paket zamrud sore"), ("topup.offer", "paket zamrud, slamet"),
    ("topup.offer", "batu merah slamet"),
    ("topup.offer", "batu merah budi"), ("topup.offer", "batu merah siti"), ("topup.offer", "kristal gratis bulan"),
    ("topup.offer", "kristal gratis bulan"), ("topup.offer", "awan kelabu"), ("topup.offer", "awan kelabu"),
    ("benign", "zamrud itu hijau"), ("benign", "paket datang"), ("benign", "halo"), ("benign", "sore"),
    ("benign", "pagi"),
    ("benign", "oke"),
  ]

  private func scorer() throws -> Scorer {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("jaga-suggest-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in Self.sources {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    return Scorer(model: try LexiconAlone.model(lexicons: folder.path))
  }

  private func suggestions(_ change: (inout PhraseSuggestions.Options) -> Void = { _ in }) throws -> [PhraseSuggestion]
  {
    let lines = Self.gold.map { "{\"text\":\"\($0.1)\",\"lang\":\"id\",\"labels\":[\"\($0.0)\"]}\n" }.joined()
    let gold = try LabelledMessages(reading: [.bytes(Array(lines.utf8), name: "gold.jsonl")])
    var options = PhraseSuggestions.Options()
    options.leastZ = -100
    change(&options)
    return PhraseSuggestions(gold, scorer: try scorer(), options: options).suggestions.filter {
      $0.label == .topupOffer
    }
  }

  @Test func countsByHand() throws {
    let found = try suggestions()
    // Two words in four messages and in no other: α = 500 · 4/17 in both groups.
    let best = try #require(found.first)
    #expect(best.phrase == "paket zamrud")
    #expect((best.count, best.labelled, best.otherCount, best.others) == (4, 11, 0, 6))
    // In one of the four an entry of the label is found beside it.
    #expect(best.unreached == 3)
    let alpha = 500.0 * 4 / 17
    let ratio = log((4 + alpha) / (511 - 4 - alpha)) - log(alpha / (506 - alpha))
    #expect(abs(best.logOdds.ratio - ratio) < 1e-12)
    #expect(best.language == "id")
  }

  @Test func whatIsLeftOut() throws {
    let phrases = Set(try suggestions().map(\.phrase))
    // Its parts also stand in harmless messages, but a part is not dropped for the whole.
    #expect(phrases.contains("paket") && phrases.contains("zamrud"))
    // Inside or around what the label's entry finds.
    #expect(phrases.allSatisfy { !$0.contains("kristal") && !$0.contains("gratis") })
    // An item of a list.
    #expect(!phrases.contains("batu merah"))
    // Names, and the class that stands for them.
    #expect(phrases.allSatisfy { !$0.contains("anyname") && !$0.contains("budi") && !$0.contains("slamet") })
    // In two messages only.
    #expect(!phrases.contains("awan") && !phrases.contains("bulan"))
    #expect(try suggestions { $0.minimum = 2 }.map(\.phrase).contains("awan"))
    // A longer phrase that is as clear as its part says nothing more.
    #expect(try !suggestions { $0.minimum = 2 }.map(\.phrase).contains("awan kelabu"))
    #expect(try suggestions { $0.longest = 1 }.allSatisfy { !$0.phrase.contains(" ") })
    #expect(try suggestions { $0.limit = 1 }.count == 1)
    // A single occurrence is never shown, whatever is asked for.
    #expect(try suggestions { $0.minimum = 1 }.allSatisfy { $0.count >= 2 })
  }

  @Test func theYAMLCompiles() throws {
    let buffer = ByteBuffer()
    SuggestionReport(try suggestions { $0.minimum = 2 }).writeYAML(to: buffer)
    #expect(buffer.string.hasPrefix("# Candidates for id/topup.yaml"))
    let file = LexiconSourceFile(path: "lists/id/topup.yaml", text: buffer.string)
    let compilation = LexiconCompiler.compile(LexiconSourceDirectory(files: [file]))
    #expect(compilation.findings.map(\.description) == [])
    #expect(compilation.statistics.entries == (try suggestions { $0.minimum = 2 }.count))
  }

  @Test func otherForms() throws {
    let found = try suggestions()
    let buffers = (ByteBuffer(), ByteBuffer())
    SuggestionReport(found).writeJSON(to: buffers.0)
    SuggestionReport(found).writeCSV(to: buffers.1)
    let decoded = try JSONSerialization.jsonObject(with: Data(buffers.0.string.utf8)) as? [[String: Any]]
    #expect(decoded?.count == found.count)
    #expect(decoded?.first?["phrase"] as? String == "paket zamrud")
    #expect(buffers.1.string.split(separator: "\r\n").count == found.count + 1)
  }
}
