internal import JagaCore

/// Pieces of evidence with one place: a mark on the words and the reasons behind it.
struct EvidenceMark: Equatable {
  /// From 1; what the reader sees beside the words. Main marks come first, each kind in reading order.
  var number: Int
  /// False for the weaker ones of many, which are set off lightly and named apart.
  var isMain = true
  /// The place, in UTF-8 bytes of the original text, as the record says it.
  var range: SourceRange
  /// What speaks for it, strongest first.
  var evidence: [Evidence]

  /// The label of the strongest piece.
  var label: Label { evidence.first?.label ?? .benign }

  /// Of more than ``few`` marks only the strongest ``mainCount`` are main ones.
  static let mainCount = 5
  static let few = 6

  /// Groups evidence by place. Evidence without one is left to the caller. Marks are in order of their numbers.
  static func marks(_ evidence: [Evidence]) -> [EvidenceMark] {
    var groups: [SourceRange: [Evidence]] = [:]
    for piece in evidence {
      guard let range = piece.range else { continue }
      groups[range, default: []].append(piece)
    }
    let places = groups.keys.sorted { ($0.begin, -Int64($0.end)) < ($1.begin, -Int64($1.end)) }
    let strongest = places.sorted { strength(groups[$0]) > strength(groups[$1]) }
    let main = Set(places.count > few ? Array(strongest.prefix(mainCount)) : places)
    return (places.filter(main.contains) + places.filter { !main.contains($0) }).enumerated().map { index, range in
      EvidenceMark(
        number: index + 1, isMain: main.contains(range), range: range, evidence: strongestFirst(groups[range] ?? []))
    }
  }

  private static func strength(_ evidence: [Evidence]?) -> Double {
    (evidence ?? []).reduce(0) { $0 + ($1.logit.isFinite ? $1.logit : 0) }
  }

  /// Sorts by what a piece adds, then by name, so that a page is the same each time.
  static func strongestFirst(_ evidence: [Evidence]) -> [Evidence] {
    evidence.sorted { abs($0.logit) == abs($1.logit) ? $0.source < $1.source : abs($0.logit) > abs($1.logit) }
  }
}

/// A stretch of text over which the same marks lie.
struct MarkedRun: Equatable {
  /// UTF-8 bytes of the text.
  var range: Range<Int>
  /// The marks over it, as places in the list of marks.
  var marks: [Int]
  /// Those of them that end with it.
  var ends: [Int]
}

/// A text cut at the borders of its marks.
///
/// Ranges may lie inside or across one another. One that begins or ends inside a character of several bytes is widened to it; one that
/// does not lie in the text at all, or is empty or turned around, gives no run and is named in ``outside``.
/// Cost: marks × runs.
struct MarkedText: Equatable {
  /// The stretches, in order; together the whole text.
  var runs: [MarkedRun] = []
  /// Marks without a place in this text.
  var outside: [Int] = []

  init(_ text: String, marks: [EvidenceMark]) {
    let bytes = Array(text.utf8)
    var places: [(mark: Int, range: Range<Int>)] = []
    for (index, mark) in marks.enumerated() {
      if let range = Self.place(mark.range, in: bytes) {
        places.append((index, range))
      } else {
        outside.append(index)
      }
    }
    guard !bytes.isEmpty else { return }
    let cuts = Set([0, bytes.count] + places.flatMap { [$0.range.lowerBound, $0.range.upperBound] }).sorted()
    for (begin, end) in zip(cuts, cuts.dropFirst()) {
      let over = places.filter { $0.range.lowerBound <= begin && end <= $0.range.upperBound }
      runs.append(
        MarkedRun(
          range: begin..<end, marks: over.map(\.mark), ends: over.filter { $0.range.upperBound == end }.map(\.mark)))
    }
  }

  /// The bytes a range covers, widened to whole scalars; nil where there are none.
  private static func place(_ range: SourceRange, in bytes: [UInt8]) -> Range<Int>? {
    guard range.begin >= 0, range.begin < range.end, Int(range.end) <= bytes.count else { return nil }
    var begin = Int(range.begin)
    var end = Int(range.end)
    while begin > 0, bytes[begin] & 0xC0 == 0x80 { begin -= 1 }
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return begin..<end
  }
}
