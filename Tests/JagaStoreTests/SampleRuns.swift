import JagaCore
import JagaStore

/// A small gold and two runs on it, made by hand.
enum SampleRuns {
  static let digits = String(repeating: "a", count: 64)

  static func run(_ name: String, time: String = "2026-01-31T12:00:00.000Z", threshold: Double = 0.5) -> KeptRun {
    var system = KeptRun.System(name: "1a2b3c4d", modelID: "1a2b3c4d")
    system.namesStages = true
    system.namesTracks = true
    system.hasBands = true
    system.tellsDisclosures = true
    system.strangers = 3
    var run = KeptRun(
      name: name, createdAt: time, program: "0.1.0", system: system,
      files: [
        KeptRun.File(role: .gold, name: "gold.jsonl", sha256: digits, bytes: 1234),
        KeptRun.File(role: .model, name: "default.jaga", sha256: String(repeating: "b", count: 64), bytes: 5),
      ])
    run.options.threshold = threshold
    run.options.baseRate = 0.01
    run.options.resamples = 100
    run.options.seed = .max
    run.options.dimensions = ["lang", "voice"]
    run.options.asksQuestions = true
    return run
  }

  static var conversations: [KeptGold.Conversation] {
    var chat = KeptGold.Conversation(kind: .turn, id: "c,\"1\"\n")
    chat.label = "topup"
    chat.isRisky = true
    chat.firstRisk = 1
    chat.language = "id"
    var alone = KeptGold.Conversation(kind: .message, id: "2")
    alone.isAlone = true
    alone.voice = "kota \u{1F600}"
    return [chat, alone]
  }

  static var items: [KeptGold.Item] {
    var first = KeptGold.Item(conversation: 0, messageID: "m\u{0}1")
    first.labels = 1 << UInt32(Label.topupOffer.rawValue) | 1 << UInt32(Label.topupCondition.rawValue)
    first.main = .topupCondition
    first.line = 7
    var second = KeptGold.Item(conversation: 0, messageID: "")
    second.language = "id"
    var third = KeptGold.Item(conversation: 1, messageID: "m3")
    third.labels = 1 << UInt32(Label.disclosure.rawValue)
    third.main = .disclosure
    return [first, second, third].map { item in
      var item = item
      item.length = "4-8 words"
      return item
    }
  }

  static func gold(_ items: [KeptGold.Item] = items) -> KeptGold {
    var summary = KeptGold.Summary()
    summary.repeated = 2
    summary.hasLines = true
    let authors = [KeptGold.Author(id: "a", isPredator: false), KeptGold.Author(id: "b", isPredator: true)]
    let conversations = conversations
    return KeptGold(
      conversations: KeptRows(count: conversations.count) { conversations[$0] },
      items: KeptRows(count: items.count) { items[$0] },
      authors: KeptRows(count: authors.count) { authors[$0] }, summary: summary)
  }

  /// The scores of one run; `shift` moves the first.
  static func scores(shift: Double = 0) -> [KeptScore] {
    var first = KeptScore(score: 0.1 + 0.2 + shift)
    first.disclosure = 0.25
    first.top = .topupCondition
    first.track = .topup
    first.band = shift == 0 ? .watch : .review
    first.conversationBand = .high
    first.conversationTrack = .topup
    first.supportNeeded = false
    first.line = 1
    first.labels = [
      .init(label: .topupCondition, probability: 0.1 + 0.2), .init(label: .tradeRecruit, probability: 1e-7),
    ]
    var second = KeptScore(score: 0)
    second.disclosure = 0
    second.band = Band.none
    var third = KeptScore(score: 1)
    third.disclosure = 0.9
    third.band = Band.none
    third.supportNeeded = true
    third.line = 3
    return [first, second, third]
  }

  static let figures = [
    KeptFigure(
      population: "messages", dimension: "all", group: "all", head: "move", measure: "f1", items: 3, positives: 1,
      value: 2.0 / 3, low: 0.25, high: 1),
    KeptFigure(
      population: "turns", dimension: "voice", group: "kota, \"kecil\"", head: "move", measure: "precision", items: 0,
      positives: 0, value: .nan, low: .nan, high: .nan),
  ]

  static func result(_ run: KeptRun, shift: Double = 0) -> KeptResult {
    let scores = scores(shift: shift)
    return KeptResult(run: run, figures: figures, scores: KeptRows(count: scores.count) { scores[$0] })
  }
}

/// Takes everything that a store reads.
struct Collected: KeptGoldReader {
  var summary: KeptGold.Summary?
  var conversations: [KeptGold.Conversation] = []
  var authors: [KeptGold.Author] = []
  var items: [KeptGold.Item] = []

  mutating func read(_ summary: KeptGold.Summary) { self.summary = summary }
  mutating func read(_ conversation: KeptGold.Conversation) { conversations.append(conversation) }
  mutating func read(_ author: KeptGold.Author) { authors.append(author) }
  mutating func read(_ item: KeptGold.Item) { items.append(item) }
}
