import JagaTranscripts
import Testing

@testable import JagaService

struct MatrixEventTests {
  @Test(
    arguments: [
      (#"{"msgtype":"m.text","body":"halo"}"#, "halo"), (#"{"msgtype":"m.emote","body":"halo"}"#, "halo"),
      (#"{"msgtype":"m.text","body":""}"#, nil), (#"{"msgtype":"m.text"}"#, nil), (#"{"body":"halo"}"#, nil),
      (#"{"msgtype":"m.image","body":"a.jpg","filename":"a.jpg"}"#, nil),
      (#"{"msgtype":"m.image","body":"a.jpg"}"#, nil),
      (#"{"msgtype":"m.image","body":"lihat ini","filename":"a.jpg"}"#, "lihat ini"),
      (#"{"msgtype":"m.location","body":"di sini"}"#, nil),
      // An edit counts with its new words, not with the star that old clients see.
      (
        #"{"msgtype":"m.text","body":"* baru","m.new_content":{"msgtype":"m.text","body":"baru"},"m.relates_to":{"rel_type":"m.replace","event_id":"$1"}}"#,
        "baru"
      ),
      // What a reply quotes is somebody else's.
      (
        #"{"msgtype":"m.text","body":"> <@b:x> kata orang\n> lagi\n\nkataku","m.relates_to":{"m.in_reply_to":{"event_id":"$1"}}}"#,
        "kataku"
      ),
      (#"{"msgtype":"m.text","body":"> kutipan sendiri"}"#, "> kutipan sendiri"),
      (#"{"msgtype":"m.text","body":"kataku","m.relates_to":{"m.in_reply_to":{"event_id":"$1"}}}"#, "kataku"),
    ] as [(String, String?)])
  func onlyWordsOfTheSenderCount(content: String, words: String?) throws {
    #expect(MatrixEvent.words(of: try JSONValue.parse(Array(content.utf8))) == words)
  }

  @Test func anEventBecomesAMessageOfItsRoom() throws {
    let event = try JSONValue.parse(
      Array(
        #"{"type":"m.room.message","room_id":"!r:x","event_id":"$e","sender":"@a:x","origin_server_ts":1790000000000,"content":{"msgtype":"m.text","body":"halo"}}"#
          .utf8))
    let message = try #require(try MatrixEvent.message(of: SurfaceValue(value: event, pointer: "/event")))
    #expect(message.conversationID == "!r:x")
    #expect(message.messageID == "$e")
    #expect(message.authorID == "@a:x")
    #expect(message.timestamp == 1_790_000_000_000)
    #expect(message.text == "halo")
  }

  @Test(
    arguments: [
      ("0", 0), ("-1", -1), ("1.6", 2), ("253402300799999", 253_402_300_799_999), ("253402300800000", nil),
      ("-62167219200000", -62_167_219_200_000), ("-62167219200001", nil), ("9223372036854775807", nil),
      ("-9223372036854775808", nil), ("1e300", nil),
    ] as [(String, Int64?)])
  func timesOutsideTheCalendarAreLeftOut(stamp: String, time: Int64?) throws {
    let event = try JSONValue.parse(
      Array(
        #"{"type":"m.room.message","room_id":"!r:x","event_id":"$e","sender":"@a:x","origin_server_ts":\#(stamp),"content":{"msgtype":"m.text","body":"halo"}}"#
          .utf8))
    let message = try #require(try MatrixEvent.message(of: SurfaceValue(value: event, pointer: "/event")))
    #expect(message.timestamp == time)
  }

  /// The same fault whether or not the event has words.
  @Test(arguments: [#"{"msgtype":"m.text","body":"halo"}"#, "null"])
  func aTimeIsANumber(content: String) throws {
    let event = try JSONValue.parse(
      Array(
        #"{"type":"m.room.message","room_id":"!r:x","event_id":"$e","sender":"@a:x","origin_server_ts":true,"content":\#(content)}"#
          .utf8))
    #expect(throws: Problem.self) { try MatrixEvent.message(of: SurfaceValue(value: event, pointer: "/event")) }
  }
}
