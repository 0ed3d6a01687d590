import JagaCore

extension WeightTable {
  /// Calls `body` with every listed feature that has weights, once each, and its row: the plain way to what ``TokenEvidence`` adds up.
  ///
  /// For explanations and tests; allocates.
  public func forEachRow(of features: [Feature], _ body: (Feature, UInt32) -> Void) {
    var seen: Set<UInt32> = []
    for feature in features {
      guard let row = row(of: feature.hash) else { continue }
      if feature.kind != .characters, !seen.insert(row).inserted { continue }
      body(feature, row)
    }
  }
}
