import TestSupport
import Testing

@testable import JagaCorpora

/// Splits of drawn chats, against what a split must keep.
@Suite struct AuthorSplitTests {
  private struct Line: Hashable {
    var conversation: String
    var author: String
  }

  private func chats(seed: UInt64, authors: Int, conversations: Int) -> [Line] {
    var random = SplitMix64(seed: seed)
    return (0..<conversations).flatMap { number in
      (0..<Int.random(in: 1...3, using: &random)).map { _ in
        Line(conversation: "c\(number)", author: "a\(Int.random(in: 0..<authors, using: &random))")
      }
    }
  }

  private func split(_ lines: [Line], share: Double, seed: UInt64, sought: Set<String> = []) -> AuthorSplit {
    var split = AuthorSplit()
    for line in lines {
      split.add(author: line.author, conversation: line.conversation, isSought: sought.contains(line.author))
    }
    split.divide(share: share, seed: seed)
    return split
  }

  private func sides(_ lines: [Line], _ split: AuthorSplit) -> (first: Set<String>, second: Set<String>) {
    var sides: (first: Set<String>, second: Set<String>) = ([], [])
    for line in lines {
      if split.isFirst(conversation: line.conversation) {
        sides.first.insert(line.author)
      } else {
        sides.second.insert(line.author)
      }
    }
    return sides
  }

  /// No author is on both sides, from sparse chats to one in which nearly all are connected.
  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64], [40, 200, 2000])
  func nobodyIsOnBothSides(seed: UInt64, authors: Int) {
    let lines = chats(seed: seed, authors: authors, conversations: 300)
    let found = sides(lines, split(lines, share: 0.7, seed: seed))
    #expect(found.first.isDisjoint(with: found.second), "seed \(seed)")
  }

  /// With many small circles, the share is met to the size of one of them, for sought authors as well.
  @Test(arguments: [0.1, 0.5, 0.8])
  func theShareIsMet(share: Double) {
    let lines = (0..<1000).flatMap { number in
      ["x", "y"].map { Line(conversation: "c\(number)", author: "\($0)\(number)") }
    }
    let sought = Set((0..<100).map { "x\($0 * 10)" })
    let found = sides(lines, split(lines, share: share, seed: 7, sought: sought))
    #expect(abs(Double(found.first.count) - 2000 * share) <= 4)
    #expect(abs(Double(found.first.intersection(sought).count) - 100 * share) <= 1)
  }

  @Test func seedsAndOrder() {
    let lines = chats(seed: 9, authors: 1500, conversations: 600)
    let first = sides(lines, split(lines, share: 0.5, seed: 1)).first
    #expect(first == sides(lines, split(lines, share: 0.5, seed: 1)).first)
    #expect(first != sides(lines, split(lines, share: 0.5, seed: 2)).first)
  }

  /// Chains connect whom no single conversation does; a message without author stays with its conversation.
  @Test func circles() {
    let chain = (0..<50).flatMap { number in
      [
        Line(conversation: "c\(number)", author: "a\(number)"),
        Line(conversation: "c\(number)", author: "a\(number + 1)"),
      ]
    }
    let lines = chain + [Line(conversation: "z", author: ""), Line(conversation: "z", author: "")]
    let found = split(lines, share: 0.5, seed: 3)
    #expect(Set(chain.map { found.isFirst(conversation: $0.conversation) }).count == 1)
    #expect(!found.isFirst(conversation: "unknown"))
  }
}
