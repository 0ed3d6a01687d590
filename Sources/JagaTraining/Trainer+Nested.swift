import JagaCore
import JagaScoring

/// What the inner folds chose for one outer fold.
public struct TunedFold: Sendable {
  /// The voices that it judged.
  public let voices: [String]
  /// The combination chosen, such as `token-penalty=1`; empty when there was nothing to choose.
  public let choice: String
  /// The mean of the areas of moves and of disclosures that it reached in the inner folds; NaN when there was nothing to choose.
  public let innerArea: Double
}

extension Trainer {
  /// A nested cross-validation: for every outer fold, settings and scaling come from inner folds over the other voices, so that neither the
  /// figures nor the probabilities have seen what they are judged on. Cost: outer folds · (inner folds · combinations + 1) trainings.
  func crossValidate(tuning: Tuning, unit: String) throws -> CrossValidation {
    var sums = [[Double]](repeating: [], count: observed.messages.count)
    var transcripts: [TranscriptOutcome] = []
    var folds: [TunedFold] = []
    for fold in observed.folds(options.folds) {
      let rest = observed.voices.indices.filter { !fold.contains($0) }
      guard !rest.isEmpty else { continue }
      let chosen = choose(among: tuning, voices: rest)
      let trainer = with(chosen.options)
      let scalings = trainer.fitScalings(chosen.sums, of: observed)
      let fit = trainer.learn(voices: rest)
      for (index, row) in trainer.crossFit([FittedFold(voices: fold, fit: fit)]).enumerated() where !row.isEmpty {
        // Logits, since every fold has a scaling of its own.
        sums[index] = zip(row, scalings).map { $1.logit($0) }
      }
      if options.variant == .hybrid { transcripts += try trainer.outcomes(of: fold, fit: fit, scalings: scalings) }
      folds.append(
        TunedFold(
          voices: fold.sorted().map { observed.voices[$0] }, choice: chosen.name, innerArea: chosen.area))
    }
    return CrossValidation(
      sums, trainer: self, scalings: [Parameters.Scaling](repeating: .identity, count: Head.count),
      transcripts: transcripts, voices: "out of fold over \(unit)s, nested", folds: folds)
  }

  /// The combination whose inner folds rank best, the earlier one of equals, and its sums.
  private func choose(
    among tuning: Tuning, voices: [Int]
  ) -> (name: String, options: Options, area: Double, sums: [[Double]]) {
    let candidates = tuning.candidates(from: options)
    var best: (name: String, options: Options, area: Double, sums: [[Double]])?
    for candidate in candidates {
      let sums = with(candidate.options).crossFit(within: voices, folds: tuning.folds)
      let area = candidates.count > 1 ? meanArea(sums) : .nan
      if best.map({ area > $0.area || $0.area.isNaN && !area.isNaN }) ?? true {
        best = (candidate.name, candidate.options, area, sums)
      }
    }
    return best ?? ("", options, .nan, [])
  }

  /// The mean of the areas under the curves of moves and of disclosures, as far as they are defined.
  private func meanArea(_ sums: [[Double]]) -> Double {
    let areas = [Head.move, Head.disclosure].map { head in
      TrainingReport.area(
        zip(observed.messages, sums).filter { !$1.isEmpty }.map { message, row in
          (row[head], head == Head.move ? message.isMove : message.isDisclosure)
        })
    }.filter(\.isFinite)
    return areas.reduce(0, +) / Double(areas.count)
  }
}
