public import JagaCore

/// Weights of features for every head: one row of ``Head/stride`` fixed-point values a feature, found by hash. One section of a model.
///
/// A column holds the evidence, in units of 1/``Head/unitsPerLogit`` logit, that the feature adds to that head before length scaling.
public struct WeightTable: Sendable {
  /// From feature hash to row.
  public let index: HashIndex
  /// Rows, one after the other.
  public let rows: Table<Int16>
  /// What the tokens' evidence is multiplied by, in 1/65536, for 0…``FeatureExtractor/windowTokens`` content tokens.
  public let lengthScale: Table<Int32>

  /// The number of features.
  public var count: Int { index.count }

  /// Reads and checks a section that ``encode(rows:lengthScale:)`` wrote.
  public init(section: Section) throws(SectionError) {
    var reader = SectionReader(section)
    index = try HashIndex(reading: &reader)
    rows = try reader.table(of: Int16.self)
    lengthScale = try reader.table(of: Int32.self)
    guard rows.count == index.count * Head.stride else { throw .invalid(what: "weight rows") }
    guard lengthScale.count == FeatureExtractor.windowTokens + 1 else { throw .invalid(what: "length scale") }
    for scale in lengthScale.buffer where scale < 0 || scale > 65536 { throw .invalid(what: "length scale") }
    let limit = UInt32(index.count)
    var isValid = true
    index.forEach { _, row in isValid = isValid && row < limit }
    guard isValid else { throw .invalid(what: "weight index") }
  }

  /// The section's bytes. Rows are stored in the order of their hashes, so equal weights give equal bytes.
  public static func encode(rows: [UInt64: [Int16]], lengthScale: [Int32]) -> [UInt8] {
    var builder = HashIndexBuilder()
    var table: [Int16] = []
    table.reserveCapacity(rows.count * Head.stride)
    var next: UInt32 = 0
    for hash in rows.keys.sorted() where hash != 0 {
      builder.set(hash, to: next)
      next += 1
      let row = rows[hash] ?? []
      for column in 0..<Head.stride { table.append(column < row.count ? row[column] : 0) }
    }
    var writer = SectionWriter()
    builder.write(to: &writer)
    writer.append(table: table)
    writer.append(table: lengthScale)
    return writer.bytes
  }

  /// `65536 · min(1, (pivot / n)^exponent)` for every n: evidence of long messages is divided by a power of their length,
  /// against double counting of words that say the same thing. Messages of up to `pivot` tokens count in full.
  public static func lengthScale(pivot: Double, exponent: Double) -> [Int32] {
    (0...FeatureExtractor.windowTokens).map { count in
      guard Double(count) > pivot else { return 65536 }
      return Int32(FixedMath.power(pivot / Double(count), exponent) * 65536)
    }
  }
}
