import JagaPollBot
import TestSupport
import Testing

struct ResponseCheckTests {
  @Test func theFixtureIsFine() {
    #expect(ResponseFixture().findings() == [])
  }

  @Test(arguments: [
    (#"["Word. Word.", "Word."]"#, "takes 2 messages, at most 1 are read; shorten it"),
    (
      #"["Word for you for you for word."]"#,
      "part 1 has a sentence of 7 words, at most 5 are easy to read; make two of it"
    ),
    (#"["It is your fault."]"#, "part 1 says 'fault*', which is on the list 'blame'; say it otherwise"),
    (#"["YOU, should call."]"#, "part 1 says 'you should', which is on the list 'blame'; say it otherwise"),
    (#"["Unthreatened."]"#, "part 1 says '*threat*', which is on the list 'naming'; say it otherwise"),
  ])
  func aTextThatIsNotAsItShouldBe(parts: String, sentence: String) {
    let findings = ResponseFixture().saying(parts).findings().filter { !$0.contains("common") }
    #expect(findings == ["en/responses.yaml:44: error: en.heard: \(sentence)"])
  }

  @Test func aPartThatNoMessageHolds() {
    let plain = Array(repeating: "Word for you.", count: 12).joined(separator: " ")
    #expect(
      ResponseFixture().saying("[\"\(plain)\"]").findings() == [
        "en/responses.yaml:44: error: en.heard: part 1 has 167 of 160 characters (gsm7); shorten it"
      ])
    let curly = Array(repeating: "Thank you ’ for.", count: 5).joined(separator: " ")
    #expect(
      ResponseFixture().saying("[\"\(curly)\"]").findings() == [
        "en/responses.yaml:44: error: en.heard: part 1 has 84 of 70 characters (ucs2); shorten it, or write it with letters of the GSM alphabet"
      ])
  }

  @Test func innocentPhrasesAreNoBlame() {
    #expect(ResponseFixture().saying(#"["Not your fault."]"#).findings() == [])
    // One innocent phrase does not cover for another word.
    #expect(
      ResponseFixture().saying(#"["Not your fault. Faults!"]"#).findings() == [
        "en/responses.yaml:44: error: en.heard: part 1 says 'fault*', which is on the list 'blame'; say it otherwise"
      ])
  }

  @Test func ideasAndHelplinesMustBeThere() {
    #expect(
      ResponseFixture().saying(#"["Word."]"#, at: .disclosure).findings() == [
        "en/responses.yaml:5: error: en.disclosure: does not say 'thanks'; see 'ideas' in response-checks.yaml",
        "en/responses.yaml:5: error: en.disclosure: holds no helpline, and somebody may need one here; add '{helpline:ID}'",
      ])
  }

  @Test func wordsMustBeCommon() {
    // 34 words in all of which four are strange: "stop" is excepted, "word's" has an ending, numbers and addresses do not count.
    let text = ResponseFixture().saying(
      #"["Word's stop 129 line.example. Ambiguous obfuscation, ambiguous obfuscation!"]"#)
    #expect(
      text.findings() == [
        "en/responses.yaml: error: 88.2 % of the words are common, 90.0 % must be; say more simply: ambiguous, obfuscation"
      ])
    #expect(ResponseFixture().saying(#"["Word-word, word's thank-you."]"#).findings() == [])
  }

  @Test func helplinesMustBeDiscreetAndReachable() {
    var fixture = ResponseFixture()
    fixture.helplines = fixture.helplines.replacing("discreet: true", with: "discreet: false")
    #expect(
      fixture.findings() == [
        "en/responses.yaml:5: error: en.disclosure: helpline 'line' gives away what happened to whoever else reads this; name one with 'discreet: true'"
      ])
    fixture = ResponseFixture()
    fixture.helplines = fixture.helplines.replacing("\"call 555\"", with: "\"call 556\"")
    #expect(
      fixture.findings() == [
        "helplines.yaml:3: error: line: 'say' in 'en' holds none of its contacts; write the number or address into it"
      ])
  }

  @Test func aHelplineGrowsStale() throws {
    let day: Int64 = 86_400_000
    let book = try ResponseBook(sources: ResponseFixture().sources)
    #expect(book.warnings(now: ResponseFixture.now + 98 * day).isEmpty)
    #expect(
      book.warnings(now: ResponseFixture.now + 100 * day).map(\.description) == [
        "helplines.yaml:3: warning: line: verified on 2026-11-28, 101 days ago (limit 100); check what it publishes and change 'verified_on'"
      ])
    #expect(
      book.warnings(now: ResponseFixture.now - 2 * day).map(\.description) == [
        "helplines.yaml:3: warning: line: verified on 2026-11-28, which has not come yet; correct the date or the clock"
      ])
    #expect(ResponseFixture().findings(now: ResponseFixture.now + 100 * day).count == 1)
  }

  @Test func languagesMustBeThereAndHaveChecks() {
    let findings = ResponseCheck.findings(ResponseFixture().sources, now: ResponseFixture.now)
    #expect(findings.map(\.description) == ["helplines.yaml: error: no texts in 'id'; add 'id/responses.yaml'"])
    for breaking in [\ResponseFixture.checks, \ResponseFixture.commonWords] {
      var fixture = ResponseFixture()
      fixture[keyPath: breaking] = nil
      #expect(
        fixture.findings() == [
          "en/responses.yaml: warning: no response-checks.yaml or common-words.txt for 'en', so its texts are not checked; write them"
        ])
    }
  }

  @Test(arguments: [
    ("common_share: 0.9", "common_share: 1.5", ":2: error: 'common_share' cannot be '1.5'; give a share from 0 to 1"),
    ("common_share: 0.9", "common_share: nan", ":2: error: 'common_share' cannot be 'nan'; give a share from 0 to 1"),
    (", parts: 1", ", parts: 0", ":2: error: 'parts' cannot be '0'; give a number from 1 to 99"),
    (", parts: 1", "", ":2: error: 'limits' lacks 'parts'; add it"),
    (
      "{disclosure: 2}", "{disclosed: 2}",
      ":2: error: the list of occasions has no key 'disclosed'; take it out or correct its spelling"
    ),
    (
      "{disclosure: 2}", "{disclosure: many}",
      ":2: error: 'disclosure' must be a number or a list of texts"
    ),
    (
      "helpline_in: [disclosure]", "helpline_in: [disclosed]",
      ":1: error: the list of occasions has no key 'disclosed'; take it out or correct its spelling"
    ),
    (
      "required: {disclosure: [thanks]}", "required: {disclosure: [thank]}",
      ": error: 'required' cannot be 'thank'; give the name of an idea"
    ),
    ("blame: [\"fault*\", \"you should\"]", "blame: fault", ":9: error: 'blame' must be a list of phrases"),
    ("innocent:", "innocence:", ":8: error: the file has no key 'innocence'; take it out or correct its spelling"),
    (
      "language: en", "language: id",
      ":1: error: declares the language 'id' and lies in the folder 'en'; make them agree"
    ),
  ])
  func rulesThatAreRefused(found: String, replacement: String, sentence: String) {
    var fixture = ResponseFixture()
    fixture.checks = fixture.checks?.replacing(found, with: replacement)
    #expect(fixture.findings() == ["en/response-checks.yaml\(sentence)"])
  }

  /// Whatever an operator's file holds, it is read or refused.
  @Test func damagedFilesAreReadOrRefused() {
    var random = SeededGenerator.announced("responses")
    let whole = ResponseFixture()
    var refused = 0
    for _ in 0..<300 {
      var fixture = whole
      var sources = fixture.sources
      switch Int.random(in: 0..<3, using: &random) {
      case 0: fixture.helplines = damaged(whole.helplines, &random)
      case 1: fixture.checks = damaged(whole.checks ?? "", &random)
      default: sources.languages["en"]?.responses.text = damaged(whole.responses, &random)
      }
      if fixture.helplines != whole.helplines || fixture.checks != whole.checks { sources = fixture.sources }
      guard let book = try? ResponseBook(sources: sources) else {
        refused += 1
        continue
      }
      for occasion in Occasion.allCases {
        #expect(!book.response(occasion, language: "en", now: ResponseFixture.now).parts.isEmpty)
      }
      _ = ResponseCheck.findings(book, now: ResponseFixture.now)
    }
    #expect(refused > 50 && refused < 300)
  }

  private func damaged(_ text: String, _ random: inout SeededGenerator) -> String {
    var characters = Array(text)
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let place = Int.random(in: 0..<characters.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: characters.remove(at: place)
      case 1: characters[place] = Array("{}[]:,\"'\n -#*&!|x0\u{301}").randomElement(using: &random) ?? " "
      default: characters.insert(contentsOf: characters[place..<min(place + 30, characters.count)], at: place)
      }
    }
    return String(characters)
  }
}
