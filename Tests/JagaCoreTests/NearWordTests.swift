import JagaCore
import Testing

struct NearWordTests {
  @Test(arguments: [
    ("grooming.trst", "grooming.trust"), ("jsnl", "jsonl"), ("jsonl", nil), ("xyz", nil), ("tset", "test"),
  ])
  func aThirdOfTheLettersMayBeOff(word: String, nearest: String?) {
    #expect(NearWord.nearest(to: word, among: ["grooming.trust", "jsonl", "test"]) == nearest)
  }

  @Test func aLimitOfEditsIsBelowTheLength() {
    #expect(NearWord.nearest(to: "gote", among: ["goto"], within: 2) == "goto")
    #expect(NearWord.nearest(to: "ab", among: ["cd"], within: 2) == nil)
    #expect(NearWord.nearest(to: "a", among: ["b"], within: 2) == nil)
    #expect(NearWord.nearest(to: "", among: ["b"], within: 2) == nil)
    #expect(NearWord.nearest(to: String(repeating: "a", count: 500), among: ["b"]) == nil)
  }

  @Test func tiesGoToTheFirstInByteOrder() {
    #expect(NearWord.nearest(to: "cat", among: ["cut", "cot"]) == "cot")
    #expect(NearWord.nearest(to: "cat", among: ["cot", "cut"]) == "cot")
  }

  static let distances: [(String, String, Int)] = [
    ("", "", 0), ("", "abc", 3), ("kitten", "sitting", 3), ("ab", "ba", 1), ("abcd", "abdc", 1), ("same", "same", 0),
  ]

  @Test(arguments: distances) func editsAreCounted(left: String, right: String, edits: Int) {
    #expect(NearWord.editDistance(Array(left.unicodeScalars), Array(right.unicodeScalars)) == edits)
    #expect(NearWord.editDistance(Array(right.unicodeScalars), Array(left.unicodeScalars)) == edits)
  }
}
