import Foundation
import JagaPollBot
import Testing

struct PollCheckTests {
  private func sentences(_ yaml: String) throws -> [String] {
    let poll = try PollSamples.read(yaml)
    return PollCheck(poll: poll, file: "p.yaml", fitsOneMessage: { $0.utf8.count <= 60 }).findings().map(\.description)
  }

  /// With the wording that the program holds texts to, and the lines of the top keys.
  static let held: [(String, String, String)] = [
    (
      "start_words: [kecil]", "start_words: [sudah dulu]",
      "p.yaml:5: the start word 'sudah dulu' is heard as STOP, so it cannot start the poll; use another"
    ),
    (
      "start_words: [kecil]", "start_words: [keluar]",
      "p.yaml:5: the start word 'keluar' is heard as STOP, so it cannot start the poll; use another"
    ),
    (
      "start_words: [kecil]", "start_words: [bantuan]",
      "p.yaml:5: the start word 'bantuan' is heard as HELP, so it cannot start the poll; use another"
    ),
    (
      "{id: Mau ikut?, en: Join?}", "{id: Mau ikut? Semua rahasia., en: Join?}",
      "p.yaml:9: 'opt_in' promises in 'id' what nobody can keep ('*rahasia*'): people read what opens a case; take it out"
    ),
    (
      "{id: Oke., en: Okay.}", "{id: Oke., en: Nobody will know.}",
      "p.yaml:26: 'thanks' promises in 'en' what nobody can keep ('nobody will know'): people read what opens a case; take it out"
    ),
    (
      "{id: Pernah?, en: Ever?}", "{id: Pernah? Siapa dia?, en: Ever?}",
      "p.yaml:20: warning: 'met' asks for details in 'id' ('siapa dia'); ask whether, never who or what, and leave the rest to a person"
    ),
    (
      "{id: Idemu?, en: Your idea?}", "{id: Idemu?, en: What happened?}",
      "p.yaml:27: warning: 'idea' asks for details in 'en' ('what happened'); ask whether, never who or what, and leave the rest to a person"
    ),
    (
      "{id: Umurmu?, en: Your age?}", "{id: Siapa yang menyakitimu?, en: Is anybody hurting you?}",
      "p.yaml:14: warning: 'age' is about harm and leaves it to the scorer what 'young', 'old' tell of; add 'tells: none', past, ongoing or immediate"
    ),
    (
      "  - {id: bye, end: {id: Dadah., en: Bye.}}", "  - {id: bye, say: {id: Dadah., en: Bye.}, goto: idea}",
      "p.yaml:14: from 'age' no answer leads to the end of the poll; let one go on, or to 'end'"
    ),
  ]

  @Test(arguments: held) func whatAPollMustNotSay(before: String, after: String, sentence: String) throws {
    #expect(PollSamples.small.contains(before))
    let yaml = PollSamples.small.replacing(before, with: after)
    let found = PollCheck(
      poll: try PollSamples.read(yaml), file: "p.yaml", lines: PollReader.lines(of: Array(yaml.utf8)),
      wording: try .bundled(),
      fitsOneMessage: { _ in true }
    ).findings().map(\.description)
    #expect(found.contains(sentence), "\(found)")
  }

  /// A circle that one answer leaves is none: whoever answers so comes to the end.
  @Test func aCircleWithAWayOutIsFine() throws {
    let yaml = PollSamples.small.replacing(
      "label: {id: Masih, en: Still}, tells: ongoing}",
      with: "label: {id: Masih, en: Still}, tells: ongoing, goto: age}")
    #expect(try sentences(yaml) == [])
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
