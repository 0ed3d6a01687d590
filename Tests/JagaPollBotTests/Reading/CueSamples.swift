import JagaCore

/// Scores as the engine gives them, made by hand.
enum CueSamples {
  static func score(
    disclosure: Double = 0, band: Band = .none, language: Language = .id, sources: [String] = []
  ) -> MessageScore {
    MessageScore(
      score: 0, band: band, top: .disclosure, labels: [], disclosure: disclosure, language: language,
      contributions: sources.map { Contribution(head: "disclosure", range: nil, logit: 1, source: $0) })
  }
}
