import Foundation
import JagaTranscripts
import Testing

@testable import JagaEvaluation

/// Problems 1 and 2 of PAN12 by hand, on an invented file.
@Suite struct PAN12PlanTests {
  private static let xml = """
    <conversations>
      <conversation id="c1">
        <message line="1"><author>p</author><time>10:00</time><text>satu</text></message>
        <message line="2"><author>x</author><time>10:01</time><text>dua</text></message>
        <message line="3"><author>p</author><time>10:02</time><text>tiga</text></message>
      </conversation>
      <conversation id="c2">
        <message line="1"><author>q</author><time>10:00</time><text>empat</text></message>
        <message line="2"><author>y</author><time>10:01</time><text>lima</text></message>
      </conversation>
      <conversation id="c3"><message line="1"><author>z</author><time>1:00</time><text>enam</text></message></conversation>
    </conversations>
    """
  private static let said: [(String, String, Double, String)] = [
    ("c1", "1", 0.2, "none"), ("c1", "2", 0.9, "watch"), ("c1", "3", 0.8, "review"), ("c2", "1", 0.6, "watch"),
    ("c2", "2", 0.7, "high"), ("c3", "1", 0.1, "none"),
  ]

  private func tables() throws -> (GoldTable, PredictionTable) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("pan12.xml")
    try Data(PAN12PlanTests.xml.utf8).write(to: file)
    let gold = try GoldTable(
      GoldSources(
        files: [.file(file.path)], authors: .bytes(Array("p\nq\nabsent\n".utf8), name: "authors.txt"),
        lines: .bytes(Array("c1\t1\nc1\t3\nc2\t1\nc9\t1\n".utf8), name: "lines.txt")))
    let lines = PAN12PlanTests.said.map { conversation, line, score, band in
      "{\"conversation_id\":\"\(conversation)\",\"message_id\":\"\(line)\",\"score\":\(score),\"band\":\"\(band)\"}\n"
    }
    return (gold, try PredictionTable(.bytes(Array(lines.joined().utf8), name: "p"), gold: gold))
  }

  @Test func byHand() throws {
    let (gold, predictions) = try tables()
    #expect(gold.counts.absentAuthors == 1 && gold.counts.absentLines == 1)
    #expect(gold.conversations.map(\.isRisky) == [true, true, false])
    let evaluation = Evaluation(gold: gold, predictions: [predictions], options: Sample.options(resamples: 20))
    func value(_ population: Population, _ head: String, _ measure: Measure) -> Double {
      evaluation.figure(population, .all, "all", head, measure)?.estimates[0].value ?? .infinity
    }
    // Retrieved: p (review) and y (high). Relevant: p, q and one who is nowhere. TP 1, FP 1, FN 2.
    #expect(value(.authors, "author", .precision) == 0.5)
    #expect(isSame(value(.authors, "author", .recall), 1.0 / 3))
    #expect(isSame(value(.authors, "author", .fHalf), 1.25 / (1.25 + 0.25 * 2 + 1)))
    // Lines from 0.5 on by retrieved authors: c1/3 and c2/2. Relevant: c1/1, c1/3, c2/1, c9/1. TP 1, FP 1, FN 3.
    #expect(value(.lines, "line", .precision) == 0.5)
    #expect(value(.lines, "line", .recall) == 0.25)
    #expect(isSame(value(.lines, "line", .f3), 10.0 / (10 + 9 * 3 + 1)))
    // Both conversations with a predator are alarmed about, at messages 3 and 2.
    #expect(value(.transcripts, "alarm", .f1) == 1)
    #expect(isSame(value(.transcripts, "alarm", .speed), Latency.speed([2, 3])))
    #expect(value(.transcripts, "alarm", .lagMedian).isNaN)
  }

  @Test func withoutTruthThereIsNothingToJudge() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("pan12.xml")
    try Data(PAN12PlanTests.xml.utf8).write(to: file)
    #expect(
      sentence { _ = try GoldTable(GoldSources(files: [.file(file.path)])) }
        == "\(file.path): PAN12 XML has no labels; give its truth with --pan12-authors, --pan12-lines or both")
  }
}
