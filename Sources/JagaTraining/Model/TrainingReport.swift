import JagaCore
import JagaScoring
import JagaTranscripts

/// How the heads did on voices they had not seen: figures for a log, not a substitute for evaluation.
public struct TrainingReport: Sendable {
  /// Which voices it was measured on, for a heading.
  public let voices: String
  /// Labelled messages.
  public let messages: Int
  /// Area under the ROC curve of moves against everything else; NaN when one side is missing.
  public let moveAUC: Double
  /// Area under the ROC curve of disclosures against everything else.
  public let disclosureAUC: Double
  /// Share of moves whose top label is among the gold labels.
  public let topLabelShare: Double
  /// Share of moves found, and of other messages wrongly taken for one, at probability 0.5.
  public let recall: Double
  /// See ``recall``.
  public let falseAlarms: Double

  /// Share of risky transcripts that reach review, of others that do, and of disclosures that are offered support.
  public let transcriptRecall: Double
  /// See ``transcriptRecall``.
  public let transcriptFalseAlarms: Double
  /// See ``transcriptRecall``.
  public let supportShare: Double
  /// Median of first alert minus first risk over risky transcripts that alarm, in messages; NaN when none does.
  public let medianLag: Double
  /// One line a transcript, by id: gold label, band, top label, lag. Never text.
  package let transcripts: [TranscriptOutcome]

  init(
    _ sums: [[Double]], observed: ObservedCorpus, scalings: [Parameters.Scaling], transcripts: [TranscriptOutcome],
    voices: String
  ) {
    self.voices = voices
    self.transcripts = transcripts
    let risky = transcripts.filter(\.isRisky)
    let other = transcripts.filter { !$0.isRisky }
    let told = transcripts.filter { $0.label == .disclosure }
    func share(_ part: [TranscriptOutcome], _ test: (TranscriptOutcome) -> Bool) -> Double {
      Double(part.filter(test).count) / Double(part.count)
    }
    transcriptRecall = share(risky) { $0.band >= .review }
    transcriptFalseAlarms = share(other) { $0.band >= .review }
    supportShare = share(told) { $0.supportNeeded }
    let lags = risky.compactMap { outcome in
      outcome.firstAlert.flatMap { alert in outcome.firstRisk.map { Double(alert - $0) } }
    }.sorted()
    medianLag = lags.isEmpty ? .nan : lags[lags.count / 2]

    var move: [(Double, Bool)] = []
    var disclosure: [(Double, Bool)] = []
    var moves = 0
    var hits = 0
    var found = 0
    var alarms = 0
    let scaling = scalings[Head.move]
    for (index, message) in observed.messages.enumerated() where !sums[index].isEmpty {
      move.append((sums[index][Head.move], message.isMove))
      disclosure.append((sums[index][Head.disclosure], message.isDisclosure))
      let logit = sums[index][Head.move] * Double(scaling.slope) / 4096 + Double(scaling.intercept) / 274_877_906_944
      if message.isMove {
        moves += 1
        if logit >= 0 { found += 1 }
        let top = (0..<Label.moveCount).max { sums[index][$0] < sums[index][$1] } ?? 0
        if message.labels & (1 << UInt32(top)) != 0 { hits += 1 }
      } else if logit >= 0 {
        alarms += 1
      }
    }
    messages = move.count
    moveAUC = TrainingReport.area(move)
    disclosureAUC = TrainingReport.area(disclosure)
    topLabelShare = Double(hits) / Double(moves)
    recall = Double(found) / Double(moves)
    falseAlarms = Double(alarms) / Double(move.count - moves)
  }

  /// The probability that a positive outranks a negative, ties counted half (Mann–Whitney).
  static func area(_ pairs: [(Double, Bool)]) -> Double {
    let sorted = pairs.sorted { $0.0 < $1.0 }
    var rank = 0
    var sum = 0.0
    var positives = 0.0
    while rank < sorted.count {
      var end = rank
      while end < sorted.count, sorted[end].0 == sorted[rank].0 { end += 1 }
      let middle = Double(rank + end + 1) / 2
      for index in rank..<end where sorted[index].1 {
        sum += middle
        positives += 1
      }
      rank = end
    }
    let negatives = Double(sorted.count) - positives
    return (sum - positives * (positives + 1) / 2) / (positives * negatives)
  }
}
