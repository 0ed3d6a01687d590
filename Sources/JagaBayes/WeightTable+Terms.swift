import JagaCore
public import JagaText

extension WeightTable {
  /// Calls `body` with every feature of `window` that has weights, once each, and its row: the plain way to what ``TokenEvidence`` adds up.
  ///
  /// For explanations; allocates.
  public func forEachTerm(_ text: AnalyzedText, window: Range<Int>, _ body: (Feature, [Int16]) -> Void) {
    var features: [Feature] = []
    FeatureExtractor.extract(text, window: window, rows: index, into: &features)
    var seen: Set<UInt32> = []
    for feature in features {
      guard let row = index[feature.hash] else { continue }
      if feature.kind != .characters, !seen.insert(row).inserted { continue }
      body(feature, values(of: row))
    }
  }
}
