import CSIMDJSON
import TestSupport
import Testing

/// Counting lines sixteen bytes at a time against counting them one by one.
@Suite struct LineCountTests {
  private func slow(_ bytes: [UInt8]) -> (lines: Int, records: Int) {
    var lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
    if bytes.isEmpty || bytes.last == 10 { lines.removeLast() }
    let blank: Set<UInt8> = [9, 13, 32]
    return (lines.count, lines.filter { !$0.allSatisfy(blank.contains) }.count)
  }

  private func expectSame(_ bytes: [UInt8]) {
    let counts = bytes.withUnsafeBufferPointer { jaga_count_lines($0.baseAddress, $0.count) }
    let expected = slow(bytes)
    #expect(counts.lines == expected.lines && counts.records == expected.records, "\(bytes)")
  }

  @Test func generatedLines() {
    var random = SplitMix64(seed: 7)
    let alphabets: [[UInt8]] = [
      Array("ab\n".utf8), Array("abcdefghij{}\"0123\n".utf8), Array("a \t\r\n".utf8), [0, 10, 32, 97, 200], [10],
    ]
    for count in 0..<700 {
      for alphabet in alphabets {
        expectSame((0..<count % 180).map { _ in alphabet.randomElement(using: &random) ?? 0 })
      }
    }
  }

  /// A sum of single bytes would overflow here.
  @Test func manyLineFeedsInOneColumn() {
    expectSame((0..<16 * 3000).map { $0 % 16 == 5 ? 10 : 97 })
    expectSame([UInt8](repeating: 97, count: 100_000))
  }

  @Test func aBlankLineAtEveryPlace() {
    for place in 0..<70 {
      for blank in ["\n\n", "\n \n", "\n\t\r\n", "\n x"] {
        var bytes = [UInt8](repeating: 97, count: 70)
        bytes.replaceSubrange(place..<min(place + blank.utf8.count, 70), with: blank.utf8)
        expectSame(bytes)
      }
    }
  }
}
