import Foundation
import JagaPollBot
import Testing

struct PollCheckTests {
  private func sentences(_ yaml: String) throws -> [String] {
    let poll = try PollSamples.read(yaml)
    return PollCheck(poll: poll, file: "p.yaml", fitsOneMessage: { $0.utf8.count <= 60 }).findings().map(\.description)
  }

  @Test func aCarefulPollHasNoFindings() throws { #expect(try sentences(PollSamples.small) == []) }

  /// What is changed, and what is said about it.
  static let doubts: [(String, String, [String])] = [
    ("stop_words: [sudah dulu]\n", "", ["no stop words of its own; add 'stop_words', and say them in 'opt_in'"]),
    (
      "start_words: [kecil]\n", "", ["no word starts it; add 'start_words', or start it from outside"]
    ),
    (
      "opt_in:\n  text: {id: Mau ikut?, en: Join?}\n  agree: [gaskeun]\n", "",
      ["nobody is asked whether they take part; add 'opt_in'"]
    ),
    ("{id: Ya, en: Yes}", "{id: Ya}", ["choice 'yes' of 'met' has no text in 'en'; the default language is used"]),
    (
      "{id: Umurmu?, en: Your age?}", "{id: Umurmu?, en: Your age? It is only for counting and nobody will know.}",
      ["'age' needs more than one message in 'en'; shorten it"]
    ),
    (
      "label: {id: Tidak, en: No}", "label: {id: Iya, en: No}",
      ["'met' cannot tell 'yes' from 'no' in 'id'; change a label or a word"]
    ),
    (
      "words: [\"12\", \"13\", \"14\"]", "words: [\"2\"]",
      [
        "'age' cannot tell 'young' from 'old' in 'id'; change a label or a word",
        "'age' cannot tell 'young' from 'old' in 'en'; change a label or a word",
      ]
    ),
    (
      "label: {id: Masih, en: Still}", "label: {id: Berhenti, en: Still}",
      ["the answer 'now' of 'met' is heard as STOP; use other words"]
    ),
    (
      "en: Yes}, tells: none}", "en: Yes}}",
      ["'met' leaves it to the scorer what 'yes' tell of; add 'tells: none', past, ongoing or immediate"]
    ),
    (
      "tells: ongoing}\n", "tells: ongoing}\n    goto: idea\n",
      ["'thanks' is never reached; remove it, or go to it"]
    ),
    (
      "say: {id: Oke., en: Okay.}}", "say: {id: Oke., en: Okay.}, goto: thanks}",
      ["from 'thanks' the poll goes round without a question; end it or ask"]
    ),
  ]

  @Test(arguments: doubts) func aDoubtIsSaid(old: String, new: String, expected: [String]) throws {
    let yaml = PollSamples.small.replacingOccurrences(of: old, with: new)
    try #require(yaml != PollSamples.small)
    let found = try sentences(yaml)
    for sentence in expected { #expect(found.contains { $0.hasSuffix(": " + sentence) }, "\(found)") }
    #expect(found.count == expected.count, "\(found)")
  }

  @Test func theExampleIsCareful() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
        "Examples/polls/online-safety.yaml")
    let poll = try PollReader.read(Array(Data(contentsOf: file)), file: "online-safety.yaml")
    // All texts are plain ASCII: one message holds 160 of it.
    let check = PollCheck(poll: poll, file: "online-safety.yaml") {
      $0.utf8.count <= 160 && $0.utf8.allSatisfy { $0 < 0x80 }
    }
    #expect(check.findings().map(\.description) == [])
    #expect((6...9).contains(poll.questions.count))
    let choices = poll.questions.flatMap(\.question.choices)
    #expect(choices.compactMap(\.tells) == [.past, .ongoing])
    #expect(choices.allSatisfy { $0.isPlain == ($0.tells == nil) })
  }
}
