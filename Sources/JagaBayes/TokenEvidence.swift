import JagaCore
public import JagaText

/// Adds up the weights of a message's features. Reused working memory; one per thread.
public struct TokenEvidence: Sendable {
  /// The features of the window last summed.
  public private(set) var features: [Feature] = []
  private var stamps: [UInt32]
  private var stamp: UInt32 = 0

  /// Working memory for a table.
  public init(table: WeightTable) {
    stamps = [UInt32](repeating: 0, count: table.count)
    features.reserveCapacity(4 * FeatureExtractor.windowTokens)
  }

  /// Adds the weights of `window` to `sums` (``Head/stride`` values), each feature once (characters once for every distinct word), and returns the number of content tokens.
  ///
  /// Int32 cannot overflow: a window holds at most 32 tokens with at most 54 features each, and a weight is at most 2^15.
  public mutating func add(
    _ text: AnalyzedText, window: Range<Int>, table: WeightTable, to sums: UnsafeMutablePointer<Int32>
  ) -> Int {
    features.removeAll(keepingCapacity: true)
    let words = FeatureExtractor.extract(text, window: window, rows: table.index, into: &features)
    nextStamp()
    for feature in features {
      guard let row = table.index[feature.hash] else { continue }
      if feature.kind != .characters {
        if stamps[Int(row)] == stamp { continue }
        stamps[Int(row)] = stamp
      }
      table.add(row, to: sums)
    }
    return words
  }

  /// Calls `body` with every feature of `window` that has weights, once each, and its row. For explanations and training.
  public mutating func forEachTerm(
    _ text: AnalyzedText, window: Range<Int>, table: WeightTable,
    _ body: (Feature, [Int16]) -> Void
  ) {
    features.removeAll(keepingCapacity: true)
    FeatureExtractor.extract(text, window: window, rows: table.index, into: &features)
    nextStamp()
    for feature in features {
      guard let row = table.index[feature.hash] else { continue }
      if feature.kind != .characters {
        if stamps[Int(row)] == stamp { continue }
        stamps[Int(row)] = stamp
      }
      body(feature, table.values(of: row))
    }
  }

  private mutating func nextStamp() {
    stamp &+= 1
    guard stamp == 0 else { return }
    for index in stamps.indices { stamps[index] = 0 }
    stamp = 1
  }
}
