internal import Hummingbird
internal import JagaBatch
internal import JagaCore

/// In what the offsets of evidence are counted.
enum OffsetUnit: String, Sendable, CaseIterable {
  /// Bytes of UTF-8; what `jaga score` writes.
  case utf8 = "utf-8"
  /// Unicode scalars: what Python counts.
  case scalars = "unicode"
  /// UTF-16 code units: what JavaScript, Java and .NET count.
  case utf16 = "utf-16"

  /// The query's `offsets`. Throws a ``Problem`` for an unknown one.
  init(query request: Request) throws(Problem) {
    guard let value = request.uri.queryParameters["offsets"] else {
      self = .utf8
      return
    }
    guard let unit = OffsetUnit(rawValue: String(value)) else {
      throw Problem(
        .badRequest, "query",
        "'offsets' in the query is one of \(OffsetUnit.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self = unit
  }

  /// Counts the ranges of a record's evidence in this unit instead of bytes.
  func convert(_ record: inout ScoreRecord, text batch: MessageBatch, row: Int) {
    guard self != .utf8, !record.score.evidence.isEmpty || !record.score.contributions.isEmpty else { return }
    batch.bytes.withUnsafeBufferPointer { bytes in
      let units = units(bytes.part(batch.rows[row].text))
      for place in record.score.evidence.indices {
        record.score.evidence[place].range = converted(record.score.evidence[place].range, units)
      }
      for place in record.score.contributions.indices {
        record.score.contributions[place].range = converted(record.score.contributions[place].range, units)
      }
    }
  }

  /// How many units precede each byte, and one entry for the end.
  func units(_ text: UnsafeBufferPointer<UInt8>) -> [Int32] {
    var counts: [Int32] = []
    counts.reserveCapacity(text.count + 1)
    var before: Int32 = 0
    for byte in text {
      counts.append(before)
      // A character's first byte counts for the whole; four bytes are two units of UTF-16.
      if byte & 0xC0 != 0x80 { before += self == .utf16 && byte >= 0xF0 ? 2 : 1 }
    }
    counts.append(before)
    return counts
  }

  private func converted(_ range: SourceRange?, _ units: [Int32]) -> SourceRange? {
    guard let range, units.indices.contains(Int(range.begin)), units.indices.contains(Int(range.end)) else {
      return range
    }
    return SourceRange(begin: units[Int(range.begin)], end: units[Int(range.end)])
  }
}
