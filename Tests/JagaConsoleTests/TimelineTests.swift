import JagaCore
import Testing

@testable import JagaConsole

@Suite struct TimelineTests {
  private let timeline = Timeline(messages: Samples.conversation, count: 14, authors: ["user-31", "user-88"])

  @Test func lanes() {
    #expect(timeline.lanes.map(\.label) == [.disclosure, .groomingIsolation, .topupOffer, .topupCondition])
    #expect(timeline.lanes.map(\.top) == [0, 46, 92, 138])
    #expect(timeline.height == 4 * 46 + 26)
    #expect(timeline.ticks == [0, 2, 4, 6, 8, 10, 12])
  }

  @Test func points() {
    #expect(timeline.points.map(\.message.index) == [2, 6, 8, 11])
    #expect(timeline.points.map(\.y) == [92 + 31, 138 + 31, 46 + 31, 31])
    #expect(timeline.points.map(\.author) == [0, 0, 0, 1])
    #expect(timeline.x(0) == 5 && timeline.x(13) == 95 && timeline.x(9000) == 95)
  }

  @Test(arguments: [
    ([Int](), 0, 0, [Int]()), ([0], 1, 1, [0]), ([0], 0, 1, [0]), ([5], 2, 6, [0, 1, 2, 3, 4, 5]),
    ([0, 1], 2, 2, [0, 1]),
    ([0], 8, 8, [0, 1, 2, 3, 4, 5, 6, 7]), ([0], 9, 9, [0, 2, 4, 6, 8]), ([0], 100, 100, [0, 20, 40, 60, 80]),
    ([-4], 3, 0, []), ([1 << 41], 3, 0, []),
    ([0], .max, 1 << 40, [0, 200_000_000_000, 400_000_000_000, 600_000_000_000, 800_000_000_000, 1_000_000_000_000]),
  ])
  func lengths(indices: [Int], count: Int, length: Int, ticks: [Int]) {
    let messages = indices.map { Samples.message($0, "a", nil, Samples.flag(.topupOffer, .review, 0.7, [])) }
    let timeline = Timeline(messages: messages, count: count, authors: ["a"])
    #expect(timeline.length == length)
    #expect(timeline.ticks == ticks)
    #expect(timeline.points.allSatisfy { (5...95).contains($0.x) })
  }

  /// Whatever model says of it, a message in which somebody asks for help is no stage.
  @Test func disclosureIsNoStage() {
    let flag = Samples.flag(.sextortionThreat, .high, 0.9, [], kind: .disclosure)
    #expect(Timeline.shownLabel(flag) == .disclosure)
    #expect(Timeline.shownScore(flag) == 0.9)
  }

  @Test func pictureAndTableSayTheSame() throws {
    let html = String(decoding: try Console().item(Samples.item(), Samples.frame()), as: UTF8.self)
    let page = Skeleton(html)
    let picture = page.elements.first { $0.attributes["class"] == "plot" }
    #expect(picture?.attributes["role"] == "img")
    #expect(picture?.attributes["aria-labelledby"] == "timeline-name timeline-text")
    #expect(html.contains("<title>Message 7, author A: Top-up bait · Condition, Look now</title>"))
    #expect(html.contains("<title>Message 12, author B: Asks for help</title>"))
    #expect(
      html.contains(
        "<desc id=\"timeline-text\">4 flagged messages in 4 lanes over 14 messages; tracks: 2. The table below has the same content.</desc>"
      ))
    #expect(
      html.contains(
        "<tr><th scope=\"row\"><a href=\"#m6\">7</a></th><td>A</td><td>Top-up bait · Condition</td><td>Look now</td><td class=\"n\">0.93</td></tr>"
      ))
    #expect(
      html.contains("<a href=\"#m11\">12</a></th><td>B</td><td>Asks for help</td><td>–</td><td class=\"n\">0.91</td>"))
    #expect(html.contains("<title>First to review at message 7</title><line x1=\"46.5%\" x2=\"46.5%\""))
  }

  @Test(arguments: [(0, "A"), (25, "Z"), (26, "A2"), (53, "B3")])
  func letters(index: Int, letter: String) {
    #expect(AuthorName.letter(index) == letter)
  }
}
