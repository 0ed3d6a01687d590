import Foundation
import JagaBatch
import JagaCore
import JagaScoring
import JagaTranscripts
import Testing
import TestSupport

@testable import JagaEvaluation

@Suite struct ScoreDifferenceTests {
  /// Interleaved conversations whose texts hold the fixture's phrases, some repeated, some malformed.
  private static func lines(_ count: Int, seed: UInt64) -> String {
    let texts = ["kristal gratis", "asal balas dulu", "kirim pr", "kristal murah", "tugas sekolah", "halo", "oke"]
    var random = SplitMix64(seed: seed)
    var last = ""
    return (0..<count).map { number in
      if number % 41 == 20 { return last }
      let text = texts[Int.random(in: 0..<texts.count, using: &random)]
      let author = Int.random(in: 0..<3, using: &random)
      let conversation = Int.random(in: 0..<30, using: &random)
      if number % 97 == 50 { return "{\"text\":" }
      if number % 31 == 7 { return "{\"text\":\"\(text)\"}" }
      last = """
        {"conversation_id":"c\(conversation)","message_id":"m\(number)","author_id":"a\(author)","text":"\(text)"}
        """
      return last
    }.joined(separator: "\n") + "\n"
  }

  /// The fixture's lexicon, and the same without its harmful entry and with a heavier one.
  private func scorers() throws -> (Scorer, Scorer) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("jaga-diff-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(atPath: Laboratory.folder + "/lexicons", toPath: folder.path)
    let path = folder.path + "/id/topup.yaml"
    var source = try String(contentsOfFile: path, encoding: .utf8)
    source = source.replacing("phrases: [\"kirim\"]", with: "phrases: [\"tidak ada di sini\"]")
    try source.write(toFile: path, atomically: true, encoding: .utf8)
    return (try Laboratory.scorer(), Scorer(model: try LexiconAlone.model(lexicons: folder.path)))
  }

  private func records(_ input: String, _ scorer: Scorer, _ settings: BatchSettings) throws -> [[String: Any]] {
    let collected = CollectedRecords()
    _ = try BatchRun(scorer: scorer, settings: settings, sink: collected, observer: collected)
      .process([.bytes(Array(input.utf8), name: "x.jsonl")])
    return collected.records
  }

  /// Whatever the number of threads and with conversations given up early, both sides are what a run of their own writes.
  @Test(arguments: [(1, 1 << 16), (2, 1 << 16), (3, 64)])
  func bothSidesAreWhatScoreSays(threads: Int, capacity: Int) throws {
    let (first, second) = try scorers()
    let input = Self.lines(700, seed: 4)
    var settings = BatchSettings()
    settings.threads = threads
    settings.conversationCapacity = capacity
    let sides = try [first, second].map { try records(input, $0, settings) }
    var levels = settings
    levels.level = .conversation
    let whole = try [first, second].map { try records(input, $0, levels) }
    let pairs = PairCollector()
    var reading = ReaderOptions()
    reading.chunkSize = 512
    let summary = try PairRun(first: first, second: second, settings: settings, observer: pairs)
      .process([.bytes(Array(input.utf8), name: "x.jsonl")], options: reading)
    #expect(summary.reading.malformed == 7)
    #expect(summary.reading.duplicates > 0)
    #expect(pairs.messages.count == sides[0].count)
    for (index, pair) in pairs.messages.enumerated() {
      for side in 0..<2 {
        #expect(pair[side].id == sides[side][index]["message_id"] as? String)
        #expect(pair[side].band == sides[side][index]["band"] as? String)
        #expect(abs(pair[side].score - (sides[side][index]["score"] as? Double ?? -1)) < 6e-7)
      }
    }
    #expect(pairs.conversations.count == whole[0].count)
    for (index, pair) in pairs.conversations.enumerated() {
      for side in 0..<2 {
        #expect(pair[side].id == whole[side][index]["conversation_id"] as? String)
        #expect(pair[side].band == whole[side][index]["band"] as? String)
      }
    }
  }

  @Test func countsAndReasons() throws {
    let (first, second) = try scorers()
    let input = """
      {"conversation_id":"c1","message_id":"m1","author_id":"a","text":"kirim pr"}
      {"conversation_id":"c1","message_id":"m2","author_id":"b","text":"halo"}
      {"conversation_id":"c2","message_id":"m3","author_id":"a","text":"kristal gratis"}

      """
    var changes: [ChangedMessage] = []
    let difference = ScoreDifference(first: first, second: second, observer: CollectedRecords()) { changes.append($0) }
    _ = try difference.run([.bytes(Array(input.utf8), name: "x.jsonl")], settings: BatchSettings())
    #expect(changes.map(\.messageID) == ["m1"])
    let change = try #require(changes.first)
    #expect(change.first.band == .watch && change.second.band == .none)
    #expect(change.stage == .topupRequest)
    #expect(change.cause == "lexicon:id.topup.request.planted-harmful")
    let reason = try #require(change.reasons.first { $0.head == "move" })
    #expect(abs(reason.logits.first - 1) < 1e-6 && reason.logits.second == 0)
    #expect(reason.range == SourceRange(begin: 0, end: 5))
    #expect(change.text == nil && change.words(of: reason) == nil)
    #expect(difference.counts.messages[.watch, .none] == 1)
    #expect(difference.counts.messages[.none, .none] == 1)
    #expect(difference.counts.messages.total == 3)
    #expect(difference.counts.messages.newlyAtReview == 0)
    #expect(difference.counts.conversations.total == 2)
    #expect(difference.counts.stages[.topupRequest]?.lowered == 1)
    #expect(difference.counts.causes["lexicon:id.topup.request.planted-harmful"]?.total == 1)
  }

  @Test func anEqualScorerChangesNothing() throws {
    let scorer = try Laboratory.scorer()
    let difference = ScoreDifference(first: scorer, second: scorer, observer: CollectedRecords()) { _ in
      Issue.record("a change between equal scorers")
    }
    _ = try difference.run([.bytes(Array(Self.lines(300, seed: 9).utf8), name: "x.jsonl")], settings: BatchSettings())
    #expect(difference.counts.changed == 0 && difference.counts.messages.changed == 0)
    #expect(difference.counts.messages.total > 200)
  }

  @Test func theMatrixAddsUp() {
    var matrix = BandMatrix()
    matrix[.none, .review] = 3
    matrix[.watch, .high] = 2
    matrix[.review, .high] = 5
    matrix[.high, .watch] = 7
    matrix[.none, .none] = 11
    #expect(matrix.total == 28)
    #expect(matrix.newlyAtReview == 5)
    #expect(matrix.newlyQuiet == 7)
    #expect(matrix.changed == 17)
  }
}

/// Keeps what a paired run tells.
private final class PairCollector: PairObserver {
  struct Side {
    var id: String
    var band: String
    var score: Double
  }

  var messages: [[Side]] = []
  var conversations: [[Side]] = []

  func compared(_ message: PairedMessage) {
    messages.append(
      [message.first, message.second].map { conclusion in
        Side(
          id: message.string(message.row.messageID), band: conclusion.band.name,
          score: FixedMath.sigmoid(conclusion.moveLogit))
      })
  }

  func compared(_ first: ConversationRecord, _ second: ConversationRecord) {
    conversations.append(
      [first, second].map { record in
        Side(
          id: String(decoding: record.conversationID, as: UTF8.self), band: record.summary.band.name,
          score: record.summary.score)
      })
  }

  func noticed(_ diagnostic: Diagnostic) {}
  func failed(_ error: TranscriptError) {}
  func progressed(_ progress: BatchProgress) {}
}
