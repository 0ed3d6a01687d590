import Foundation
import JagaPollBot
import Testing

struct ResponseBookTests {
  @Test func putsHelplinesIn() throws {
    let book = try ResponseBook(sources: ResponseFixture().sources)
    let response = book.response(.disclosure, language: "en", now: ResponseFixture.now)
    #expect(response.id == "en.disclosure.v3")
    #expect(response.occasion == .disclosure)
    #expect(response.parts == ["Thank you. call 555"])
    #expect(response.helplines.map(\.id) == ["line"])
    #expect(response.helplines.first?.hours == nil)
    #expect(
      response.helplines.first?.contacts == [
        .init(kind: .call, value: "555"), .init(kind: .url, value: "line.example"),
      ])
    #expect(response.staleHelplines.isEmpty)
    #expect(book.helpline("line")?.name == "Line 5")
    #expect(book.helpline("other") == nil)
  }

  @Test func anOldHelplineIsGivenAndSaysSo() throws {
    let book = try ResponseBook(sources: ResponseFixture().sources)
    let later = book.response(.disclosure, language: "en", now: ResponseFixture.now + 200 * 86_400_000)
    #expect(later.parts == ["Thank you. call 555"])
    #expect(later.staleHelplines == ["line"])
  }

  @Test func anotherLanguageFallsBackOnTheFirst() throws {
    let book = try ResponseBook.bundled()
    #expect(book.languages == ["id", "en"])
    #expect(book.response(.stop, language: "jv", now: 0) == book.response(.stop, language: "id", now: 0))
    #expect(book.response(.stop, language: "en", now: 0).language == "en")
  }

  @Test(arguments: [
    (
      "contacts:\n      - {kind: call, value: \"555\"}\n      - {kind: url, value: \"line.example\"}", "contacts: []",
      "helplines.yaml:7: error: line: 'contacts' must be a list with one contact or more"
    ),
    (
      "kind: url", "kind: fax", "helplines.yaml:9: error: line: 'kind' cannot be 'fax'; give one of call, whatsapp, url"
    ),
    (
      "2026-11-28", "2026-02-30",
      "helplines.yaml:15: error: line: 'verified_on' cannot be '2026-02-30'; give a day such as 2026-11-28"
    ),
    (
      "discreet: true", "discreet: perhaps",
      "helplines.yaml:13: error: line: 'discreet' cannot be 'perhaps'; give true or false"
    ),
    ("    hours: unknown\n", "", "helplines.yaml:3: error: line: a helpline lacks 'hours'; add it"),
    (
      "scope:", "scoop:",
      "helplines.yaml:6: error: line: a helpline has no key 'scoop'; take it out or correct its spelling"
    ),
    (
      "stale_after_days: 100", "stale_after_days: 0",
      "helplines.yaml:1: error: 'stale_after_days' cannot be '0'; give a number of days from 1 to 3650"
    ),
    (
      "    source:", "    withdrawn_on: 2026-12-01\n    source:",
      "en/responses.yaml:5: error: en.disclosure: helpline 'line' was withdrawn on 2026-12-01; name another"
    ),
    (
      "say: {en: \"call 555\"}", "say: {id: \"telepon 555\"}",
      "en/responses.yaml:5: error: en.disclosure: helpline 'line' does not say how a text in 'en' puts it; add 'say: {en: …}' in helplines.yaml"
    ),
    (
      "id: line", "id: other",
      "en/responses.yaml:5: error: en.disclosure: no helpline 'line'; add it to helplines.yaml or name another"
    ),
  ])
  func aHelplineThatIsRefused(found: String, replacement: String, sentence: String) {
    var fixture = ResponseFixture()
    fixture.helplines = fixture.helplines.replacing(found, with: replacement)
    #expect(fixture.findings().contains(sentence), "\(fixture.findings())")
    #expect(throws: ResponseError.self) { try ResponseBook(sources: fixture.sources) }
  }

  @Test(arguments: [
    ("[\"Word {helpline:line\"]", "part 1 has a brace that is not '{helpline:ID}'; write it so or leave it out"),
    ("[\"Word\", \"Word {line}\"]", "part 2 has a brace that is not '{helpline:ID}'; write it so or leave it out"),
    ("[\"Word }\"]", "part 1 has a brace that is not '{helpline:ID}'; write it so or leave it out"),
    ("[\"Word {helpline:}\"]", "part 1 has a brace that is not '{helpline:ID}'; write it so or leave it out"),
    ("[]", "'parts' must be a list of texts that say something"),
    ("[\"  \"]", "'parts' must be a list of texts that say something"),
    ("Word.", "'parts' must be a list of texts"),
    ("[[Word]]", "'parts' must be a list of texts"),
    ("[\"{helpline:none}\"]", "no helpline 'none'; add it to helplines.yaml or name another"),
  ])
  func aTextThatIsRefused(parts: String, sentence: String) {
    let findings = ResponseFixture().saying(parts).findings()
    #expect(findings.count == 1)
    #expect(findings.first?.hasSuffix(": error: en.heard: \(sentence)") == true, "\(findings)")
  }

  @Test func everyLanguageNeedsEveryOccasion() {
    var sources = ResponseFixture().sources
    sources.languages["en"]?.responses.text = "language: id\nversion: 1\nresponses: {bye: {note: x, parts: [x]}}\n"
    let findings = ResponseCheck.findings(sources, now: 0, languages: ["en"]).map(\.description)
    #expect(
      findings.prefix(2) == [
        "en/responses.yaml:1: error: declares the language 'id' and lies in the folder 'en'; make them agree",
        "en/responses.yaml:3: error: 'responses' has no key 'bye'; take it out or correct its spelling",
      ])
    #expect(
      findings.dropFirst(2)
        == Occasion.allCases.map {
          "en/responses.yaml: error: no text for '\($0.rawValue)'; add it under 'responses'"
        }[...])
  }

  @Test(arguments: [
    "", "a: [", "a: b\na: c\n", String(repeating: "[", count: 60), String(repeating: " ", count: 200) + "a: b", "- a",
    "x",
  ])
  func filesThatAreNoYAML(text: String) {
    var fixture = ResponseFixture()
    fixture.helplines = text
    #expect(!fixture.findings().isEmpty)
    fixture = ResponseFixture()
    fixture.checks = text
    #expect(!fixture.findings().isEmpty)
    var sources = ResponseFixture().sources
    sources.languages["en"]?.responses.text = text
    #expect(throws: ResponseError.self) { try ResponseBook(sources: sources) }
  }

  @Test func readsAFolder() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "responses-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(
      throws: ResponseError.notADirectory(path: folder.path())
    ) { try ResponseBook(directory: folder.path()) }
    try FileManager.default.createDirectory(at: folder.appending(path: "en"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(at: folder.appending(path: "schema"), withIntermediateDirectories: true)
    #expect(
      throws: ResponseError.missingFile(path: "\(folder.path())/helplines.yaml")
    ) { try ResponseBook(directory: folder.path()) }
    let fixture = ResponseFixture()
    try Data(fixture.helplines.utf8).write(to: folder.appending(path: "helplines.yaml"))
    #expect(throws: ResponseError.noTexts(path: folder.path())) { try ResponseBook(directory: folder.path()) }
    try Data(fixture.responses.utf8).write(to: folder.appending(path: "en/responses.yaml"))
    let book = try ResponseBook(directory: folder.path())
    #expect(book.languages == ["en"])
    #expect(book.response(.heard, language: "id", now: 0).parts == ["Word."])
    // The program's own checks hold for a folder that has none.
    let findings = ResponseCheck.findings(book, now: ResponseFixture.now, languages: ["en"])
    #expect(findings.contains { $0.fault == .missingIdea("trusted-adult") })
    try Data([0x61, 0xFF]).write(to: folder.appending(path: "en/responses.yaml"))
    #expect(
      throws: ResponseError.unreadable(path: "\(folder.path())/en/responses.yaml", reason: "it is not UTF-8")
    ) { try ResponseBook(directory: folder.path()) }
  }

  @Test func errorsSayWhatToDo() {
    #expect(
      ResponseError.notADirectory(path: "x").description
        == "'x' is not a directory that can be read; give the folder that holds helplines.yaml and a folder for each language"
    )
    #expect(
      ResponseError.noTexts(path: "x").description
        == "'x' holds no texts; they lie in files such as 'x/id/responses.yaml'")
    #expect(
      ResponseError.missingFile(path: "x").description
        == "'x' is missing; copy the one of this program's sources and change it")
    #expect(ResponseError.unreadable(path: "x", reason: "y").description == "'x' cannot be used: y")
    let finding = ResponseFinding(file: "f", line: 2, id: "i", fault: .noHelpline)
    #expect(ResponseError.refused([finding, finding]).description == "\(finding)\n\(finding)")
  }
}
