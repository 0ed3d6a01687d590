import JagaCore
import JagaTranscripts
import Testing

@testable import JagaTraining

/// What must not be split between folds.
@Suite struct CrossValidationSourceTests {
  private static func message(
    _ id: String, voice: String? = nil, author: String = "", conversation: String? = nil
  ) -> GoldMessage {
    var message = Message(text: "ayo", labels: [.benign])
    message.messageID = id
    message.authorID = author
    message.conversationID = conversation ?? "record-" + id
    return GoldMessage(message: message, voice: voice, isAlone: conversation == nil)
  }

  private static func transcript(_ id: String, voice: String? = nil, authors: [String]) -> GoldTranscript {
    let messages = authors.map { author in
      var message = Message(text: "ayo", labels: [.benign])
      message.authorID = author
      return message
    }
    return GoldTranscript(id: id, messages: messages, voice: voice)
  }

  /// The ids of each part, messages before transcripts.
  private static func parts(
    _ unit: CrossValidationSource.Unit, _ messages: [GoldMessage], _ transcripts: [GoldTranscript] = []
  ) -> [[String]] {
    var gold = GoldReader.Gold()
    gold.messages = messages
    gold.transcripts = transcripts
    return unit.parts(of: gold).map { $0.messages.map(\.message.messageID) + $0.transcripts.map(\.id) }
  }

  @Test func voicesStayTogether() {
    let messages = [
      Self.message("1", voice: "a"), Self.message("2", voice: "b"), Self.message("3"), Self.message("4", voice: "a"),
      Self.message("5"),
    ]
    let chats = [
      Self.transcript("t", voice: "b", authors: ["x", "y"]), Self.transcript("u", voice: "c", authors: ["x"]),
    ]
    #expect(Self.parts(.voice, messages, chats) == [["1", "4"], ["2", "t"], ["3", "5"], ["u"]])
  }

  /// Conversations that share an author stay together, over any number of steps; an author's id is no conversation's.
  @Test func authorsStayTogether() {
    let messages = [
      Self.message("1", author: "x"), Self.message("2", author: "y", conversation: "c"), Self.message("3"),
      Self.message("4", author: "z", conversation: "c"), Self.message("5", author: "c"), Self.message("6"),
    ]
    #expect(Self.parts(.author, messages) == [["1"], ["2", "4"], ["3"], ["5"], ["6"]])
    let chain = [
      Self.transcript("t", authors: ["p", "q"]), Self.transcript("u", authors: ["r", "s"]),
      Self.transcript("v", authors: ["o"]), Self.transcript("w", authors: ["q", "r"]),
    ]
    #expect(Self.parts(.author, [], chain) == [["t", "u", "w"], ["v"]])
    #expect(Self.parts(.author, [Self.message("1", author: "s")], chain) == [["1", "t", "u", "w"], ["v"]])
  }

  @Test func conversationsStayTogether() {
    let messages = [
      Self.message("1", author: "x", conversation: "c"), Self.message("2", author: "x"),
      Self.message("3", author: "y", conversation: "c"),
    ]
    let chats = [Self.transcript("t", authors: ["x"]), Self.transcript("u", authors: ["x"])]
    #expect(Self.parts(.conversation, messages, chats) == [["1", "3"], ["2"], ["t"], ["u"]])
  }

  @Test func generatedAuthorsAreNeverInTwoParts() {
    var random = DeterministicRandom(seed: 7)
    for round in 0..<50 {
      let chats = (0..<30).map { number in
        Self.transcript("t\(number)", authors: (0..<2).map { _ in "a\(random.next() % 40)" })
      }
      var gold = GoldReader.Gold()
      gold.transcripts = chats
      let parts = CrossValidationSource.Unit.author.parts(of: gold)
      var seen: Set<String> = []
      for part in parts {
        let authors = Set(part.transcripts.flatMap { $0.messages.map(\.authorID) })
        #expect(seen.isDisjoint(with: authors), "round \(round)")
        seen.formUnion(authors)
      }
      #expect(parts.reduce(0) { $0 + $1.transcripts.count } == 30)
    }
  }

  @Test func onePartCannotBeDealt() throws {
    let folder = try CorpusFolder(split: "{}", voices: ["a"])
    let files = [folder.path + "/voices/a/messages.jsonl"]
    let expected = CorpusError.tooFewParts(files: files, unit: "voice", found: 1)
    #expect(throws: expected) { try CrossValidationSource.files(files, by: .voice).corpus() }
    #expect(
      expected.description
        == "\(files[0]): has 1 part that no voice links to another, and folds need two; give more data or another --by")
    #expect(try CrossValidationSource.files(files, by: .conversation).corpus().voices.count == 7)
    try folder.write("{\"id\":\"1\",\"text\":\"ayo\"}\n{\"id\":\"2\",\"text\":\"ya\"}\n", to: "bare.jsonl")
    let bare = [folder.path + "/bare.jsonl"]
    #expect(throws: CorpusError.unlabelled(files: bare)) {
      try CrossValidationSource.files(bare, by: .conversation).corpus()
    }
  }
}
