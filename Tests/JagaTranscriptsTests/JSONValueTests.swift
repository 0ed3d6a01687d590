import Testing

@testable import JagaTranscripts

struct JSONValueTests {
  private func parse(_ text: String) throws(JSONValue.Fault) -> JSONValue { try JSONValue.parse(Array(text.utf8)) }

  @Test(arguments: [
    ("null", JSONValue.null), ("true", .boolean(true)), ("false", .boolean(false)), ("1", .number(1)),
    ("-1.5e3", .number(-1500)), ("18446744073709551615", .number(18446744073709551615)), ("\"\"", .string("")),
    (#""a\u00e9\n""#, .string("aé\n")), ("[]", .array([])), ("{}", .object([:])),
    (#"[1,"a",[null]]"#, .array([.number(1), .string("a"), .array([.null])])),
    (#"{"a":{"b":[]},"c":1}"#, .object(["a": .object(["b": .array([])]), "c": .number(1)])),
    (#"{"a":1,"a":2}"#, .object(["a": .number(2)])),
    // Integers have no limit in JSON.
    ("-455040221636346576896", .number(-455_040_221_636_346_576_896)),
    (
      #"{"a":[12345678901234567890123,"12345678901234567890123 \" 1"]}"#,
      .object(["a": .array([.number(12_345_678_901_234_567_890_123), .string("12345678901234567890123 \" 1")])])
    ),
    ("[1.1234567890123456789012,1e0000000000000000000001]", .array([.number(1.1234567890123456789012), .number(10)])),
    // Half of a surrogate pair is repaired, as in transcripts.
    (#""\ud83d!""#, .string("\u{FFFD}!")),
  ])
  func values(text: String, value: JSONValue) throws {
    #expect(try parse(text) == value)
  }

  @Test(arguments: [
    "", " ", "{", "[1,]", "{\"a\"}", "nul", "1 2", "'a'", "\"a", "{\"a\":1}}", "012345678901234567890123",
    "[123456789012345678901234",
  ])
  func whatIsNotJSON(text: String) {
    #expect(throws: JSONValue.Fault.invalid) { _ = try parse(text) }
  }

  @Test func wrongBytesAreRepaired() throws {
    #expect(try JSONValue.parse([0x22, 0x61, 0xFF, 0x22]) == .string("a\u{FFFD}"))
  }

  @Test func depthIsLimited() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try parse(nested(32))
    #expect(throws: JSONValue.Fault.tooDeep(limit: 32)) { _ = try parse(nested(33)) }
    #expect(throws: JSONValue.Fault.tooDeep(limit: 32)) { _ = try parse(nested(100_000)) }
  }

  @Test func theNumberOfValuesIsLimited() throws {
    let bytes = Array(("[" + [String](repeating: "0", count: 9).joined(separator: ",") + "]").utf8)
    _ = try JSONValue.parse(bytes, valueLimit: 10)
    #expect(throws: JSONValue.Fault.tooMany(limit: 9)) { _ = try JSONValue.parse(bytes, valueLimit: 9) }
  }

  @Test func keysThatAreMissingOrNullAreNothing() throws {
    let value = try parse(#"{"a":null,"b":"c"}"#)
    #expect(value["a"] == nil)
    #expect(value["b"]?.string == "c")
    #expect(value["d"] == nil)
    #expect(JSONValue.array([])["a"] == nil)
  }
}
