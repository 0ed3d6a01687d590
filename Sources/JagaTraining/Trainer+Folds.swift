import JagaBayes
import JagaCore

/// A model that never saw the voices that it is to judge.
package struct FittedFold: Sendable {
  /// The voices that it judges.
  let voices: Set<Int>
  /// What the others' messages taught.
  let fit: FittedVoices
}

extension Trainer {
  /// One model for every fold of all voices.
  func fitFolds() -> [FittedFold] { fitFolds(within: Array(observed.voices.indices), folds: options.folds) }

  /// One model for every fold of some voices, learned from the others of them. Folds are learned side by side.
  func fitFolds(within voices: [Int], folds count: Int) -> [FittedFold] {
    let folds = ObservedCorpus.deal(voices, folds: count).filter { $0.count < voices.count }
    return workers.map(folds.count) { number, _ in
      FittedFold(voices: folds[number], fit: learn(voices: voices.filter { !folds[number].contains($0) }))
    }
  }

  /// The sums of every labelled message under a model that never saw its voice, in the order of the observed rows.
  package func crossFit() -> [[Double]] { crossFit(fitFolds()) }

  /// The same among some voices alone; messages of the others have no sums.
  func crossFit(within voices: [Int], folds: Int) -> [[Double]] { crossFit(fitFolds(within: voices, folds: folds)) }

  /// The same under models at hand.
  func crossFit(_ folds: [FittedFold]) -> [[Double]] {
    var sums = [[Double]](repeating: [], count: observed.messages.count)
    for fold in folds {
      let indices = observed.messages.indices.filter { fold.voices.contains(observed.messages[$0].voice) }
      let found = self.sums(of: indices.map { observed.messages[$0] }, fit: fold.fit)
      for (index, row) in zip(indices, found) { sums[index] = row }
    }
    return sums
  }

  /// The sums of some messages under one model.
  func sums(of messages: [ObservedMessage], fit: FittedVoices) -> [[Double]] {
    let pieces = (messages.count + 255) / 256
    return workers.map(pieces) { piece, _ in
      messages[Workers.part(piece, of: pieces, in: messages.count)].map { fit.logits(of: $0) }
    }.flatMap { $0 }
  }
}
