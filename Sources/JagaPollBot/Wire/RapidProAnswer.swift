internal import JagaTranscripts

/// What a webhook node gets back: flat and small, so that a flow can split on `@webhook.json.action` and save the whole of it as a result.
public struct RapidProAnswer: Hashable, Sendable {
  /// RapidPro loses a result of that many bytes.
  public static let sizeLimit = 10_000
  /// How many signals are named.
  public static let signalLimit = 8

  /// The main label: `track.stage`, `disclosure` or `benign`.
  public var stage: String
  /// The probability of a move, from 0 to 1.
  public var score: Double
  /// The band: `none`, `watch`, `review` or `high`.
  public var band: String
  /// What the flow is to do.
  public var action: ReplyAction
  /// True when somebody asks for help.
  public var supportNeeded: Bool
  /// Ids of what was found, the weightiest first; those beyond ``signalLimit`` are left out.
  public var signals: [String]
  /// What to say to the contact; empty for nothing.
  public var referralText: String
  /// Why nothing was scored; nil when something was.
  public var reason: String?

  /// Creates an answer.
  public init(
    stage: String, score: Double, band: String, action: ReplyAction, supportNeeded: Bool, signals: [String] = [],
    referralText: String = "", reason: String? = nil
  ) {
    self.stage = stage
    self.score = score
    self.band = band
    self.action = action
    self.supportNeeded = supportNeeded
    self.signals = signals
    self.referralText = referralText
    self.reason = reason
  }

  /// The answer to a request in which there is nothing to score.
  public init(silence: RapidProSilence) {
    self.init(
      stage: "benign", score: 0, band: "none", action: .none, supportNeeded: false, reason: silence.reason)
  }

  /// One JSON object of fewer than ``sizeLimit`` bytes. A longer text is cut at its end, and no answer of this program's own words ever is.
  public var bytes: [UInt8] {
    var bytes = Array("{\"stage\":".utf8)
    JSONWriter.append(stage.cut(128), to: &bytes)
    bytes += ",\"score\":".utf8
    append(score, to: &bytes)
    bytes += ",\"band\":".utf8
    JSONWriter.append(band.cut(128), to: &bytes)
    bytes += ",\"action\":\"\(action.rawValue)\",\"support_needed\":\(supportNeeded),\"signals\":[".utf8
    for (place, signal) in signals.prefix(RapidProAnswer.signalLimit).enumerated() {
      bytes += (place > 0 ? ",{\"id\":" : "{\"id\":").utf8
      JSONWriter.append(signal.cut(128), to: &bytes)
      bytes.append(UInt8(ascii: "}"))
    }
    var tail: [UInt8] = []
    if let reason {
      tail += ",\"reason\":".utf8
      JSONWriter.append(reason.cut(256), to: &tail)
    }
    tail.append(UInt8(ascii: "}"))
    bytes += "],\"referral_text\":".utf8
    append(referralText, room: RapidProAnswer.sizeLimit - 1 - bytes.count - tail.count, to: &bytes)
    return bytes + tail
  }

  /// The whole text, or as many characters of it as there is room for with their quotes.
  private func append(_ text: String, room: Int, to bytes: inout [UInt8]) {
    var quoted: [UInt8] = []
    JSONWriter.append(text, to: &quoted)
    if quoted.count > room {
      quoted = [UInt8(ascii: "\"")]
      for character in text {
        var one: [UInt8] = []
        JSONWriter.append(String(character), to: &one)
        guard quoted.count + one.count - 1 <= room else { break }
        quoted += one.dropFirst().dropLast()
      }
      quoted.append(UInt8(ascii: "\""))
    }
    bytes += quoted
  }

  /// At most four decimals, rounded half up, trailing zeros cut; what lies outside 0…1 is clamped, what is no number is 0.
  private func append(_ score: Double, to bytes: inout [UInt8]) {
    let units = Int(((score.isNaN ? 0 : min(max(score, 0), 1)) * 10_000).rounded())
    guard units % 10_000 != 0 else {
      bytes += "\(units / 10_000)".utf8
      return
    }
    var digits = Array(String(units + 10_000).utf8.dropFirst())
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    bytes += "0.".utf8
    bytes += digits
  }
}

extension String {
  /// The first so many bytes, to the end of a character.
  fileprivate func cut(_ limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var count = 0
    return String(
      prefix {
        count += $0.utf8.count
        return count <= limit
      })
  }
}
