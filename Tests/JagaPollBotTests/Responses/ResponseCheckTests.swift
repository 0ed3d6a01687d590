import JagaPollBot
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
    #expect(findings == ["en/responses.yaml:26: error: en.heard: \(sentence)"])
  }

  @Test func aPartThatNoMessageHolds() {
    let plain = Array(repeating: "Word for you.", count: 12).joined(separator: " ")
    #expect(
      ResponseFixture().saying("[\"\(plain)\"]").findings() == [
        "en/responses.yaml:26: error: en.heard: part 1 has 167 of 160 characters (gsm7); shorten it"
      ])
    let curly = Array(repeating: "Thank you ’ for.", count: 5).joined(separator: " ")
    #expect(
      ResponseFixture().saying("[\"\(curly)\"]").findings() == [
        "en/responses.yaml:26: error: en.heard: part 1 has 84 of 70 characters (ucs2); shorten it, or write it with letters of the GSM alphabet"
      ])
  }

  @Test func innocentPhrasesAreNoBlame() {
    #expect(ResponseFixture().saying(#"["Not your fault."]"#).findings() == [])
    // One innocent phrase does not cover for another word.
    #expect(
      ResponseFixture().saying(#"["Not your fault. Faults!"]"#).findings() == [
        "en/responses.yaml:26: error: en.heard: part 1 says 'fault*', which is on the list 'blame'; say it otherwise"
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
    // 21 words of which three are strange: "stop" is excepted, "word's" has an ending, numbers and addresses do not count.
    let text = ResponseFixture().saying(#"["Word's stop 129 line.example. Ambiguous obfuscation, ambiguous!"]"#)
    #expect(
      text.findings() == [
        "en/responses.yaml: error: 88.4 % of the words are common, 90.0 % must be; say more simply: ambiguous, obfuscation"
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
}
