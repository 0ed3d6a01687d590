import JagaPollBot
import TestSupport
import Testing

@Suite struct CourierInboundTests {
  private func read(_ form: String, query: String = "") throws -> CourierInbound {
    try CourierInbound.read(form: Array(form.utf8), query: Array(query.utf8))
  }

  @Test(
    arguments: [
      ("from=%2B6281200000000&text=halo+kak", CourierInbound(sender: "+6281200000000", text: "halo kak")),
      ("sender=abc&text=a%26b%3Dc%2B%25", CourierInbound(sender: "abc", text: "a&b=c+%")),
      ("sender=b&from=a&text=1&text=2", CourierInbound(sender: "a", text: "1")),
      ("from=a", CourierInbound(sender: "a", text: "")), ("from=a&text", CourierInbound(sender: "a", text: "")),
      ("&&from=a&text==x=&", CourierInbound(sender: "a", text: "=x=")),
      ("from=a&text=caf%C3%A9+%F0%9F%98%80", CourierInbound(sender: "a", text: "café 😀")),
      ("from=a&text=caf\u{E9}", CourierInbound(sender: "a", text: "café")),
      ("from=a&text=x&id=77", CourierInbound(sender: "a", text: "x", messageID: "77")),
      ("from=a&text=x&message_id=m-1&id=", CourierInbound(sender: "a", text: "x")),
      ("from=a&text=x&message_id=m-1", CourierInbound(sender: "a", text: "x", messageID: "m-1")),
      ("from=a&date=1970-01-01T00%3A00%3A01.5Z", CourierInbound(sender: "a", text: "", sentAt: 1500)),
      ("from=a&time=1970-01-01T07:00:00%2B07:00", CourierInbound(sender: "a", text: "", sentAt: 0)),
      // A plus that was left as it is, in a number and in a time zone.
      ("from=+62812&date=1970-01-01T07:00:00+07:00", CourierInbound(sender: "+62812", text: "", sentAt: 0)),
      ("from=a&date=", CourierInbound(sender: "a", text: "")),
    ])
  func forms(form: String, expected: CourierInbound) throws {
    #expect(try read(form) == expected)
    #expect(try read("", query: form) == expected)
  }

  @Test func theFormCountsBeforeTheQuery() throws {
    #expect(try read("text=form", query: "from=a&text=query") == CourierInbound(sender: "a", text: "form"))
  }

  @Test(arguments: [
    ("", CourierFault.noSender), ("text=x", .noSender), ("from=&text=x", .noSender), ("from=+++&text=x", .noSender),
    ("from=a&text=%C3%28", .notUTF8(field: "text")), ("from=%FF&text=x", .notUTF8(field: "from")),
    ("from=a&text=100%", .badEscape(field: "text")), ("from=a&text=%4", .badEscape(field: "text")),
    ("from=a&text=%zz", .badEscape(field: "text")), ("from=a&secret%=x", .badEscape(field: "another field")),
    ("from=a&secret=%FF", .notUTF8(field: "another field")), ("from=a%0Ab&text=x", .controlCharacter(field: "from")),
    ("sender=a%00", .controlCharacter(field: "sender")), ("from=a&id=%C2%85", .controlCharacter(field: "id")),
    ("from=a&date=yesterday", .badDate(field: "date")), ("from=a&time=2026-02-30T00:00:00Z", .badDate(field: "time")),
  ])
  func faults(form: String, fault: CourierFault) {
    #expect(throws: fault) { try read(form) }
  }

  @Test func limits() throws {
    let longest = String(repeating: "1", count: CourierInbound.valueLimit)
    #expect(try read("from=\(longest)").sender == longest)
    #expect(throws: CourierFault.longValue(field: "from", limit: 255)) { try read("from=\(longest)1") }
    #expect(throws: CourierFault.longValue(field: "id", limit: 255)) { try read("from=a&id=\(longest)1") }
    let many = String(repeating: "a=1&", count: 99)
    #expect(try read(many + "from=b").sender == "b")
    #expect(throws: CourierFault.tooManyFields(limit: 100)) { try read(many + "x=1&from=b") }
    let long = String(repeating: "x", count: (256 << 10) - 12)
    #expect(try read("from=a&text=" + long).text.count == long.count)
    #expect(throws: CourierFault.tooLarge(bytes: 262_145, limit: 262_144)) { try read("from=a&text=x" + long) }
  }

  /// A message is the same when it is repeated, and only then.
  @Test func identities() throws {
    func identity(_ form: String) throws -> [UInt8]? { try read(form).identity }
    #expect(try identity("from=a&text=x") == nil)
    #expect(try identity("from=a&text=x&id=7") == identity("sender=a&text=y&message_id=7"))
    // Ids may be counted for each phone.
    #expect(try identity("from=a&text=x&id=7") != identity("from=b&text=x&id=7"))
    #expect(try identity("from=a1&text=x&id=7") != identity("from=a&text=x&id=17"))
    let date = "date=2026-03-01T00:00:00Z"
    let first = try #require(try identity("from=a&text=x&\(date)"))
    #expect(try identity("sender=a&text=x&\(date)") == first)
    for other in [
      "from=a&text=y&\(date)", "from=b&text=x&\(date)", "from=ax&text=&\(date)",
      "from=a&text=x&date=2026-03-01T00:00:01Z", "from=a&text=x&id=1",
    ] {
      #expect(try identity(other) != first, "\(other)")
    }
  }

  /// A log that prints the value shows who and what of nobody.
  @Test func nothingIsPrinted() throws {
    let message = try read("from=%2B6281200000000&text=rahasia")
    var dumped = ""
    dump(message, to: &dumped)
    for shown in ["\(message)", String(reflecting: message), dumped] {
      #expect(!shown.contains("628") && !shown.contains("rahasia"))
    }
    #expect("\(message)" == "CourierInbound(7 bytes of text)")
  }

  @Test func reportsAndStops() throws {
    #expect(try CourierReport.read(form: Array("id=m%2D1".utf8)) == CourierReport(id: "m-1"))
    #expect(try CourierReport.read(form: [], query: Array("id=5&x=1".utf8)).id == "5")
    #expect(throws: CourierFault.noID) { try CourierReport.read(form: Array("id=".utf8)) }
    #expect(throws: CourierFault.noID) { try CourierReport.read(form: []) }
    #expect(try CourierInbound.readStopped(form: Array("from=%2B62".utf8)) == "+62")
    #expect(throws: CourierFault.noSender) { try CourierInbound.readStopped(form: []) }
  }

  /// Whatever bytes come, there is a value or a fault.
  @Test(arguments: 1...10) func anything(seed: UInt64) {
    var dice = Dice(seed: seed)
    let pieces: [[UInt8]] =
      ["from=", "text=", "&", "%", "%41", "+", "a", "date=", "2026", "=", "id="].map { Array($0.utf8) } + [
        [0xFF], [0xC3],
      ]
    var read = 0
    for _ in 0..<500 {
      let form = (0..<dice.below(12)).flatMap { _ in dice.pick(pieces) }
      if let message = try? CourierInbound.read(form: form) {
        read += 1
        #expect(!message.sender.isEmpty, "seed \(seed)")
      }
    }
    #expect(read > 0, "seed \(seed)")
  }

  @Test(arguments: [
    (CourierFault.tooLarge(bytes: 9, limit: 8), "the form has 9 bytes, more than 8"),
    (.tooManyFields(limit: 100), "the form has more than 100 fields"),
    (.badEscape(field: "text"), "'text' is wrongly percent-encoded; write '%25' for '%'"),
    (.notUTF8(field: "text"), "'text' is not UTF-8; let the gateway send UTF-8"),
    (.noSender, "must have one of 'sender' or 'from' set"),
    (.longValue(field: "id", limit: 255), "'id' is longer than 255 bytes"),
    (.controlCharacter(field: "from"), "'from' has control characters in it"),
    (.badDate(field: "date"), "'date' has an invalid date format, must be RFC 3339"), (.noID, "field 'id' required"),
  ])
  func sentences(fault: CourierFault, expected: String) { #expect(fault.description == expected) }
}
