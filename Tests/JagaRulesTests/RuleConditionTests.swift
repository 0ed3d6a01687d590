import JagaCore
import JagaRules
import Testing

struct RuleConditionTests {
  struct Row: CustomTestStringConvertible {
    let when: String
    let text: String
    /// Where the rule holds, as `begin..<end`; nil when it does not.
    let place: String?
    var language = Language.id
    var testDescription: String { "\(when) on '\(text)'" }
  }

  static let send = "id.context.send"
  static let picture = "id.context.picture"

  static let rows: [Row] = [
    Row(when: "{hit: \(send)}", text: "mau kirim foto", place: "1..<2"),
    Row(when: "{hit: \(send)}", text: "mau foto", place: nil),
    Row(when: "{hit: [\(send), \(picture)]}", text: "foto", place: "0..<1"),
    Row(when: "{hit: id.context.*}", text: "pulsa", place: "0..<1"),
    Row(when: "{hit: id.context.con*}", text: "asal", place: "0..<1"),
    Row(when: "{hit: id.context.con*}", text: "pulsa", place: nil),
    Row(when: "{hit: 'label:topup.offer'}", text: "ada pulsa", place: "1..<2"),
    Row(when: "{hit: 'label:topup.*'}", text: "asal", place: "0..<1"),
    Row(when: "{hit: 'label:topup.offer'}", text: "asal", place: nil),
    Row(when: "{hit: \(send), negated: false}", text: "jangan kirim , a b kirim", place: "5..<6"),
    Row(when: "{hit: \(send), negated: true}", text: "kirim", place: nil),
    Row(when: "{hit: \(send), negated: true, reported: true}", text: "katanya jangan kirim", place: "2..<3"),
    Row(when: "{hit: \(send), negated: true, reported: true}", text: "jangan kirim . katanya kirim", place: nil),
    Row(when: "{all: [{hit: \(send)}, {hit: \(picture)}]}", text: "foto a kirim", place: "0..<3"),
    Row(when: "{all: [{hit: \(send)}, {hit: \(picture)}]}", text: "kirim", place: nil),
    Row(when: "{any: [{hit: \(send)}, {hit: \(picture)}]}", text: "a foto kirim", place: "2..<3"),
    Row(when: "{all: [{hit: \(send)}, {none: [{hit: \(picture)}]}]}", text: "kirim", place: "0..<1"),
    Row(when: "{all: [{hit: \(send)}, {none: [{hit: \(picture)}]}]}", text: "kirim foto", place: nil),
    Row(when: "{none: [{hit: \(send)}]}", text: "halo", place: "0..<0"),
    Row(when: "{none: [{hit: \(send)}, {hit: \(picture)}]}", text: "foto", place: nil),
    Row(when: "{sequence: [\(send), \(picture)]}", text: "kirim a foto", place: "0..<3"),
    Row(when: "{sequence: [\(send), \(picture)]}", text: "foto a kirim", place: nil),
    Row(when: "{sequence: [\(send), \(picture)], within: 1}", text: "kirim a b foto", place: nil),
    Row(when: "{sequence: [\(send), \(picture)], within: 1}", text: "kirim a b kirim c foto", place: "3..<6"),
    Row(when: "{sequence: [\(send), \(picture)], within: 0}", text: "kirim foto", place: "0..<2"),
    Row(when: "{sequence: [\(picture), \(send), \(picture)]}", text: "foto kirim foto kamu", place: "0..<4"),
    Row(when: "{near: [\(send), \(picture)], within: 2}", text: "foto a b kirim", place: "0..<4"),
    Row(when: "{near: [\(send), \(picture)], within: 1}", text: "foto a b kirim", place: nil),
    Row(when: "{near: [\(send), \(send)], within: 2}", text: "kirim", place: nil),
    Row(when: "{near: [\(send), \(send)], within: 2}", text: "kirim a kirim", place: "0..<3"),
    Row(when: "{amount: {min: 50000}}", text: "ada <amount:50000>", place: "1..<2"),
    Row(when: "{amount: {min: 50001}}", text: "ada <amount:50000>", place: nil),
    Row(when: "{amount: {max: 100000, min: 60000}}", text: "<amount:500000> <amount:70000>", place: "1..<2"),
    Row(when: "{amount: {max: 10}}", text: "<number:5>", place: nil),
    Row(when: "{kind: link}", text: "a <link>", place: "1..<2"),
    Row(when: "{kind: phone}", text: "<link>", place: nil),
    Row(when: "{question: true}", text: "mau ?", place: "0..<0"),
    Row(when: "{question: true}", text: "mau apa", place: "1..<2"),
    Row(when: "{question: true}", text: "mau", place: nil),
    Row(when: "{question: false}", text: "mau", place: "0..<0"),
    Row(when: "{language: en}", text: "hi", place: "0..<0", language: .en),
    Row(when: "{language: [id, mix]}", text: "hi", place: nil, language: .en),
    Row(when: "{tokens: {min: 2, max: 3}}", text: "a , b !", place: "0..<0"),
    Row(when: "{tokens: {min: 3}}", text: "a , b !", place: nil),
    Row(when: "{tokens: {max: 0}}", text: "", place: "0..<0"),
    Row(
      when: "{all: [{any: [{hit: \(send)}, {all: [{kind: link}, {none: [{hit: \(picture)}]}]}]}, {tokens: {max: 3}}]}",
      text: "a <link>", place: "1..<2"),
  ]

  @Test(arguments: rows) func holds(_ row: Row) throws {
    let bench = try RuleBench(when: row.when)
    #expect(bench.findings(row.text, language: row.language) == (row.place.map { ["test \($0)"] } ?? []))
  }
}
