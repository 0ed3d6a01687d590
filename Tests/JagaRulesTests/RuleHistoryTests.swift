import JagaCore
import JagaLexicon
import JagaRules
import JagaText
import TestSupport
import Testing

struct RuleHistoryTests {
  /// What a conversation remembers, kept the simple way.
  struct Conversation: RuleHistory {
    var past: [(author: String, marks: HistoryMarks)] = []
    var author = ""
    var count: Int { min(past.count, RuleSet.historyDepth) }
    func marks(age: Int) -> HistoryMarks { past[past.count - age].marks }
    func isSameAuthor(age: Int) -> Bool { past[past.count - age].author == author }
  }

  struct Row: CustomTestStringConvertible {
    let name: String
    let history: String
    /// Messages as `author: text`.
    let messages: [String]
    /// How many of them the rule holds in, by number.
    let holds: [Int]
    var testDescription: String { name }
  }

  static let rows: [Row] = [
    Row(
      name: "any author", history: "earlier: [{any: id.context.credit}]",
      messages: ["a: kirim", "b: pulsa", "a: kirim"], holds: [2]),
    Row(
      name: "same author", history: "earlier: [{any: id.context.credit, author: same}]",
      messages: ["a: pulsa", "b: kirim", "a: kirim"], holds: [2]),
    Row(
      name: "other author", history: "earlier: [{any: id.context.credit, author: other}]",
      messages: ["a: pulsa", "b: kirim", "a: kirim"], holds: [1]),
    Row(
      name: "within", history: "earlier: [{any: id.context.credit, within: 2}]",
      messages: ["a: pulsa", "a: x", "a: kirim", "a: kirim"], holds: [2]),
    Row(
      name: "the message itself is not earlier", history: "earlier: [{any: id.context.send}]",
      messages: ["a: kirim kirim", "a: kirim"], holds: [1]),
    Row(
      name: "every item", history: "earlier: [{any: id.context.credit}, {any: 'label:topup.condition'}]",
      messages: ["a: pulsa", "a: kirim", "a: asal", "a: kirim"], holds: [3]),
    Row(
      name: "any of an item", history: "earlier: [{any: [id.context.picture, 'label:topup.*']}]",
      messages: ["a: kirim", "a: asal", "a: kirim"], holds: [2]),
    Row(
      name: "unless", history: "unless_earlier: [{any: id.context.picture}]",
      messages: ["a: kirim", "a: foto", "a: kirim"], holds: [0]),
    Row(
      name: "both",
      history: "earlier: [{any: id.context.credit}], unless_earlier: [{any: id.context.picture, author: other}]",
      messages: ["a: pulsa", "a: kirim", "b: foto", "a: kirim", "b: kirim"], holds: [1, 4]),
    Row(
      name: "rule that held before", history: "earlier: [{any: id.context.rule.ask, author: other}]",
      messages: ["b: foto", "a: kirim", "b: foto ?", "a: kirim"], holds: [3]),
    Row(
      name: "rules by glob", history: "earlier: [{any: id.context.rule.*}]",
      messages: ["b: foto ?", "a: kirim"], holds: [1]),
    Row(
      name: "not beyond twelve", history: "earlier: [{any: id.context.credit, within: 12}]",
      messages: ["a: pulsa"] + [String](repeating: "a: x", count: 11) + ["a: kirim", "a: kirim"], holds: [12]),
  ]

  @Test(arguments: rows) func settles(_ row: Row) throws {
    let bench = try RuleBench(
      """
        - {id: id.context.rule.test, when: {hit: id.context.send}, \(row.history), votes: {move: 1}, note: n}
        - {id: id.context.rule.ask, when: {all: [{hit: id.context.picture}, {question: true}]}, votes: {move: 1}, note: n}
      """)
    var conversation = Conversation()
    var holds: [Int] = []
    for (number, message) in row.messages.enumerated() {
      let parts = message.split(separator: ":", maxSplits: 1).map { $0.drop { $0 == " " } }
      conversation.author = String(parts[0])
      let text = SpaceAnalyzer().analyze(String(parts[1]))
      var findings: [RuleFinding] = []
      var pending: [RuleFinding] = []
      let marks = bench.rules.evaluate(text, hits: bench.hits(text), into: &findings, pending: &pending)
      var settled: [RuleFinding] = []
      bench.rules.settle(pending, history: conversation, into: &settled)
      if settled.contains(where: { bench.rules.id(of: $0.rule) == "id.context.rule.test" }) { holds.append(number) }
      conversation.past.append((conversation.author, marks))
    }
    #expect(holds == row.holds)
  }
}
