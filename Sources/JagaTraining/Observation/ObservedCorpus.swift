import JagaScoring

/// Every labelled message of some voices, analysed once, transcripts message by message in their order.
package struct ObservedCorpus: Sendable {
  package let voices: [String]
  package let messages: [ObservedMessage]
  /// Their chunks among ``Observations/chunks``.
  let chunks: Range<Int>

  /// Deals all voices into folds, in their order.
  package func folds(_ count: Int) -> [Set<Int>] { ObservedCorpus.deal(Array(voices.indices), folds: count) }

  /// Deals some voices into folds, one after the other: at least two folds, and none without a voice where there are two voices.
  package static func deal(_ voices: [Int], folds count: Int) -> [Set<Int>] {
    let used = max(2, min(count, voices.count))
    return (0..<used).map { fold in
      Set(stride(from: fold, to: voices.count, by: used).map { voices[$0] })
    }
  }
}
