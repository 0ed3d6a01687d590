import JagaCore
import JagaPollBot
import Testing

/// Rows of replies, each to be read alike.
enum UrgencyRows {
  static func check(
    _ rows: String, language: Language, disclosure: Double, band: Band = .none, expected: ReplyReading,
    location: SourceLocation = #_sourceLocation
  ) throws {
    let reader = try ReplyReaderTests.reader.get()
    let score = CueSamples.score(disclosure: disclosure, band: band, language: language)
    let lines = rows.split(separator: "\n").map(String.init)
    #expect(lines.count > 9, sourceLocation: location)
    for line in lines {
      var reading = reader.reading(of: line, score: score, question: nil)
      // What it is about has rows of its own.
      reading.concern = .general
      #expect(reading == expected, "\(line)", sourceLocation: location)
    }
  }
}
