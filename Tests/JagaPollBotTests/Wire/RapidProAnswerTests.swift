import JagaPollBot
import JagaTranscripts
import Testing

@Suite struct RapidProAnswerTests {
  private func text(_ answer: RapidProAnswer) -> String { String(decoding: answer.bytes, as: UTF8.self) }

  @Test func theBytesOfAnAnswer() {
    #expect(
      text(
        RapidProAnswer(
          stage: "topup.condition", score: 0.91, band: "high", action: .escalate, supportNeeded: false,
          signals: ["rule.topup.asal", "topup.reward"], referralText: ""))
        == #"{"stage":"topup.condition","score":0.91,"band":"high","action":"escalate","support_needed":false,"signals":[{"id":"rule.topup.asal"},{"id":"topup.reward"}],"referral_text":""}"#
    )
    #expect(
      text(
        RapidProAnswer(
          stage: "disclosure", score: 0.04, band: "none", action: .support, supportNeeded: true,
          referralText: "Bukan salahmu.\nHubungi \"SAPA\" 129."))
        == #"{"stage":"disclosure","score":0.04,"band":"none","action":"support","support_needed":true,"signals":[],"referral_text":"Bukan salahmu.\nHubungi \"SAPA\" 129."}"#
    )
  }

  @Test(arguments: [
    (
      RapidProSilence.emptyBody,
      #"the webhook has no body; write it as @(json(object(\"text\", input.text, …)))"#
    ),
    (
      .noText, #"the body has no text; add \"text\", input.text to the object in the webhook's body"#
    ), (.emptyText, "the message has no text"),
  ])
  func nothingToScoreHasAReason(silence: RapidProSilence, reason: String) {
    #expect(
      text(RapidProAnswer(silence: silence))
        == #"{"stage":"benign","score":0,"band":"none","action":"none","support_needed":false,"signals":[],"referral_text":"","reason":"\#(reason)"}"#
    )
  }

  @Test(
    arguments: [
      (0, "0"), (1, "1"), (0.5, "0.5"), (0.12345, "0.1235"), (0.10004, "0.1"), (0.00004, "0"), (0.00005, "0.0001"),
      (0.99996, "1"), (0.0101, "0.0101"), (-1, "0"), (7, "1"), (.nan, "0"), (.infinity, "1"),
    ] as [(Double, String)])
  func scores(score: Double, written: String) {
    let answer = RapidProAnswer(stage: "benign", score: score, band: "none", action: .none, supportNeeded: false)
    #expect(text(answer).contains("\"score\":\(written),"))
  }

  @Test func allActionsAreWords() {
    for (action, word) in zip(ReplyAction.allCases, ["none", "watch", "review", "escalate", "support"]) {
      let answer = RapidProAnswer(stage: "benign", score: 0, band: "none", action: action, supportNeeded: false)
      #expect(text(answer).contains("\"action\":\"\(word)\""))
    }
  }

  /// RapidPro loses results of 10,000 bytes: whatever is given, an answer stays below, and is JSON.
  @Test(arguments: ["a", "\"", "\u{1}", "é", "😀", "\u{2028}", "👨\u{200D}👩\u{200D}👧"])
  func anAnswerIsSmall(character: String) throws {
    let long = String(repeating: character, count: 12_000)
    let answer = RapidProAnswer(
      stage: long, score: 0.5, band: long, action: .support, supportNeeded: true,
      signals: (0..<20).map { "\($0)" + long }, referralText: long, reason: long)
    #expect(answer.bytes.count < RapidProAnswer.sizeLimit)
    let json = try JSONValue.parse(answer.bytes)
    #expect(json["action"]?.string == "support")
    guard case .array(let signals)? = json["signals"], let said = json["referral_text"]?.string else {
      Issue.record("no signals or no text")
      return
    }
    #expect(signals.count == 8 && long.hasPrefix(said))
    // What fits is there: a text alone is cut as late as can be.
    let alone = RapidProAnswer(
      stage: "benign", score: 0, band: "none", action: .support, supportNeeded: true, referralText: long)
    #expect(alone.bytes.count > RapidProAnswer.sizeLimit - 40 && alone.bytes.count < RapidProAnswer.sizeLimit)
  }
}
