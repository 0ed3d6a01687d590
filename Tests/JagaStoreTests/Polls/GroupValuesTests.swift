import TestSupport
import Testing

@testable import JagaStore

@Suite struct GroupValuesTests {
  @Test(
    arguments: [
      ([:], "{}"), (["a": "1"], "{\"a\":\"1\"}"), (["b": "", "a": "x,y:{}"], "{\"a\":\"x,y:{}\",\"b\":\"\"}"),
      (["\"": "\\", "": "\u{0}\n"], "{\"\":\"\\u0000\\u000a\",\"\\\"\":\"\\\\\"}"), (["é": "😀"], "{\"é\":\"😀\"}"),
    ] as [([String: String], String)])
  func thereAndBack(values: [String: String], json: String) {
    #expect(GroupValues.json(values) == json)
    #expect(GroupValues.values(json) == values)
  }

  @Test(arguments: [
    "", "{", "}", "[]", "{\"a\"}", "{\"a\":1}", "{\"a\":\"1\",}", "{,}", "{\"a\":\"1\"\"b\":\"2\"}", "{\"a\":\"1\\n\"}",
    "{\"a\":\"\\u0041\"}", "{\"a\":\"\\u00g0\"}", "{\"a\":\"\\u0", "{\"a\":\"\\\"}", "{ \"a\":\"1\"}", "{\"a\":\"\n\"}",
  ])
  func whatTheWriterWouldNotWrite(json: String) { #expect(GroupValues.values(json) == nil) }

  @Test(arguments: 1...20) func anything(seed: UInt64) {
    var dice = Dice(seed: seed)
    let pieces = ["\"", "\\", "\n", "\u{1}", "a", "é", "{", "}", ":", ",", "\\u0000", "/"]
    func text() -> String { (0..<dice.below(6)).map { _ in dice.pick(pieces) }.joined() }
    for _ in 0..<50 {
      var values: [String: String] = [:]
      for _ in 0..<dice.below(5) { values[text()] = text() }
      #expect(GroupValues.values(GroupValues.json(values)) == values, "seed \(seed)")
    }
  }
}
