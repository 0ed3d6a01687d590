import JagaBatch
import TestSupport
import Testing

@Suite struct ByteBufferTests {
  private func written(_ body: (ByteBuffer) -> Void) -> String {
    let buffer = ByteBuffer(capacity: 1)
    body(buffer)
    return buffer.string
  }

  @Test(arguments: [
    (0.0, "0"), (1.0, "1"), (0.5, "0.5"), (0.93, "0.93"), (0.1234567, "0.123457"), (0.000001, "0.000001"),
    (0.0000004, "0"), (0.9999996, "1"), (0.05, "0.05"), (-0.25, "0"), (1.25, "1"), (Double.nan, "0"),
    (0.100001, "0.100001"),
    (Double.infinity, "1"),
  ])
  func probability(value: Double, text: String) {
    #expect(written { $0.append(probability: value) } == text)
  }

  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (1.84, "1.84"), (-2.5, "-2.5"), (12345.67891, "12345.6789"), (0.00004, "0"),
    (-0.00004, "0"),
    (-0.00005, "-0.0001"), (0.00005, "0.0001"), (3.0, "3"), (Double.nan, "0"), (-10.0, "-10"),
    (Double.infinity, "1000000000000"),
  ])
  func logit(value: Double, text: String) {
    #expect(written { $0.append(logit: value) } == text)
  }

  @Test(arguments: [
    (0, "0"), (-7, "-7"), (Int.max, "9223372036854775807"), (Int.min, "-9223372036854775808"), (10, "10"),
  ])
  func integer(value: Int, text: String) {
    #expect(written { $0.append(integer: value) } == text)
  }

  @Test(arguments: [
    ("", #""""#), ("a", #""a""#), ("\"\\", #""\"\\""#), ("a\nb\tc\r", #""a\nb\tc\r""#),
    ("\u{0}\u{1F}\u{8}\u{C}", #""\u0000\u001f\b\f""#),
    ("é\u{1F600}/", "\"é\u{1F600}/\""), ("\u{7F}\u{2028}", "\"\u{7F}\u{2028}\""),
  ])
  func json(text: String, encoded: String) {
    #expect(written { $0.append(json: text) } == encoded)
  }

  @Test(arguments: [
    ("a", "a"), ("", ""), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\""), ("a b;c", "a b;c"),
    ("\r", "\"\r\""),
  ])
  func csv(text: String, encoded: String) {
    let found = written { buffer in Array(text.utf8).withUnsafeBufferPointer { buffer.append(csv: $0) } }
    #expect(found == encoded)
  }

  @Test(arguments: [
    (0.0, "0.000"), (0.0004, "0.000"), (0.0005, "0.001"), (0.9996, "1.000"), (0.25, "0.250"), (Double.nan, "0.000"),
  ])
  func rounded(value: Double, text: String) {
    #expect(written { $0.append(rounded: value) } == text)
  }

  @Test(arguments: [(0.0, "+0.00"), (-0.001, "+0.00"), (-1.255, "-1.25"), (12.5, "+12.50"), (-0.05, "-0.05")])
  func signed(value: Double, text: String) {
    #expect(written { $0.append(signed: value) } == text)
  }

  /// Grows by the way, keeps what was written, and reads back what went in.
  @Test func growsWithoutLosingBytes() {
    let seed: UInt64 = 11
    var random = SplitMix64(seed: seed)
    let buffer = ByteBuffer(capacity: 1)
    var expected: [UInt8] = []
    for _ in 0..<2000 {
      let run = (0..<Int.random(in: 0..<70, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      run.withUnsafeBufferPointer { buffer.append($0) }
      expected += run
      let times = Int.random(in: -1..<5, using: &random)
      buffer.append(UInt8(ascii: "x"), times: times)
      expected += [UInt8](repeating: UInt8(ascii: "x"), count: max(0, times))
    }
    #expect(buffer.withBytes { Array($0) } == expected, "seed \(seed)")
    buffer.removeAll()
    #expect(buffer.count == 0)
  }
}
