import Foundation
import JagaBatch
import JagaCore
import JagaScoring
import JagaTranscripts
import Testing

@testable import JagaEvaluation

/// A small lexicon with planted faults over 42 messages, all figures by hand.
enum Laboratory {
  static var folder: String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/laboratory").path
  }

  static var inputs: [TranscriptInput] {
    [.file(folder + "/messages.jsonl"), .file(folder + "/transcripts.jsonl")]
  }

  static func scorer() throws -> Scorer { Scorer(model: try LexiconAlone.model(lexicons: folder + "/lexicons")) }

  static func evaluation(_ change: (inout LexiconEvaluation.Options) -> Void = { _ in }) throws -> LexiconEvaluation {
    var options = LexiconEvaluation.Options()
    change(&options)
    return LexiconEvaluation(try LabelledMessages(reading: inputs), scorer: try scorer(), options: options)
  }
}

@Suite struct LexiconEvaluationTests {
  /// The exact findings: nothing is missing, and nothing else is said.
  @Test func whatWasPlantedIsFoundAndNothingElse() throws {
    for seed in [1, 2, 77] as [UInt64] {
      let entries = try Laboratory.evaluation { $0.seed = seed }.entries
      let findings = Dictionary(
        uniqueKeysWithValues: entries.map { ($0.voter.id, $0.findings) }.filter { !$0.1.isEmpty })
      #expect(
        findings == [
          "id.topup.payment.planted-dead": [.dead], "id.topup.offer.planted-redundant": [.redundant],
          "id.topup.request.planted-harmful": [.harmful], "id.trade.advertise.planted-conflicting": [.conflicting],
        ])
      #expect(entries.prefix(4).map { $0.findings.first } == [.harmful, .conflicting, .redundant, .dead])
      #expect(entries.count == 8)
    }
  }

  @Test func setFigures() throws {
    let evaluation = try Laboratory.evaluation { $0.resamples = 0 }
    #expect(evaluation.messages == 42)
    #expect(evaluation.moves == 21)
    #expect(evaluation.conversations == 36)
    // Every move has at least two logits of votes, every other message at most one.
    #expect(evaluation.area == 1)
    // 21 of 21 moves found, and the 8 harmless messages with "kirim".
    #expect(abs(evaluation.f1 - 42.0 / 50) < 1e-12)
  }

  /// Fractions counted in the fixture by hand.
  @Test func fractions() throws {
    let evaluation = try Laboratory.evaluation { $0.resamples = 0 }
    let nan = Double.nan
    let rows:
      [(id: String, found: Int, precision: Double, base: Double, moves: Double, overlap: Double, conflict: Double)] = [
        ("id.topup.offer.sound", 13, 1, 13.0 / 42, 1, 5.0 / 13, 5.0 / 13),
        ("id.topup.offer.planted-redundant", 5, 1, 13.0 / 42, 1, 1, 0),
        ("id.topup.condition.sound", 6, 1, 6.0 / 42, 1, 3.0 / 6, 0),
        ("id.topup.rule.after-offer", 3, 1, 6.0 / 42, 1, 1, 0),
        ("id.topup.request.planted-harmful", 9, 0, 0, 1.0 / 9, 0, 0),
        ("id.trade.advertise.planted-conflicting", 7, 2.0 / 7, 2.0 / 42, 1, 0, 5.0 / 7),
        ("id.benign.school.sound", 6, 1, 0.5, 0, 0, 0),
        ("id.topup.payment.planted-dead", 0, nan, 0, nan, nan, nan),
      ]
    for row in rows {
      let entry = try #require(evaluation.entries.first { $0.voter.id == row.id })
      #expect(entry.count == row.found, "\(row.id)")
      #expect(abs(entry.coverage - Double(row.found) / 42) < 1e-12)
      for (value, expected) in [
        (entry.precision.value, row.precision), (entry.base, row.base), (entry.moves, row.moves),
        (entry.overlap, row.overlap), (entry.conflict, row.conflict),
      ] {
        #expect(expected.isNaN ? value.isNaN : abs(value - expected) < 1e-12, "\(row.id): \(value), not \(expected)")
      }
    }
  }

  @Test func gains() throws {
    let evaluation = try Laboratory.evaluation { $0.resamples = 0 }
    func entry(_ id: String) throws -> EntryFigures { try #require(evaluation.entries.first { $0.voter.id == id }) }
    // Without it its eight harmless messages are no moves: F1 would be 1.
    #expect(abs(try entry("id.topup.request.planted-harmful").f1Gain.value - (42.0 / 50 - 1)) < 1e-12)
    // No message is labelled with what it speaks for.
    #expect(try entry("id.topup.request.planted-harmful").recallGain.value.isNaN)
    // Without it two moves are lost: 38 / (19 + 8 + 21).
    #expect(abs(try entry("id.trade.advertise.planted-conflicting").f1Gain.value - (42.0 / 50 - 38.0 / 48)) < 1e-12)
    #expect(try entry("id.trade.advertise.planted-conflicting").recallGain.value == 1)
    #expect(try entry("id.topup.offer.sound").recallGain.value == 1)
    #expect(try entry("id.topup.offer.planted-redundant").coveredBy == "id.topup.offer.sound")
    #expect(try entry("id.topup.offer.planted-redundant").areaGain.value == 0)
    // Without the condition's entry three moves have no vote but a rule's half logit, below the 8 harmless messages with "kirim"; two have none at all,
    // below these 8, and tie with the 7 without any vote; one has the one logit of "kirim" and ties with the 8.
    let pairs: [Double] = [3 * 8, 2 * 8, 2 * 3.5, 4]
    let lost = pairs.reduce(0, +) / 441
    #expect(abs(try entry("id.topup.condition.sound").areaGain.value - lost) < 1e-12)
  }

  @Test func wrongInstancesByID() throws {
    let entries = try Laboratory.evaluation { $0.wrongLimit = 3 }.entries
    let conflicting = try #require(entries.first { $0.voter.id == "id.trade.advertise.planted-conflicting" })
    #expect(conflicting.wrongCount == 5)
    #expect(conflicting.wrong.map(\.id) == ["m01", "m02", "m03"])
    #expect(conflicting.wrong.allSatisfy { $0.labels == [.topupOffer] && $0.text == nil })
    let shown = try Laboratory.evaluation { $0.withText = true }.entries
    #expect(shown.first { $0.wrongCount > 0 }?.wrong.first?.text != nil)
  }

  @Test func equalSeedsGiveEqualBytesAndNoTextIsInThem() throws {
    func bytes(_ seed: UInt64) throws -> [String] {
      let report = LexiconReport(try Laboratory.evaluation { $0.seed = seed })
      let buffers = (0..<3).map { _ in ByteBuffer() }
      report.writeTable(wrong: 5, to: buffers[0])
      report.writeJSON(to: buffers[1])
      report.writeCSV(to: buffers[2])
      return buffers.map(\.string)
    }
    let first = try bytes(5)
    #expect(try bytes(5) == first)
    #expect(try bytes(6) != first)
    for text in first {
      #expect(!text.contains("kristal") && !text.contains("kirim") && !text.contains("nan"))
    }
  }

  @Test func intervalsHoldTheFigure() throws {
    for entry in try Laboratory.evaluation().entries where entry.count > 0 {
      for figure in [entry.precision, entry.areaGain, entry.f1Gain] where !figure.value.isNaN {
        #expect(figure.low <= figure.value && figure.value <= figure.high, "\(entry.voter.id)")
      }
    }
    // None of 9 in 9 conversations: Wilson's upper bound z²/(9 + z²).
    let harmful = try Laboratory.evaluation().entries[0]
    #expect(abs(harmful.precision.high - 3.841458820694124 / 12.841458820694124) < 1e-12)
    #expect(harmful.precision.low == 0)
  }

  /// The area and F1 are those of the scores that the program writes.
  @Test func theFiguresAreThoseOfTheScores() throws {
    let table = FiringTable(
      observing: try LabelledMessages(reading: Laboratory.inputs), scorer: try Laboratory.scorer())
    let collected = CollectedRecords()
    var settings = BatchSettings()
    settings.explains = true
    let run = BatchRun(scorer: try Laboratory.scorer(), settings: settings, sink: collected, observer: collected)
    _ = try run.process([Laboratory.inputs[1]])
    let scores = collected.records.compactMap { $0["score"] as? Double }
    #expect(scores.count == 9)
    for (score, message) in zip(scores, table.messages.suffix(9)) {
      #expect(abs(score - FixedMath.sigmoid(message.moveLogit)) < 1e-6)
    }
  }

  @Test func nothingLabelledIsAnError() {
    let input = TranscriptInput.bytes(Array("{\"text\":\"halo\"}\n".utf8), name: "plain.jsonl")
    #expect(throws: LexiconLaboratoryError.noLabels(files: ["plain.jsonl"])) { try LabelledMessages(reading: [input]) }
  }
}

/// Keeps the records of a run.
final class CollectedRecords: RecordSink, BatchObserver {
  private var bytes: [UInt8] = []

  func write(_ bytes: UnsafeBufferPointer<UInt8>) throws { self.bytes.append(contentsOf: bytes) }
  func noticed(_ diagnostic: Diagnostic) {}
  func failed(_ error: TranscriptError) {}
  func progressed(_ progress: BatchProgress) {}

  /// The JSON lines as dictionaries.
  var records: [[String: Any]] {
    bytes.split(separator: UInt8(ascii: "\n")).compactMap {
      (try? JSONSerialization.jsonObject(with: Data($0))) as? [String: Any]
    }
  }
}
