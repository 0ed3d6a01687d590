import JagaCore
import JagaPollBot
import Testing

struct ReplyReaderTests {
  static let reader = try? ReplyReader.bundled()

  private func reading(_ text: String, _ score: MessageScore, question: String? = nil) throws -> ReplyReading {
    try #require(ReplyReaderTests.reader).reading(of: text, score: score, question: question)
  }

  @Test func theScoreDecidesWhetherThereIsACase() throws {
    let rows: [(disclosure: Double, band: Band, reading: ReplyReading)] = [
      (0, .none, ReplyReading(action: .none)), (0.49, .none, ReplyReading(action: .none)),
      (0.5, .none, ReplyReading(action: .support, urgency: .ongoing)),
      (0.9, .high, ReplyReading(action: .support, urgency: .ongoing)),
      (0.2, .high, ReplyReading(action: .escalate, urgency: .ongoing)),
      (0.2, .review, ReplyReading(action: .review, urgency: .ongoing)),
      (0.2, .watch, ReplyReading(action: .watch)),
    ]
    for row in rows {
      #expect(try reading("ada yang aneh", CueSamples.score(disclosure: row.disclosure, band: row.band)) == row.reading)
    }
  }
}
