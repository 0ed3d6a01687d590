import Foundation
import JagaCore
import JagaScoring
import JagaTranscripts
import Testing

@testable import JagaTraining

/// Which voices are read, and for what.
@Suite struct TrainingCorpusTests {
  private static let all = ["a", "b", "c", "d"]

  @Test func voicesGoWhereTheSplitSays() throws {
    let folder = try CorpusFolder(
      split: #"{"train": ["b", "a"], "calibration": ["c"], "test": ["d"]}"#, voices: Self.all)
    let corpus = try TrainingCorpus(directory: folder.path)
    #expect(corpus.voices.map(\.name) == ["a", "b"])
    #expect(corpus.calibration.map(\.name) == ["c"])
    #expect(corpus.voices[0].messages.map(\.message.text).first == "kirim foto itu dulu a")
    #expect(corpus.calibration[0].messages.count == 7 && corpus.calibration[0].transcripts.count == 1)
  }

  @Test func calibrationMayBeLeftOut() throws {
    let folder = try CorpusFolder(split: #"{"train": ["a", "b", "c"], "test": ["d"]}"#, voices: Self.all)
    let corpus = try TrainingCorpus(directory: folder.path)
    #expect(corpus.voices.count == 3 && corpus.calibration.isEmpty)
  }

  /// A split, and the voice that it gets wrong: in no list, or in one without a folder.
  @Test(arguments: [
    (#"{"train": ["a", "b"], "calibration": ["c"], "test": []}"#, "d"),
    (#"{"train": ["a", "b"], "test": ["d"]}"#, "c"),
    (#"{"train": ["a", "b"], "calibration": ["c", "x"], "test": ["d"]}"#, "x"),
    (#"{"train": ["a", "b", "y"], "calibration": ["c"], "test": ["d"]}"#, "y"),
    (#"{"train": ["a", "b"], "calibration": ["c"], "test": ["d", "z"]}"#, "z"),
  ]) func aSplitThatMissesAVoiceIsRefused(_ split: String, _ voice: String) throws {
    let folder = try CorpusFolder(split: split, voices: Self.all)
    #expect(throws: CorpusError.badSplit(path: folder.path + "/splits.json", voice: voice)) {
      try TrainingCorpus(directory: folder.path)
    }
  }

  @Test(arguments: [
    "", "[]", #"{"train": ["a"]}"#, #"{"train": "a", "test": []}"#, #"{"train": [], "calibration": 1, "test": []}"#,
  ])
  func aSplitThatIsNoneIsRefused(_ split: String) throws {
    let folder = try CorpusFolder(split: split, voices: ["a"])
    #expect(throws: CorpusError.self) { try TrainingCorpus(directory: folder.path) }
  }

  /// Whoever only tests is never opened: a file that cannot be read in the folder of a test voice is no fault, in any other it is.
  @Test(arguments: ["train", "calibration", "test"]) func testVoicesAreNeverOpened(_ role: String) throws {
    var lists = ["train": ["a", "b"], "calibration": ["c"], "test": [String]()]
    lists[role, default: []].append("d")
    let split = String(decoding: try JSONEncoder().encode(lists), as: UTF8.self)
    let folder = try CorpusFolder(split: split, voices: Self.all)
    #expect(throws: Never.self) { try TrainingCorpus(directory: folder.path) }
    try folder.write("{\"text\": broken\n", to: "voices/d/messages.jsonl")
    func read() throws { _ = try TrainingCorpus(directory: folder.path) }
    func judge() throws { _ = try Trainer.crossValidate(.corpora(folder.path), lexicons: TrainerTests.lexicons) }
    guard role == "test" else {
      #expect(throws: (any Error).self) { try read() }
      #expect(throws: (any Error).self) { try judge() }
      return
    }
    try read()
    try judge()
    try FileManager.default.removeItem(atPath: folder.path + "/voices/d/transcripts.jsonl")
    try read()
    _ = try Trainer.train(corpora: folder.path, lexicons: TrainerTests.lexicons, name: "test")
  }

  @Test func messagesKeepTheirQuestions() throws {
    let folder = try CorpusFolder(split: #"{"train": ["a"], "test": []}"#, voices: ["a"])
    try folder.write(
      """
      {"id":"a-0","text":"ya","labels":["disclosure"],"question":"apa ada yang minta foto?"}
      {"id":"a-1","text":"ya","labels":["benign"]}

      """, to: "voices/a/messages.jsonl")
    let corpus = try TrainingCorpus(directory: folder.path)
    #expect(corpus.voices[0].messages.map(\.question) == ["apa ada yang minta foto?", nil])
  }
}
