import JagaPollBot
import Testing

@Suite struct RapidProRequestTests {
  private func read(_ body: String, mode: String? = nil, resultKey: String? = nil) throws -> RapidProRequest {
    try RapidProRequest.read(Array(body.utf8), mode: mode, resultKey: resultKey)
  }

  /// As flows send them: what the guide recommends, what older flows send, and the default with results alone.
  private static let recommended = #"""
    {"text":"iya kak","conversation_id":"5ee7d6b4-0000-4000-8000-000000000001","language":"ind","question":"Kamu baik-baik saja?"}
    """#
  private static let older = #"""
    {"channel":{"address":"+6281200000000","name":"Saluran","uuid":"c1"},"contact":{"name":"Budi Contoh","urn":"tel:+6281200000000","uuid":"u-2","language":"eng"},"flow":{"name":"F","uuid":"f1"},"input":{"created_on":"2026-03-01T00:00:00Z","text":"yes please","type":"msg","urn":{"path":"+6281200000000","scheme":"tel"},"uuid":"m1"},"results":{},"run":{"uuid":"r1"}}
    """#
  private static let standard = #"""
    {"contact":{"name":"Budi Contoh","urn":"tel:+6281200000000","uuid":"u-3"},"flow":{"name":"F","uuid":"f1"},"results":{"cerita":{"category":"All Responses","input":"aku mau cerita","name":"Cerita","value":"aku mau cerita"},"umur":{"category":"13","value":"13"}}}
    """#

  @Test func theRecommendedBody() throws {
    let request = try read(Self.recommended)
    #expect(request.text == "iya kak" && request.silence == nil && !request.isSimulation)
    #expect(request.conversationID == "5ee7d6b4-0000-4000-8000-000000000001")
    #expect(request.question == "Kamu baik-baik saja?" && request.language == "id")
  }

  @Test func theOlderBody() throws {
    let request = try read(Self.older)
    #expect(request.text == "yes please" && request.conversationID == "u-2" && request.language == "en")
    #expect(request.question == nil)
  }

  @Test func theDefaultBody() throws {
    let request = try read(Self.standard, resultKey: "cerita")
    #expect(request.text == "aku mau cerita" && request.conversationID == "u-3" && request.language == nil)
    #expect(try read(Self.standard, resultKey: "umur").text == "13")
    let none = try read(Self.standard)
    #expect(none.text == nil && none.silence == .noText && none.conversationID == "u-3")
    #expect(try read(Self.standard, resultKey: "lain").silence == .noResult)
  }

  /// The number and the name of a contact are dropped when they come in.
  @Test func whoItIsStaysOutside() throws {
    for body in [Self.older, Self.standard] {
      var request = try read(body, resultKey: "cerita")
      let shown = "\(request) \(String(reflecting: request))"
      for secret in ["62812", "Budi", "tel:"] { #expect(!shown.contains(secret)) }
      var dumped = ""
      dump(request, to: &dumped)
      #expect(!dumped.contains("62812") && !dumped.contains("Budi"))
      // Whatever they are, the value is the same.
      request.text = nil
      let other = body.replacing("tel:+6281200000000", with: "ext:9").replacing("Budi Contoh", with: "Z")
        .replacing("+6281200000000", with: "9")
      var same = try read(other, resultKey: "cerita")
      same.text = nil
      #expect(same == request)
    }
  }

  /// (body, text, silence): the first place that is not blank counts.
  @Test(
    arguments: [
      (#"{"text":"a","input":{"text":"b"},"results":{"k":{"value":"c","input":"d"}}}"#, "a", nil),
      (#"{"input":{"text":"b"},"results":{"k":{"value":"c","input":"d"}}}"#, "b", nil),
      (#"{"results":{"k":{"value":"c","input":"d"}}}"#, "c", nil),
      (#"{"results":{"k":{"value":"","input":"d"}}}"#, "d", nil),
      (#"{"text":" \n","input":{"text":"b"}}"#, "b", nil), (#"{"text":null,"input":{"text":"b"}}"#, "b", nil),
      (#"{"text":1}"#, "1", nil), (#"{"text":"1"}"#, "1", nil), (#"{"text":-3e2}"#, "-300", nil),
      (#"{"text":["a"]}"#, nil, .noResult), (#"{"text":{"text":"a"}}"#, nil, .noResult),
      (#"{"text":1.5}"#, nil, .noResult),
      (#"{"text":true}"#, nil, .noResult), (#"{"input":"a"}"#, nil, .noResult), (#"{"results":[]}"#, nil, .noResult),
      (#"{"text":""}"#, nil, .emptyText), (#"{"text":"  ","input":{"text":""}}"#, nil, .emptyText),
      ("{}", nil, .noResult), ("", nil, .emptyBody), (" \r\n", nil, .emptyBody),
      (#"{"text":"a\ud83d"}"#, "a\u{FFFD}", nil), (#"{"text":"x","text":"y"}"#, "y", nil),
    ] as [(String, String?, RapidProSilence?)])
  func places(body: String, text: String?, silence: RapidProSilence?) throws {
    let request = try read(body, resultKey: "k")
    #expect(request.text == text && request.silence == silence)
  }

  @Test(
    arguments: [
      ("ind", "id"), ("id", "id"), ("ID-id", "id"), ("in", "id"), ("eng", "en"), ("en_US", "en"), ("jav", nil),
      ("", nil),
      ("indo", nil),
    ] as [(String, String?)])
  func languages(code: String, language: String?) throws {
    #expect(try read(#"{"text":"a","language":"\#(code)"}"#).language == language)
    #expect(try read(#"{"text":"a","contact":{"language":"\#(code)"}}"#).language == language)
    // One that is not known is no reason to pass over the other.
    #expect(try read(#"{"language":"\#(code)","contact":{"language":"eng"}}"#).language == language ?? "en")
  }

  @Test(
    arguments: [
      (nil, false), ("normal", false), ("simulation", true), (" Simulation ", true), ("", false),
      ("simulations", false),
    ] as [(String?, Bool)])
  func modes(mode: String?, isSimulation: Bool) throws {
    #expect(try read(Self.recommended, mode: mode).isSimulation == isSimulation)
    #expect(try read("", mode: mode).isSimulation == isSimulation)
  }

  @Test func conversations() throws {
    #expect(try read(#"{"conversation_id":7}"#).conversationID == "7")
    #expect(try read(#"{"conversation_id":"a","contact":{"uuid":"b"}}"#).conversationID == "a")
    #expect(try read(#"{"text":"x"}"#).conversationID == nil)
    let long = String(repeating: "é", count: 128)
    #expect(try read(#"{"conversation_id":"\#(long)"}"#).conversationID == long)
    #expect(throws: RapidProFault.longID(limit: 256)) { try read(#"{"conversation_id":"\#(long)x"}"#) }
  }

  @Test func bodiesThatCannotBeRead() throws {
    func refused(_ body: [UInt8], _ fault: RapidProFault) {
      #expect(throws: fault) { try RapidProRequest.read(body) }
    }
    refused(Array("text=halo".utf8), .notJSON)
    refused(Array("{\"text\":\"a\"".utf8), .notJSON)
    refused(Array("[1]".utf8), .notObject)
    refused(Array("\"halo\"".utf8), .notObject)
    refused(Array("{\"text\":\"".utf8) + [0xC3, 0x28] + Array("\"}".utf8), .notUTF8)
    refused([0xFF, 0xFE, 0, 1], .notUTF8)
    let deep = String(repeating: "[", count: 20) + String(repeating: "]", count: 20)
    refused(Array("{\"a\":\(deep)}".utf8), .tooDeep(limit: 16))
    let many = "[" + (0..<10_001).map { _ in "0" }.joined(separator: ",") + "]"
    refused(Array("{\"a\":\(many)}".utf8), .tooMany(limit: 10_000))
    let limit = RapidProRequest.bodyLimit
    let frame = Array("{\"text\":\"\"}".utf8).count
    let text = String(repeating: "a", count: limit - frame)
    #expect(try read(#"{"text":"\#(text)"}"#).text == text)
    refused(Array("{\"text\":\"\(text)a\"}".utf8), .tooLarge(bytes: limit + 1, limit: limit))
  }

  @Test(arguments: [
    (
      RapidProFault.tooLarge(bytes: 9, limit: 8),
      "webhook body: 9 bytes, more than 8; send the text alone, as the guide's template does"
    ),
    (.notUTF8, "webhook body: it is not UTF-8; write the body with json(...), which is"),
    (.notJSON, "webhook body: it is not JSON; write it as @(json(object(\"text\", input.text, …)))"),
    (
      .notObject, "webhook body: it is JSON but no object; write it as @(json(object(\"text\", input.text, …)))"
    ),
    (.tooDeep(limit: 16), "webhook body: nested deeper than 16; send the text alone"),
    (.tooMany(limit: 5), "webhook body: more than 5 values; send the text alone"),
    (.longID(limit: 5), "webhook body: 'conversation_id' is longer than 5 bytes; give contact.uuid"),
    (.outOfMemory, "webhook body: there is no memory to read it; try again"),
  ])
  func sentences(fault: RapidProFault, expected: String) { #expect(fault.description == expected) }
}
