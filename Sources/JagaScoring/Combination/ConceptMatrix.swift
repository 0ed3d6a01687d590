public import JagaBayes
public import JagaCore

/// The rows of all pairs of concepts that have weights, found by the numbers of the two: one bit a pair, and the rows in the order of the bits.
///
/// A message of ordinary length has hundreds of such pairs. Looking each up by its hash would go to three far places of memory; here the bits of one
/// first concept lie in two or three cache lines, and its rows beside each other. It says nothing that the weights' own index does not: it is
/// derived from it when a bundle is written, so that nothing needs to be built at the start.
public struct ConceptMatrix: Sendable {
  /// For each entry the number of its concept; ``none`` for an entry that stands for none.
  let numbers: Table<UInt16>
  /// For each concept its row alone, or `PlacedRow.noRow`.
  let singles: Table<UInt32>
  /// For each concept `width` words: bit `b` of word `w` says that a pair with follower `64 · w + b` has weights.
  private let bits: Table<UInt64>
  /// For each word of ``bits`` the place in ``rows`` of its first pair.
  private let starts: Table<UInt32>
  private let rows: Table<UInt32>
  private let width: Int

  /// The number of an entry without a concept.
  static let none = UInt16.max

  /// Reads and checks a section that ``encode(concepts:weights:)`` wrote for this many entries and rows.
  init(section: Section, entries: Int, rowCount: Int) throws(SectionError) {
    var reader = SectionReader(section)
    numbers = try reader.table(of: UInt16.self)
    singles = try reader.table(of: UInt32.self)
    bits = try reader.table(of: UInt64.self)
    starts = try reader.table(of: UInt32.self)
    rows = try reader.table(of: UInt32.self)
    width = (singles.count + 63) / 64
    guard numbers.count == entries, singles.count < Int(ConceptMatrix.none), bits.count == singles.count * width,
      starts.count == bits.count
    else { throw .invalid(what: "concept pairs") }
    var isValid = true
    for number in numbers.buffer { isValid = isValid && (number == ConceptMatrix.none || Int(number) < singles.count) }
    for row in singles.buffer { isValid = isValid && (row == PlacedRow.noRow || Int(row) < rowCount) }
    for row in rows.buffer { isValid = isValid && Int(row) < rowCount }
    var total = 0
    for word in 0..<bits.count {
      isValid = isValid && Int(starts[word]) == total
      total += bits[word].nonzeroBitCount
    }
    guard isValid, total == rows.count else { throw .invalid(what: "concept pairs") }
  }

  /// The row of two concepts in this order, or `PlacedRow.noRow`. Cost: one load for a pair without weights, three for one with.
  @inline(__always)
  func row(_ first: UInt16, _ second: UInt16) -> UInt32 {
    let word = Int(first) &* width &+ Int(second >> 6)
    let held = bits[word]
    let bit = UInt64(1) &<< UInt64(second & 63)
    guard held & bit != 0 else { return PlacedRow.noRow }
    return rows[Int(starts[word]) &+ (held & (bit &- 1)).nonzeroBitCount]
  }

  /// The section's bytes. `concepts` holds the hash of each entry's concept, 0 for none; at most 65,534 different ones have a number.
  public static func encode(concepts: [UInt64], weights: WeightTable) -> [UInt8] {
    var numbers: [UInt64: UInt16] = [:]
    var hashes: [UInt64] = []
    let numbered = concepts.map { concept -> UInt16 in
      guard concept != 0 else { return none }
      if let known = numbers[concept] { return known }
      guard hashes.count < Int(none) - 1 else { return none }
      numbers[concept] = UInt16(hashes.count)
      hashes.append(concept)
      return UInt16(hashes.count - 1)
    }
    let width = (hashes.count + 63) / 64
    var bits = [UInt64](repeating: 0, count: hashes.count * width)
    var starts = [UInt32](repeating: 0, count: bits.count)
    var rows: [UInt32] = []
    for (first, concept) in hashes.enumerated() {
      for (second, follower) in hashes.enumerated() {
        let word = first * width + second / 64
        if second % 64 == 0 { starts[word] = UInt32(rows.count) }
        let hash = ConceptEvidence.hash(pair: concept, follower)
        guard first != second, let row = weights.row(of: hash) else { continue }
        bits[word] |= 1 << UInt64(second % 64)
        rows.append(row)
      }
    }
    var writer = SectionWriter()
    writer.append(table: numbered)
    writer.append(table: hashes.map { weights.row(of: ConceptEvidence.hash(concept: $0)) ?? PlacedRow.noRow })
    writer.append(table: bits)
    writer.append(table: starts)
    writer.append(table: rows)
    return writer.bytes
  }
}
