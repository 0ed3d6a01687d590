import JagaCore
import Testing

@testable import JagaScoring

@Suite struct ParametersTests {
  /// Every number differs from every other and from its default.
  private static var sample: Parameters {
    var parameters = Parameters()
    parameters.priors = (0..<Head.count).map { Int32($0 * 37 - 300) }
    parameters.scalings = (0..<Head.count).map {
      Parameters.Scaling(slope: 0.5 + Double($0) / 16, intercept: Double($0) - 9)
    }
    parameters.referencePrevalence = 0.23
    parameters.bands.watch = 0.31
    parameters.bands.review = 1.32
    parameters.bands.high = 3.33
    parameters.bands.conversationReview = 2.34
    parameters.bands.conversationHigh = 4.35
    parameters.bands.hysteresis = 0.56
    parameters.bands.support = 0.77
    parameters.conversation.floor = -1.38
    parameters.conversation.decay = 0.909
    parameters.conversation.repetition = 0.21
    parameters.conversation.distinct = 0.61
    parameters.conversation.cap = 5.42
    parameters.conversation.carry = 0.343
    parameters.conversation.carryFrom = 1.44
    parameters.conversation.carryLimit = 1.65
    parameters.conversation.offset = 2.46
    return parameters
  }

  private func open(_ bytes: [UInt8]) throws -> Parameters { try Parameters(section: Section(copying: bytes)) }

  private func encode(priors: [Int32], slopes: [Int64], intercepts: [Int64], numbers: [Double]) -> [UInt8] {
    var writer = SectionWriter()
    writer.append(table: priors)
    writer.append(table: slopes)
    writer.append(table: intercepts)
    writer.append(table: numbers.map(\.bitPattern))
    return writer.bytes
  }

  @Test func everyNumberReadsBack() throws {
    #expect(try open(Self.sample.encode()) == Self.sample)
    #expect(try open(Parameters().encode()) == Parameters())
    #expect(Self.sample != Parameters())
  }

  @Test func theEncodingIsPinned() {
    let sample = Self.sample
    let numbers = [
      0.23, 0.31, 1.32, 3.33, 2.34, 4.35, 0.56, 0.77, -1.38, 0.909, 0.21, 0.61, 5.42, 0.343, 1.44, 1.65, 2.46,
    ]
    #expect(
      sample.encode()
        == encode(
          priors: sample.priors, slopes: sample.scalings.map(\.slope), intercepts: sample.scalings.map(\.intercept),
          numbers: numbers))
  }

  @Test func scalingsAreFixedPoint() {
    #expect(Parameters.Scaling.identity == Parameters.Scaling(slope: 1, intercept: 0))
    #expect(Parameters.Scaling.identity.slope == 4096)
    #expect(Parameters.Scaling(slope: 0.30001, intercept: -2).slope == 1229)
    #expect(Parameters.Scaling(slope: 1, intercept: -2).intercept == -2 << 38)
  }

  @Test func everyTruncatedPrefixThrows() {
    let whole = Self.sample.encode()
    for length in whole.indices {
      #expect(throws: SectionError.self, "prefix of \(length)") { try open(Array(whole.prefix(length))) }
    }
  }

  /// What is out of range, and how the refusal names it; the limits themselves pass.
  @Test func outOfRangeIsRefused() throws {
    let priors = [Int32](repeating: 0, count: Head.count)
    let slopes = [Int64](repeating: 4096, count: Head.count)
    let none = [Int64](repeating: 0, count: Head.count)
    let numbers = [0.5] + [Double](repeating: 1, count: 16)
    func with<Number>(_ list: [Number], _ value: Number, at index: Int = 5) -> [Number] {
      var copy = list
      copy[index] = value
      return copy
    }
    let rows: [(bytes: [UInt8], what: String?)] = [
      (encode(priors: priors, slopes: slopes, intercepts: none, numbers: numbers), nil),
      (encode(priors: priors + [0], slopes: slopes, intercepts: none, numbers: numbers), "number of heads"),
      (encode(priors: priors, slopes: slopes.dropLast(), intercepts: none, numbers: numbers), "number of heads"),
      (encode(priors: priors, slopes: slopes, intercepts: [], numbers: numbers), "number of heads"),
      (encode(priors: priors, slopes: slopes, intercepts: none, numbers: numbers + [1]), "number of parameters"),
      (encode(priors: priors, slopes: slopes, intercepts: none, numbers: []), "number of parameters"),
      (encode(priors: priors, slopes: with(slopes, 65536), intercepts: none, numbers: numbers), nil),
      (encode(priors: priors, slopes: with(slopes, 65537), intercepts: none, numbers: numbers), "scaling"),
      (encode(priors: priors, slopes: with(slopes, 0), intercepts: none, numbers: numbers), nil),
      (encode(priors: priors, slopes: with(slopes, -1), intercepts: none, numbers: numbers), "scaling"),
      (encode(priors: priors, slopes: slopes, intercepts: with(none, (1 << 58) - 1), numbers: numbers), nil),
      (encode(priors: priors, slopes: slopes, intercepts: with(none, 1 << 58), numbers: numbers), "scaling"),
      (encode(priors: priors, slopes: slopes, intercepts: with(none, .min), numbers: numbers), "scaling"),
      (encode(priors: with(priors, 1 << 20), slopes: slopes, intercepts: none, numbers: numbers), nil),
      (encode(priors: with(priors, (1 << 20) + 1), slopes: slopes, intercepts: none, numbers: numbers), "scaling"),
      (encode(priors: with(priors, .min), slopes: slopes, intercepts: none, numbers: numbers), "scaling"),
      (encode(priors: priors, slopes: slopes, intercepts: none, numbers: with(numbers, 0, at: 0)), "parameter"),
      (encode(priors: priors, slopes: slopes, intercepts: none, numbers: with(numbers, 1, at: 0)), "parameter"),
      (encode(priors: priors, slopes: slopes, intercepts: none, numbers: with(numbers, -0.1, at: 0)), "parameter"),
      (encode(priors: priors, slopes: slopes, intercepts: none, numbers: with(numbers, .nan)), "parameter"),
      (encode(priors: priors, slopes: slopes, intercepts: none, numbers: with(numbers, .infinity)), "parameter"),
      (encode(priors: priors, slopes: slopes, intercepts: none, numbers: with(numbers, -1000)), "parameter"),
      (encode(priors: priors, slopes: slopes, intercepts: none, numbers: with(numbers, 999.9, at: 16)), nil),
    ]
    for (number, row) in rows.enumerated() {
      if let what = row.what {
        #expect(throws: SectionError.invalid(what: what), "row \(number)") { try open(row.bytes) }
      } else {
        #expect(throws: Never.self, "row \(number)") { try open(row.bytes) }
      }
    }
  }
}
