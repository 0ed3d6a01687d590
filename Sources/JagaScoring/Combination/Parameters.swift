public import JagaCore

/// Everything about combining evidence that is learned or chosen once a model: priors, scaling, prevalence, bands, conversation.
/// One section of a model.
public struct Parameters: Equatable, Sendable {
  /// An affine map from a head's raw sum to a logit (Platt 1999): `slope · sum + intercept`.
  public struct Scaling: Equatable, Sendable {
    /// In 1/4096.
    public var slope: Int64
    /// In logits · 2^38, the unit of ``HeadSums``.
    public var intercept: Int64

    /// Creates a scaling from plain numbers.
    public init(slope: Double, intercept: Double) {
      self.slope = Int64((slope * 4096).rounded())
      self.intercept = Int64((intercept * HeadSums.unitsPerLogit).rounded())
    }

    /// The probability of a raw sum in logits.
    public func probability(_ sum: Double) -> Double {
      FixedMath.sigmoid(sum * Double(slope) / 4096 + Double(intercept) / HeadSums.unitsPerLogit)
    }

    /// The logit of a raw sum in logits.
    public func logit(_ sum: Double) -> Double {
      sum * Double(slope) / 4096 + Double(intercept) / HeadSums.unitsPerLogit
    }

    /// Leaves sums as they are.
    public static let identity = Scaling(slope: 1, intercept: 0)
  }

  /// Thresholds in logits, on the evidence before any base-rate shift.
  public struct Bands: Equatable, Sendable {
    /// From here on a message is worth watching.
    public var watch = 0.0
    /// From here on a message that is no early move is for review.
    public var review = 1.8
    /// From here on, with a severe move, it is urgent.
    public var high = 3.0
    /// From here on the accumulated evidence of an author is for review.
    public var conversationReview = 2.3
    /// From here on it is urgent.
    public var conversationHigh = 4.5
    /// How far evidence must fall below a threshold before the band falls.
    public var hysteresis = 0.5
    /// Disclosure logit from which support is needed.
    public var support = 0.0

    /// Default thresholds.
    public init() {}
  }

  /// How messages add up to a conversation.
  public struct Conversation: Equatable, Sendable {
    /// Logits a message must have before it counts at all.
    public var floor = -1.0
    /// What is left of an author's stage evidence after each message of his.
    public var decay = 0.985
    /// The share of a repeated stage's smaller evidence that is added.
    public var repetition = 0.15
    /// The share of every further distinct stage.
    public var distinct = 0.6
    /// The most one stage can hold, in logits.
    public var cap = 5.0
    /// The share of an author's evidence so far that is added to his next message, in logits, …
    public var carry = 0.35
    /// … above this much evidence …
    public var carryFrom = 1.0
    /// … and at most this.
    public var carryLimit = 1.5
    /// A conversation's logit is its evidence minus this.
    public var offset = 2.0

    /// Default settings.
    public init() {}
  }

  /// Priors of the heads, in 1/``Head/unitsPerLogit``; ``Head/count`` values.
  public var priors: [Int32]
  /// Scalings of the heads; ``Head/count`` values.
  public var scalings: [Scaling]
  /// The share of moves that the scaling was fitted to.
  public var referencePrevalence: Double
  /// Thresholds.
  public var bands: Bands
  /// Accumulation.
  public var conversation: Conversation

  /// Neutral parameters.
  public init() {
    priors = [Int32](repeating: 0, count: Head.count)
    scalings = [Scaling](repeating: .identity, count: Head.count)
    referencePrevalence = 0.5
    bands = Bands()
    conversation = Conversation()
  }
}

extension Parameters {
  private var numbers: [Double] {
    [
      referencePrevalence, bands.watch, bands.review, bands.high, bands.conversationReview, bands.conversationHigh,
      bands.hysteresis, bands.support, conversation.floor, conversation.decay, conversation.repetition,
      conversation.distinct, conversation.cap, conversation.carry, conversation.carryFrom, conversation.carryLimit,
      conversation.offset,
    ]
  }

  /// The section's bytes.
  public func encode() -> [UInt8] {
    var writer = SectionWriter()
    writer.append(table: priors)
    writer.append(table: scalings.map(\.slope))
    writer.append(table: scalings.map(\.intercept))
    writer.append(table: numbers.map { $0.bitPattern })
    return writer.bytes
  }

  /// Reads and checks a section that ``encode()`` wrote.
  public init(section: Section) throws(SectionError) {
    self.init()
    var reader = SectionReader(section)
    let priors = try reader.table(of: Int32.self)
    let slopes = try reader.table(of: Int64.self)
    let intercepts = try reader.table(of: Int64.self)
    let bits = try reader.table(of: UInt64.self)
    guard priors.count == Head.count, slopes.count == Head.count, intercepts.count == Head.count else {
      throw .invalid(what: "number of heads")
    }
    guard bits.count == numbers.count else { throw .invalid(what: "number of parameters") }
    self.priors = Array(priors.buffer)
    for head in 0..<Head.count {
      // 16 logits a unit and 2^20 logits are far beyond any fit, and keep products inside Int64.
      guard (0...65536).contains(slopes[head]), intercepts[head].magnitude >> 58 == 0,
        abs(Int64(priors[head])) <= 1 << 20
      else { throw .invalid(what: "scaling") }
      scalings[head].slope = slopes[head]
      scalings[head].intercept = intercepts[head]
    }
    let values = bits.buffer.map { Double(bitPattern: $0) }
    guard values.allSatisfy({ $0.isFinite && abs($0) < 1000 }), values[0] > 0, values[0] < 1 else {
      throw .invalid(what: "parameter")
    }
    referencePrevalence = values[0]
    bands.watch = values[1]
    bands.review = values[2]
    bands.high = values[3]
    bands.conversationReview = values[4]
    bands.conversationHigh = values[5]
    bands.hysteresis = values[6]
    bands.support = values[7]
    conversation.floor = values[8]
    conversation.decay = values[9]
    conversation.repetition = values[10]
    conversation.distinct = values[11]
    conversation.cap = values[12]
    conversation.carry = values[13]
    conversation.carryFrom = values[14]
    conversation.carryLimit = values[15]
    conversation.offset = values[16]
    // With these no evidence grows beyond its cap or below zero, message by message.
    guard (0...1).contains(conversation.decay), (0...1).contains(conversation.repetition),
      (0...10).contains(conversation.distinct), (0...100).contains(conversation.cap),
      (0...10).contains(conversation.carry), (0...100).contains(conversation.carryLimit)
    else { throw .invalid(what: "conversation parameter") }
  }
}
