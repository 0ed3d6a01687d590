public import JagaCore

/// One term that two scorers see differently in a message.
public struct DifferenceReason: Hashable, Sendable {
  /// The head that it belongs to: `move`, `disclosure` or a label.
  public var head: String
  /// Where it comes from, as in `Contribution.source`.
  public var source: String
  /// The bytes of the text that it rests on, if any.
  public var range: SourceRange?
  /// What it adds in the first and in the second, in logits.
  public var logits: (first: Double, second: Double) {
    get { (first, second) }
    set { (first, second) = newValue }
  }
  private var first: Double
  private var second: Double

  /// The second less the first.
  public var change: Double { second - first }

  init(head: String, source: String, range: SourceRange?, first: Double, second: Double) {
    self.head = head
    self.source = source
    self.range = range
    self.first = first
    self.second = second
  }

  /// What explains that two explained results differ, strongest first: terms that pull the way in which the verdict went, by how far they pull.
  ///
  /// Compared are the heads that decide: `move` when the band differs, `disclosure` when that decision does, those of both stages when the stage does, as far as
  /// both results report them. Terms of the same source and place count together.
  static func reasons(_ left: MessageScore, _ right: MessageScore) -> [DifferenceReason] {
    let pulls = directions(left, right)
    struct Key: Hashable {
      var head: String
      var source: String
      var range: SourceRange?
    }
    let heads = Set(left.contributions.map(\.head)).intersection(right.contributions.map(\.head))
      .intersection(pulls.keys)
    var terms: [Key: DifferenceReason] = [:]
    for (score, isSecond) in [(left, false), (right, true)] {
      for term in score.contributions where heads.contains(term.head) {
        let key = Key(head: term.head, source: term.source, range: term.range)
        var reason =
          terms[key]
          ?? DifferenceReason(head: term.head, source: term.source, range: term.range, first: 0, second: 0)
        if isSecond { reason.second += term.logit } else { reason.first += term.logit }
        terms[key] = reason
      }
    }
    func pull(_ reason: DifferenceReason) -> Double { reason.change * (pulls[reason.head] ?? 0) }
    return terms.values.filter { pull($0) > 1e-9 }.sorted { left, right in
      if pull(left) != pull(right) { return pull(left) > pull(right) }
      if left.head != right.head { return left.head < right.head }
      if left.source != right.source { return left.source < right.source }
      return (left.range?.begin ?? -1, left.range?.end ?? -1) < (right.range?.begin ?? -1, right.range?.end ?? -1)
    }
  }

  /// Whether more of a head speaks for the second verdict, 1, or for the first, -1.
  private static func directions(_ left: MessageScore, _ right: MessageScore) -> [String: Double] {
    var pulls: [String: Double] = [:]
    if left.top != right.top {
      pulls[left.top.name] = -1
      pulls[right.top.name] = 1
    }
    if left.band != right.band { pulls["move"] = right.band > left.band ? 1 : -1 }
    let disclosed = (left.disclosure >= 0.5, right.disclosure >= 0.5)
    if disclosed.0 != disclosed.1 { pulls["disclosure"] = disclosed.1 ? 1 : -1 }
    return pulls
  }
}

/// A message about which two scorers say something else.
public struct ChangedMessage: Sendable {
  /// The conversation's id.
  public var conversationID: String
  /// The message's id.
  public var messageID: String
  /// What the first scorer says, without its terms.
  public var first: MessageScore
  /// What the second scorer says.
  public var second: MessageScore
  /// The terms that account for it, strongest first; empty when the difference lies in what came before alone.
  public var reasons: [DifferenceReason]
  /// The text, when it was asked for.
  public var text: String?

  /// The stage that the change is counted under: the one of the higher band, of the second when both are equal.
  public var stage: Label { first.band > second.band ? first.top : second.top }

  /// What the change is counted under: the source of the strongest reason.
  public var cause: String { reasons.first?.source ?? ChangedMessage.earlierMessages }

  /// The cause when the terms of the message itself are equal.
  public static let earlierMessages = "earlier messages"

  /// The words that a reason rests on; nil without a text or a place.
  public func words(of reason: DifferenceReason) -> String? {
    guard let text, let range = reason.range else { return nil }
    let bytes = Array(text.utf8)
    guard range.begin >= 0, range.begin <= range.end, Int(range.end) <= bytes.count else { return nil }
    return String(decoding: bytes[Int(range.begin)..<Int(range.end)], as: UTF8.self)
  }
}
