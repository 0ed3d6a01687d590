import Foundation
import JagaCore
import JagaScoring
import JagaTranscripts
import Testing

@testable import JagaTraining

/// Scaling on calibration voices, judgement of voices by models that never saw them, and questions before their answers.
@Suite struct HeldOutTests {
  static func voice(_ name: String, moves: [String], harmless: [String]) -> Voice {
    Voice(
      name: name,
      messages: (moves.map { Message(text: $0, labels: [.topupRequest]) }
        + harmless.map { Message(text: $0, labels: [.benign]) }).map { GoldMessage(message: $0) },
      transcripts: [])
  }

  private static func trainer(calibration: [Voice]) throws -> Trainer {
    let voices = ["a", "b", "c"].map { name in
      voice(
        name, moves: CorpusFolder.moves.map { $0 + " " + name }, harmless: CorpusFolder.harmless.map { $0 + " " + name }
      )
    }
    return try Trainer(
      corpus: TrainingCorpus(voices: voices, calibration: calibration),
      sources: Trainer.compile(lexicons: TrainerTests.lexicons), options: Trainer.Options())
  }

  private static let usual = voice(
    "d", moves: ["kirim foto dulu", "foto itu mana", "isi dulu ya"],
    harmless: ["besok makan", "buku siang", "jam tiga"])
  /// The same texts with their labels turned round.
  private static let turned = voice(
    "d", moves: ["besok makan", "buku siang", "jam tiga"],
    harmless: ["kirim foto dulu", "foto itu mana", "isi dulu ya"])

  private static func parameters(_ trained: TrainedModel) throws -> Parameters {
    try Model.open(bytes: trained.bytes).parameters
  }

  @Test func scalingComesFromCalibrationVoices() throws {
    let trainer = try Self.trainer(calibration: [Self.usual])
    let trained = try trainer.train(name: "test")
    let fit = trainer.learn(voices: [0, 1, 2])
    let sums = trainer.calibration.messages.map { fit.logits(of: $0) }
    let found = try Self.parameters(trained)
    #expect(found.scalings == trainer.fitScalings(sums, of: trainer.calibration))
    #expect(found.scalings != trainer.fitScalings(trainer.crossFit(), of: trainer.observed))
    #expect(trained.report.messages == 6 && trained.report.voices == "on calibration voices")
  }

  /// Another calibration moves scalings and nothing else: no weight, no vote, no prior has seen it.
  @Test func weightsNeverSeeCalibrationVoices() throws {
    let trainers = try [[Self.usual], [Self.turned], []].map { try Self.trainer(calibration: $0) }
    let fits = trainers.map { $0.learn(voices: [0, 1, 2]).sections }
    for fit in fits.dropFirst() {
      #expect(fit.weights == fits[0].weights && fit.votes == fits[0].votes && fit.priors == fits[0].priors)
    }
    let parameters = try trainers.map { try Self.parameters($0.train(name: "test")) }
    #expect(parameters[0].priors == parameters[1].priors && parameters[1].priors == parameters[2].priors)
    #expect(parameters[0].scalings != parameters[1].scalings && parameters[0].scalings != parameters[2].scalings)
    #expect(parameters[0].scalings[Head.move].slope > parameters[1].scalings[Head.move].slope)
  }

  /// Without both sorts of messages nothing can be fitted to calibration voices: the training voices judge each other.
  @Test func calibrationOfOneSortFallsBackToFolds() throws {
    let onlyHarmless = Self.voice("d", moves: [], harmless: ["besok makan"])
    let onlyMoves = Self.voice("d", moves: ["kirim foto"], harmless: [])
    let without = try Self.trainer(calibration: []).train(name: "test")
    #expect(without.report.voices == "out of fold over voices" && without.report.messages == 21)
    for calibration in [[onlyHarmless], [onlyMoves]] {
      let trained = try Self.trainer(calibration: calibration).train(name: "test")
      #expect(trained.report.voices == without.report.voices && trained.report.messages == 21)
      #expect(try Self.parameters(trained).scalings == Self.parameters(without).scalings)
    }
  }

  @Test func everyVoiceButTheTestOnesIsJudged() throws {
    let folder = try CorpusFolder(
      split: #"{"train": ["d", "a", "b"], "calibration": ["c"], "test": ["t"]}"#, voices: ["a", "b", "c", "d", "t"])
    var options = Trainer.Options()
    options.folds = 2
    let result = try Trainer.crossValidate(.corpora(folder.path), lexicons: TrainerTests.lexicons, options: options)
    let expected = ["a", "b", "c", "d"].flatMap { voice in
      (0..<7).map { "\(voice)-\($0)" } + ["\(voice)-t#0", "\(voice)-t#1"]
    }
    #expect(result.predictions.map(\.id) == expected)
    #expect(result.predictions.allSatisfy { $0.id.hasPrefix($0.voice + "-") })
    #expect(
      result.predictions.allSatisfy { (0...1).contains($0.score) && (0...1).contains($0.disclosure) && $0.top.isMove })
    #expect(result.report.messages == expected.count && result.report.voices == "out of fold over voices")
    let moves = result.predictions.filter { $0.id.hasSuffix("-0") }.map(\.score)
    let harmless = result.predictions.filter { $0.id.hasSuffix("-3") }.map(\.score)
    #expect((moves.min() ?? 0) > (harmless.max() ?? 1))
    #expect(result.report.transcripts.map(\.id).sorted() == ["a-t", "b-t", "c-t", "d-t"])
    let again = try Trainer.crossValidate(.corpora(folder.path), lexicons: TrainerTests.lexicons, options: options)
    #expect(again.predictions.map(\.score) == result.predictions.map(\.score))
  }

  /// A voice is judged by the others alone: its own labels do not reach its ranks.
  @Test func aVoiceDoesNotJudgeItself() throws {
    func sums(_ last: Voice) throws -> [Double] {
      let voices = [
        Self.voice("a", moves: CorpusFolder.moves, harmless: CorpusFolder.harmless),
        Self.voice("b", moves: CorpusFolder.moves, harmless: CorpusFolder.harmless), last,
      ]
      let trainer = try Trainer(
        corpus: TrainingCorpus(voices: voices), sources: Trainer.compile(lexicons: TrainerTests.lexicons),
        options: Trainer.Options())
      let own = zip(trainer.observed.messages, trainer.crossFit()).filter { $0.0.voice == 2 }
      return own.map { $1[Head.move] }
    }
    let usual = try sums(Self.usual)
    let turned = try sums(Self.turned)
    #expect(usual.count == 6 && usual == Array(turned[3...] + turned[..<3]))
  }

  /// The question that a message answers is observed before it, by somebody else; without one a rule over earlier messages is silent.
  @Test func aQuestionIsObservedBeforeItsAnswer() throws {
    let folder = try CorpusFolder(split: "{}", voices: [])
    try folder.write(
      """
      language: id
      track: disclosure
      entries:
        - {id: id.disclosure.asked, phrases: [diancam], note: n}
        - {id: id.disclosure.yes, phrases: [iya], note: n}
      rules:
        - id: id.disclosure.rule.yes
          when: {hit: id.disclosure.yes}
          earlier: [{any: id.disclosure.asked, author: other, within: 1}]
          votes: {disclosure: 3}
          note: n

      """, to: "lexicons/id/disclosure.yaml")
    let answer = Message(text: "iya", labels: [.disclosure])
    let questions: [(question: String?, fires: Bool)] = [
      ("pernah diancam?", true), ("sudah makan?", false), (nil, false), ("pernah diancam?", true),
    ]
    let voice = Voice(
      name: "a", messages: questions.map { GoldMessage(message: answer, question: $0.question) }, transcripts: [])
    let trainer = try Trainer(
      corpus: TrainingCorpus(voices: [voice], calibration: [voice]),
      sources: Trainer.compile(lexicons: folder.path + "/lexicons"), options: Trainer.Options())
    for observed in [trainer.observed, trainer.calibration] {
      #expect(observed.messages.count == 4, "a question is no message to learn from")
      #expect(observed.messages.map { !trainer.rules(of: $0).isEmpty } == questions.map(\.fires))
      #expect(observed.messages.map { trainer.votes(of: $0)[Head.disclosure] > 0 } == questions.map(\.fires))
      #expect(Set(observed.messages.map(\.words)) == [1], "its words are not those of the answer")
    }
  }
}
