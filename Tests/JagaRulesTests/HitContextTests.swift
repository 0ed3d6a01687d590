import JagaCore
import JagaLexicon
import JagaRules
import JagaText
import TestSupport
import Testing

/// Attributes of hits, as marked text: `[ ]` around every hit of `id.context.send` that must have the attribute, and no others.
struct HitContextTests {
  struct Row: CustomTestStringConvertible {
    let attribute: HitAttributes
    let text: String
    var testDescription: String { text }
  }

  static let rows: [Row] = [
    Row(attribute: .negated, text: "jangan [ kirim ]"),
    Row(attribute: .negated, text: "jangan a b [ kirim ] foto"),
    Row(attribute: .negated, text: "jangan a b c kirim"),
    Row(attribute: .negated, text: "jangan . kirim"),
    Row(attribute: .negated, text: "jangan , [ kirim ]"),
    Row(attribute: .negated, text: "tidak usah a b [ kirim ]"),
    Row(attribute: .negated, text: "kirim jangan"),
    Row(attribute: .negated, text: "jangan [ kirim ] [ kirim ] ! kirim"),
    Row(attribute: .reported, text: "katanya mau [ kirim ] foto"),
    Row(attribute: .reported, text: "kirim katanya"),
    Row(attribute: .reported, text: "dia bilang a b c d e f [ kirim ]"),
    Row(attribute: .reported, text: "katanya ! kirim"),
    Row(attribute: .reported, text: "a . dia bilang [ kirim ] . kirim"),
    Row(attribute: .imperative, text: "[ kirim ] foto"),
    Row(attribute: .imperative, text: "ayo dong [ kirim ] foto"),
    Row(attribute: .imperative, text: "ya kak , [ kirim ]"),
    Row(attribute: .imperative, text: "aku kirim foto"),
    Row(attribute: .imperative, text: "aku mau . [ kirim ] dong"),
    Row(attribute: .imperative, text: "[ kirim ] kirim"),
    Row(attribute: .asked, text: "mau [ kirim ] ?"),
    Row(attribute: .asked, text: "kapan [ kirim ]"),
    Row(attribute: .asked, text: "[ kirim ] apa . kirim"),
    Row(attribute: .asked, text: "kirim . mau ? kirim"),
  ]

  @Test(arguments: rows) func marksHits(_ row: Row) throws {
    let bench = try RuleBench(when: "{hit: id.context.send}")
    var plain: [Substring] = []
    var expected: Set<Int> = []
    for part in row.text.split(separator: " ") {
      switch part {
      case "[": expected.insert(plain.count)
      case "]": break
      default: plain.append(part)
      }
    }
    let text = SpaceAnalyzer().analyze(plain.joined(separator: " "))
    let hits = bench.hits(text)
    let attributes = bench.rules.attributes(of: hits, in: text)
    let send = bench.lexicon.entry(id: "id.context.send")
    let found = zip(hits, attributes).filter { $0.entry == send && $1.contains(row.attribute) }.map { Int($0.0.begin) }
    #expect(Set(found) == expected)
  }
}
