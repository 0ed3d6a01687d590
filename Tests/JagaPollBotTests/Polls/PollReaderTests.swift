import Foundation
import JagaPollBot
import Testing

struct PollReaderTests {
  @Test func aPollIsReadWhole() throws {
    let poll = try PollSamples.read(PollSamples.small)
    #expect(poll.id == "small" && poll.version == 3 && poll.languages == ["id", "en"])
    #expect(poll.timeout == 36_000_000 && poll.reminder == 14_400_000)
    #expect(poll.steps.map(\.id) == ["age", "met", "thanks", "idea", "bye"])
    #expect(poll.steps[1].line == 20)
    guard case .ask(let age) = poll.steps[0].kind, case .ask(let met) = poll.steps[1].kind,
      case .ask(let idea) = poll.steps[3].kind
    else {
      Issue.record("not three questions")
      return
    }
    #expect(age.isGroup && age.choices[0].words == ["12", "13", "14"] && age.listsChoices)
    #expect(met.choices.map(\.next) == [nil, "idea", nil])
    #expect(met.choices.map(\.tells) == [nil, nil, .ongoing])
    #expect(met.choices.map(\.isPlain) == [true, true, false])
    #expect(idea.takesText && idea.keepsText && idea.choices.isEmpty)
    #expect(poll.steps[2].kind == .say(LocalText(["id": "Oke.", "en": "Okay."])))
    #expect(poll.steps[4].kind == .end(LocalText(["id": "Dadah.", "en": "Bye."])))
  }

  /// What is wrong, what replaces it, and the whole sentence.
  static let faults: [(String, String, String)] = [
    ("version: 3", "verison: 3", "poll.yaml:2: unknown key 'verison' in the poll; did you mean 'version'?"),
    ("version: 3", "version: three", "poll.yaml:2: 'version' needs a whole number from 1 to 1000000"),
    ("id: small", "id: Small!", "poll.yaml:1: 'Small!' is no id; use small letters, digits and hyphens, at most 40"),
    ("languages: [id, en]", "languages: [id, fr]", "poll.yaml:4: 'languages' cannot be 'fr'; use id, en"),
    ("timeout_hours: 10", "timeout_hours: 0", "poll.yaml:7: 'timeout_hours' needs a whole number from 1 to 720"),
    (
      "reminder_hours: 4", "reminder_hours: 10",
      "poll.yaml:8: 'small' reminds after the session ran out; lower 'reminder_hours'"
    ),
    (
      "goto: idea", "goto: idee",
      "poll.yaml:24: no step 'idee' to go to; did you mean 'idea'?"
    ),
    ("- id: met", "- id: age", "poll.yaml:20: 'age' stands twice; rename one"),
    ("- id: met", "- id: end", "poll.yaml:20: 'end' stands twice; rename one"),
    (
      "keep: consent", "keep: always",
      "poll.yaml:30: 'keep' cannot be 'always'; use consent, never"
    ),
    (
      "    text: true\n", "",
      "poll.yaml:27: nobody can answer 'idea'; give it 'choices' or 'text: true'"
    ),
    (
      "tells: ongoing", "tells: soon",
      "poll.yaml:25: 'tells' cannot be 'soon'; use true, none, past, ongoing, immediate"
    ),
    (
      "say: {id: Oke., en: Okay.}", "say: {id: Oke.}, ask: {id: Oke?}",
      "poll.yaml:26: 'thanks' needs exactly one of 'ask', 'say' and 'end'"
    ),
    (
      "say: {id: Oke., en: Okay.}", "say: {id: Oke.}, group: true",
      "poll.yaml:26: unknown key 'group' in a step that does not ask"
    ),
    (
      "consent: {id: Boleh dipakai?, en: May we use it?}\n", "",
      "poll.yaml:29: 'idea' keeps text with consent, but the poll asks for none; add 'consent' to the poll"
    ),
    ("ask: {id: Pernah?, en: Ever?}", "ask: {en: Ever?}", "poll.yaml:21: 'id' is missing in 'ask'; add it"),
    ("version: 3", "version: [", "poll.yaml:4: not YAML ("),
    ("version: 3", "version: &x 3", "poll.yaml:2: anchors and aliases are not read; write the value out"),
    ("version: 3", "id: small", "poll.yaml:1: not YAML (key 'id' stands twice in one mapping)"),
  ]

  @Test(arguments: faults) func aFaultIsSaidByLine(old: String, new: String, sentence: String) throws {
    let yaml = PollSamples.small.replacingOccurrences(of: old, with: new)
    try #require(yaml != PollSamples.small)
    let error = #expect(throws: PollError.self) { try PollSamples.read(yaml) }
    let lines = error?.description.split(separator: "\n").map(String.init) ?? []
    #expect(lines.contains { $0.hasPrefix(sentence) }, "\(lines)")
  }

  @Test func allFaultsAreSaidAtOnce() throws {
    let yaml = PollSamples.small.replacingOccurrences(of: "goto: idea", with: "goto: nowhere, weight: 3")
    let error = #expect(throws: PollError.self) { try PollSamples.read(yaml) }
    #expect(
      error?.description == """
        poll.yaml:24: unknown key 'weight' in a choice
        poll.yaml:24: no step 'nowhere' to go to
        """)
  }

  /// As Windows' Notepad saves them.
  @Test func aByteOrderMarkIsNoPartOfThePoll() throws {
    let bytes = Array(PollSamples.small.utf8)
    #expect(try PollReader.read([0xEF, 0xBB, 0xBF] + bytes, file: "f") == PollReader.read(bytes, file: "f"))
  }

  @Test func hostileFilesAreRefused() {
    let rows: [([UInt8], PollFault)] = [
      ([0xFF, 0xFE], .notUTF8),
      (Array(repeating: 0x20, count: PollLimits.bytes + 1), .tooLarge(limit: PollLimits.bytes)),
      (Array(("a: " + String(repeating: "[", count: 5_000)).utf8), .nesting),
      (Array("a: *b".utf8), .anchor),
      ([], .empty),
    ]
    for (bytes, fault) in rows {
      let error = #expect(throws: PollError.self) { try PollReader.read(bytes, file: "f") }
      #expect(error?.findings.map(\.fault) == [fault])
    }
  }

  @Test func limitsHold() throws {
    let choices = (1...20).map { "- {id: c\($0), label: {id: L\($0), en: L\($0)}}\n      " }.joined()
    let yaml = PollSamples.small.replacingOccurrences(of: "- {id: young", with: choices + "- {id: young")
    let tooLong = PollSamples.small.replacingOccurrences(of: "Umurmu?", with: String(repeating: "a", count: 641))
    let rows = [
      (yaml, PollFault.tooMany(what: "choices", count: 22, limit: 20)),
      (tooLong, .tooLong(key: "ask", count: 641, limit: 640)),
    ]
    for (yaml, fault) in rows {
      let error = #expect(throws: PollError.self) { try PollSamples.read(yaml) }
      #expect(error?.findings.map(\.fault).contains(fault) == true)
    }
  }

  @Test func everyCutOfAPollIsReadOrRefused() {
    // No half of a file may end the program.
    let bytes = Array(PollSamples.small.utf8)
    var refused = 0
    for length in stride(from: 0, to: bytes.count, by: 3) {
      do { _ = try PollReader.read(Array(bytes[..<length]), file: "f") } catch { refused += 1 }
    }
    #expect(refused > bytes.count / 6)
  }
}
