public import JagaCore

/// Weights of features for every head, found by hash. One section of a model.
///
/// A row has ``Head/stride`` columns; a column holds the evidence, in units of 1/``Head/unitsPerLogit`` logit, that the feature adds to that
/// head before length scaling. Most features say something to the two outer heads alone: their rows are stored as those two columns. A whole row is
/// stored in steps of ``wideStep`` units, within ±127 of them: coarse enough for one byte a column, fine enough that sums of dozens of
/// them err by a few hundredths of a logit.
public struct WeightTable: Sendable {
  /// From feature hash to row.
  public let index: HashIndex
  /// Units of a step of a whole row.
  public static let wideStep = 16

  /// Sorts out most features without weights.
  private let filter: FeatureFilter
  /// Whole rows, one after the other.
  @usableFromInline let wide: Table<Int8>
  /// Rows of the two outer heads, numbered after the whole ones.
  @usableFromInline let narrow: Table<Int16>
  @usableFromInline let wideCount: Int
  /// What the tokens' evidence is multiplied by, in 1/65536, for 0…``FeatureExtractor/windowTokens`` content tokens.
  public let lengthScale: Table<Int32>

  /// Sorts out most features without weights, before they are looked up.
  @inline(__always)
  public var featureFilter: FeatureFilter.View { filter.view }

  /// The row of a feature, or nil: the one way to look features up that scoring and explanations share.
  public func row(of hash: UInt64) -> UInt32? { filter.view.mayHold(hash) ? index[hash] : nil }

  /// The number of features.
  public var count: Int { index.count }

  /// Reads and checks a section that ``encode(rows:lengthScale:)`` wrote.
  public init(section: Section) throws(SectionError) {
    var reader = SectionReader(section)
    index = try HashIndex(reading: &reader)
    filter = try FeatureFilter(reading: &reader)
    wide = try reader.table(of: Int8.self)
    narrow = try reader.table(of: Int16.self)
    wideCount = wide.count / Head.stride
    lengthScale = try reader.table(of: Int32.self)
    guard wide.count % Head.stride == 0, narrow.count % 2 == 0, wideCount + narrow.count / 2 == index.count else {
      throw .invalid(what: "weight rows")
    }
    guard lengthScale.count == FeatureExtractor.windowTokens + 1 else { throw .invalid(what: "length scale") }
    for scale in lengthScale.buffer where scale < 0 || scale > 65536 { throw .invalid(what: "length scale") }
    let limit = UInt32(index.count)
    var isValid = true
    index.forEachValue { row in isValid = isValid && row < limit }
    guard isValid else { throw .invalid(what: "weight index") }
  }

  /// Adds a row to ``Head/stride`` sums. Cost: one cache line of weights, for most features a part of one.
  @inline(__always)
  public func add(_ row: UInt32, to sums: UnsafeMutablePointer<Int32>) {
    let number = Int(row)
    if number >= wideCount {
      let place = (number &- wideCount) &* 2
      sums[Head.move] &+= Int32(narrow[place])
      sums[Head.disclosure] &+= Int32(narrow[place &+ 1])
      return
    }
    let begin = number &* Head.stride
    for column in 0..<Head.stride { sums[column] &+= Int32(wide[begin &+ column]) &* Int32(WeightTable.wideStep) }
  }

  /// Adds a row: a whole one to `steps`, one of the outer heads to `sums`. With ``StepSums/flush(into:)`` the two are what ``add(_:to:)`` adds.
  @inlinable
  public func add(_ row: UInt32, to sums: UnsafeMutablePointer<Int32>, in steps: borrowing StepSums) {
    let number = Int(row)
    if number < wideCount, let base = wide.buffer.baseAddress {
      steps.add(base + number &* Head.stride, to: sums)
    } else if let base = narrow.buffer.baseAddress {
      let place = (number &- wideCount) &* 2
      sums[Head.move] &+= Int32(base[place])
      sums[Head.disclosure] &+= Int32(base[place &+ 1])
    }
  }

  /// What a row says to the two outer heads. Cost: one load.
  @inlinable
  public func outer(of row: UInt32) -> OuterWeights {
    var weights = OuterWeights()
    let number = Int(row)
    if number < wideCount, let base = wide.buffer.baseAddress {
      weights.move = Int16(base[number &* Head.stride &+ Head.move]) &* Int16(WeightTable.wideStep)
      weights.disclosure = Int16(base[number &* Head.stride &+ Head.disclosure]) &* Int16(WeightTable.wideStep)
    } else if let base = narrow.buffer.baseAddress {
      weights.move = base[(number &- wideCount) &* 2]
      weights.disclosure = base[(number &- wideCount) &* 2 &+ 1]
    }
    return weights
  }

  /// A whole row; allocates, for explanations.
  public func values(of row: UInt32) -> [Int16] {
    let number = Int(row)
    if number < wideCount {
      return wide.buffer[number * Head.stride..<(number + 1) * Head.stride].map {
        Int16($0) * Int16(WeightTable.wideStep)
      }
    }
    var values = [Int16](repeating: 0, count: Head.stride)
    values[Head.move] = narrow[(number - wideCount) * 2]
    values[Head.disclosure] = narrow[(number - wideCount) * 2 + 1]
    return values
  }

  /// The section's bytes. Whole rows come first, then the others, each in the order of their hashes, so equal weights give equal bytes.
  public static func encode(rows: [UInt64: [Int16]], lengthScale: [Int32]) -> [UInt8] {
    var builder = HashIndexBuilder()
    var wide: [Int8] = []
    var narrow: [Int16] = []
    let hashes = rows.keys.filter { $0 != 0 }.sorted()
    func column(_ number: Int, of hash: UInt64) -> Int16 {
      guard let row = rows[hash], number < row.count else { return 0 }
      return row[number]
    }
    func isWide(_ hash: UInt64) -> Bool {
      (0..<Head.stride).contains { $0 != Head.move && $0 != Head.disclosure && column($0, of: hash) != 0 }
    }
    var next: UInt32 = 0
    for hash in hashes where isWide(hash) {
      builder.set(hash, to: next)
      next += 1
      for number in 0..<Head.stride {
        let steps = (Double(column(number, of: hash)) / Double(wideStep)).rounded()
        wide.append(Int8(max(-127, min(127, steps))))
      }
    }
    for hash in hashes where !isWide(hash) {
      builder.set(hash, to: next)
      next += 1
      narrow.append(column(Head.move, of: hash))
      narrow.append(column(Head.disclosure, of: hash))
    }
    var writer = SectionWriter()
    builder.write(to: &writer)
    writer.append(table: FeatureFilter.encode(hashes, count: hashes.count))
    writer.append(table: wide)
    writer.append(table: narrow)
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
