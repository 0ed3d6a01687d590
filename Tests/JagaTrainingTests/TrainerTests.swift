import Foundation
import JagaCore
import JagaScoring
import JagaTranscripts
import Testing

@testable import JagaTraining

/// Whole trainings on a corpus of a few dozen messages.
@Suite struct TrainerTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../..").standardized.path

  static let lexicons = root + "/Tests/JagaTrainingTests/Fixtures/lexicons"

  private static func corpus() -> TrainingCorpus {
    func voice(_ name: String, _ suffix: String) -> Voice {
      let moves = ["kirim foto itu dulu", "foto kamu dulu baru aku isi", "mana foto yang itu"]
      let harmless = ["besok ulangan bab tiga", "ayo makan siang", "nanti latihan jam empat", "buku ini bagus"]
      let told = ["aku takut dia sebar", "temanku diancam orang", "aku malu cerita"]
      return Voice(
        name: name,
        messages: (moves.map { Message(text: $0 + suffix, labels: [.topupRequest]) }
          + harmless.map { Message(text: $0 + suffix, labels: [.benign]) }
          + told.map { Message(text: $0 + suffix, labels: [.disclosure]) }).map { GoldMessage(message: $0) },
        transcripts: [])
    }
    return TrainingCorpus(voices: [voice("a", " ya"), voice("b", " dong"), voice("c", " sih")])
  }

  private static func trained(_ corpus: TrainingCorpus = corpus()) throws -> TrainedModel {
    let sources = try Trainer.compile(lexicons: root + "/Tests/JagaTrainingTests/Fixtures/lexicons")
    return try Trainer(corpus: corpus, sources: sources, options: Trainer.Options()).train(name: "test")
  }

  @Test func theSameCorpusGivesTheSameBytes() throws {
    #expect(try Self.trained().bytes == Self.trained().bytes)
  }

  /// Threads share out the work and leave no mark on it: with folds, with calibration voices, and from files.
  @Test func anyNumberOfThreadsGivesTheSameBytes() throws {
    var corpora = [Self.corpus(), Self.corpus()]
    corpora[1].calibration = [corpora[1].voices.removeLast()]
    let folder = try CorpusFolder(
      split: #"{"train": ["d", "a", "b"], "calibration": ["c"], "test": ["t"]}"#, voices: ["a", "b", "c", "d", "t"])
    let sources = try Trainer.compile(lexicons: Self.lexicons)
    func bytes(threads: Int) throws -> [[UInt8]] {
      var options = Trainer.Options()
      options.threads = threads
      let trained = try corpora.map { try Trainer(corpus: $0, sources: sources, options: options).train(name: "test") }
      let files = try Trainer.train(corpora: folder.path, lexicons: Self.lexicons, name: "test", options: options)
      return (trained + [files]).map(\.bytes)
    }
    let one = try bytes(threads: 1)
    #expect(one[0] != one[1])
    for threads in 2...3 { #expect(try bytes(threads: threads) == one, "\(threads) threads") }
  }

  @Test func anotherCorpusGivesOtherBytes() throws {
    var other = Self.corpus()
    other.voices.removeLast()
    #expect(try Self.trained().bytes != Self.trained(other).bytes)
  }

  @Test func whatItLearnedItScores() throws {
    let scorer = Scorer(model: try Model.open(bytes: Self.trained().bytes))
    let move = scorer.score("foto dulu baru aku isi")
    #expect(move.score > scorer.score("besok latihan").score)
    #expect(move.top == .topupRequest)
    #expect(scorer.score("aku takut diancam").disclosure > scorer.score("ayo makan").disclosure)
  }

  /// Rare words of training text must not stand in the bundle.
  @Test func theBundleHoldsNoWords() throws {
    var corpus = Self.corpus()
    let name = "zkwxqvjunik"
    for index in corpus.voices.indices {
      let voice = corpus.voices[index]
      corpus.voices[index] = Voice(
        name: voice.name,
        messages: voice.messages + [GoldMessage(message: Message(text: "halo \(name)", labels: [.benign]))],
        transcripts: [])
    }
    let bytes = try Self.trained(corpus).bytes
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(!text.contains(name))
  }

  /// Every message is judged by a model that never saw its voice.
  @Test func foldsSplitVoicesNotMessages() throws {
    let sources = try Trainer.compile(lexicons: Self.root + "/Tests/JagaTrainingTests/Fixtures/lexicons")
    let trainer = try Trainer(corpus: Self.corpus(), sources: sources, options: Trainer.Options())
    let folds = trainer.observed.folds(5)
    #expect(folds.count == 3)
    #expect(Set(folds.joined()) == [0, 1, 2])
    #expect(folds.reduce(0) { $0 + $1.count } == 3)
    let sums = trainer.crossFit()
    #expect(sums.count == 30 && sums.allSatisfy { $0.count == Head.count })
  }

  @Test func faultyLexiconsAreNamed() {
    #expect(throws: LexiconFaults.self) {
      try Trainer.compile(lexicons: Self.root + "/Tests/JagaTrainingTests/Fixtures/faulty-lexicons")
    }
  }
}
