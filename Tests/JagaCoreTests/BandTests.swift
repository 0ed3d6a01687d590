import JagaCore
import Testing

@Suite struct BandTests {
  @Test func bandsRiseInUrgency() {
    #expect(Band.allCases == [.none, .watch, .review, .high])
    for (index, band) in Band.allCases.enumerated() {
      #expect(Int(band.rawValue) == index)
      for (otherIndex, other) in Band.allCases.enumerated() { #expect((band < other) == (index < otherIndex)) }
    }
  }

  @Test func bandNamesReadBack() {
    #expect(Band.allCases.map(\.name) == ["none", "watch", "review", "high"])
    for band in Band.allCases {
      #expect(Band(name: band.name) == band)
      #expect(band.staticName.description == band.name)
    }
    for name in ["", "None", "urgent", "high "] { #expect(Band(name: name) == nil) }
  }

  @Test func languageNames() {
    #expect(Language.allCases.map(\.name) == ["id", "en", "mix", "other"])
    #expect(Language.allCases.map(\.rawValue) == [0, 1, 2, 3])
    for language in Language.allCases { #expect(language.staticName.description == language.name) }
  }
}
