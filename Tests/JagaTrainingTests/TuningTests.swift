import JagaCore
import JagaScoring
import Testing

@testable import JagaTraining

/// Settings chosen in inner folds.
@Suite struct TuningTests {
  private static func error(_ grids: [String]) -> Tuning.GridError? {
    var tuning = Tuning()
    do {
      for grid in grids { try tuning.add(grid) }
      return nil
    } catch { return error }
  }

  @Test func gridsAreCombined() throws {
    var tuning = Tuning()
    try tuning.add("token-penalty=0.5,2")
    try tuning.add("trust=0,0.1,1")
    let candidates = tuning.candidates(from: Trainer.Options())
    #expect(
      candidates.map(\.name) == [
        "token-penalty=0.5 trust=0", "token-penalty=0.5 trust=0.1", "token-penalty=0.5 trust=1",
        "token-penalty=2 trust=0",
        "token-penalty=2 trust=0.1", "token-penalty=2 trust=1",
      ])
    #expect(candidates.map(\.options.learner.tokenPenalty) == [0.5, 0.5, 0.5, 2, 2, 2])
    #expect(candidates.map(\.options.learner.trust) == [0, 0.1, 1, 0, 0.1, 1])
    try tuning.add("trust=0.3")
    #expect(tuning.candidates(from: Trainer.Options()).map(\.options.learner.trust) == [0.3, 0.3])
    #expect(Tuning().candidates(from: Trainer.Options()).map(\.name) == [""])
  }

  @Test func everySettingSetsItsOwnOption() {
    let plain = Trainer.Options()
    func values(_ options: Trainer.Options) -> [Double] {
      [
        options.learner.tokenPenalty, options.learner.characterFactor, options.learner.conceptPairFactor,
        options.learner.entryPenalty, options.learner.trust, options.lengthPivot, options.lengthExponent,
        options.realShare,
      ]
    }
    for (number, setting) in Tuning.settings.enumerated() {
      var options = plain
      setting.set(&options, 77)
      var expected = values(plain)
      expected[number] = 77
      #expect(values(options) == expected, "\(setting.name)")
    }
    #expect(Set(Tuning.names).count == values(plain).count)
  }

  @Test(
    arguments: [
      (["token-penalty"], .form("token-penalty")), (["token-penalty="], .form("token-penalty=")),
      (["a=b=c"], .form("a=b=c")), (["colour=1"], .unknown("colour")),
      (["trust=1,"], .value("", setting: "trust")), (["trust=-1"], .value("-1", setting: "trust")),
      (["trust=nan"], .value("nan", setting: "trust")),
      (["trust=0,1,2,3,4,5,6,7,8", "real-share=0,1,2,3,4,5,6,7"], .tooMany(72)),
    ] as [([String], Tuning.GridError)])
  func wrongGridsAreRefused(_ grids: [String], _ expected: Tuning.GridError) {
    #expect(Self.error(grids) == expected)
  }

  /// Voices whose words tell their labels; voice 3 alone has its labels turned round.
  private static func trainer() throws -> Trainer {
    let voices = (0..<4).map { number in
      let (moves, harmless) =
        number == 3 ? (CorpusFolder.harmless, CorpusFolder.moves) : (CorpusFolder.moves, CorpusFolder.harmless)
      return HeldOutTests.voice("v\(number)", moves: moves, harmless: harmless)
    }
    var options = Trainer.Options()
    options.folds = 4
    return try Trainer(
      corpus: TrainingCorpus(voices: voices), sources: Trainer.compile(lexicons: TrainerTests.lexicons),
      options: options)
  }

  /// What is chosen for a fold, and its scaling, come from the other voices alone: by hand for one fold.
  @Test func aFoldIsJudgedByWhatTheOthersChose() throws {
    let trainer = try Self.trainer()
    var tuning = Tuning()
    tuning.folds = 2
    try tuning.add("trust=0,1")
    let result = try trainer.crossValidate(tuning: tuning, unit: "voice")
    #expect(result.folds.map(\.voices) == [["v0"], ["v1"], ["v2"], ["v3"]])
    let rest = [0, 1, 2]
    func area(_ options: Trainer.Options) -> Double {
      let sums = trainer.with(options).crossFit(within: rest, folds: 2)
      #expect(zip(trainer.observed.messages, sums).allSatisfy { ($1.isEmpty) == ($0.voice == 3) })
      let areas = [Head.move, Head.disclosure].map { head in
        TrainingReport.area(
          zip(trainer.observed.messages, sums).filter { !$1.isEmpty }.map {
            ($1[head], head == Head.move ? $0.isMove : $0.isDisclosure)
          })
      }.filter(\.isFinite)
      return areas.reduce(0, +) / Double(areas.count)
    }
    let candidates = tuning.candidates(from: trainer.options)
    let areas = candidates.map { area($0.options) }
    let best = areas[1] > areas[0] ? 1 : 0
    #expect(result.folds[3].choice == candidates[best].name && result.folds[3].innerArea == areas[best])
    let chosen = trainer.with(candidates[best].options)
    let scalings = chosen.fitScalings(chosen.crossFit(within: rest, folds: 2), of: trainer.observed)
    let fit = chosen.learn(voices: rest)
    let expected = trainer.observed.messages.filter { $0.voice == 3 }.map {
      scalings[Head.move].probability(fit.logits(of: $0)[Head.move])
    }
    let found = result.predictions.filter { $0.voice == "v3" }.map(\.score)
    #expect(found.count == 7 && zip(found, expected).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(result.report.voices == "out of fold over voices, nested")
    // Voice 3 says the contrary of the others, and nothing of it reached its own judgement.
    let moves = zip(trainer.observed.messages.filter { $0.voice == 3 }, found).filter { $0.0.isMove }.map(\.1)
    let harmless = zip(trainer.observed.messages.filter { $0.voice == 3 }, found).filter { !$0.0.isMove }.map(\.1)
    #expect((moves.max() ?? 1) < (harmless.min() ?? 0))
  }

  @Test func dealtVoicesAreEachInOneFold() {
    for count in 2...9 {
      for folds in 2...12 {
        let voices = (0..<count).map { 10 + $0 }
        let dealt = ObservedCorpus.deal(voices, folds: folds)
        #expect(dealt.reduce(0) { $0 + $1.count } == count && Set(dealt.flatMap { $0 }) == Set(voices))
        #expect(dealt.allSatisfy { !$0.isEmpty } && dealt.count == min(count, folds))
      }
    }
  }
}
