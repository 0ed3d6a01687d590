import JagaPollBot
import Testing

@Suite struct CourierAnswerTests {
  @Test(arguments: [
    (
      CourierAnswer.message(id: "m1", text: "halo \"kak\"\n", urn: "tel:+62"), 200,
      #"{"message":"Message Accepted","data":[{"type":"msg","msg_uuid":"m1","text":"halo \"kak\"\n","urn":"tel:+62"}]}"#
    ),
    (
      .status(id: "m1"), 200,
      #"{"message":"Status Update Accepted","data":[{"type":"status","msg_uuid":"m1"}]}"#
    ),
    (
      .stopped(urn: "tel:+62"), 200,
      #"{"message":"Event Accepted","data":[{"type":"event","event_type":"stop_contact","urn":"tel:+62"}]}"#
    ),
    (
      .ignored("no such message"), 200,
      #"{"message":"Ignored","data":[{"type":"info","info":"no such message"}]}"#
    ),
    (
      .error(CourierFault.noSender.description), 400,
      #"{"message":"Error","data":[{"type":"error","error":"must have one of 'sender' or 'from' set"}]}"#
    ),
  ])
  func bytes(answer: CourierAnswer, status: Int, expected: String) {
    #expect(String(decoding: answer.bytes, as: UTF8.self) == expected)
    #expect(answer.statusCode == status)
  }
}
