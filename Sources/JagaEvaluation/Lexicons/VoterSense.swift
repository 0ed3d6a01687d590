public import JagaCore

/// What an entry or a rule speaks for, by the votes that its source declares (a model may have learned others).
///
/// An entry speaks for its label. A rule speaks for every move that it gives a positive vote and for `disclosure` likewise; without any such vote it
/// speaks for *any move* or *against moves*, by the sign of its vote on the move head, and for `benign` when it votes against disclosure too.
/// An entry without a label has no sense: what it is worth shows in its gain alone.
public struct VoterSense: Hashable, Sendable {
  /// A bit for each label it speaks for, by raw value, and the two below.
  let bits: UInt32

  private static let anyMoveBit: UInt32 = 1 << 22
  private static let notMoveBit: UInt32 = 1 << 23
  static let moveBits: UInt32 = (1 << UInt32(Label.moveCount)) - 1
  private static let disclosureBit: UInt32 = 1 << UInt32(Label.disclosure.rawValue)
  private static let benignBit: UInt32 = 1 << UInt32(Label.benign.rawValue)

  /// The sense of an entry.
  public init(label: Label?) { bits = label.map { 1 << UInt32($0.rawValue) } ?? 0 }

  /// The sense of a rule with these votes, ``Head/count`` values or more.
  public init(ruleVotes votes: some RandomAccessCollection<Int16>) {
    let votes = Array(votes)
    var bits: UInt32 = 0
    for stage in 0..<min(Label.moveCount, votes.count) where votes[stage] > 0 { bits |= 1 << UInt32(stage) }
    let move = votes.count > Head.move ? votes[Head.move] : 0
    let disclosure = votes.count > Head.disclosure ? votes[Head.disclosure] : 0
    if disclosure > 0 { bits |= VoterSense.disclosureBit }
    if bits == 0, move != 0 {
      bits = move > 0 ? VoterSense.anyMoveBit : disclosure < 0 ? VoterSense.benignBit : VoterSense.notMoveBit
    }
    self.bits = bits
  }

  /// True when it speaks for nothing.
  public var isSilent: Bool { bits == 0 }
  /// True when it speaks for a move.
  public var isRisk: Bool { bits & (VoterSense.moveBits | VoterSense.anyMoveBit) != 0 }
  /// True when it speaks for a disclosure.
  public var isDisclosure: Bool { bits & VoterSense.disclosureBit != 0 }
  /// True when it speaks for `benign`, or against moves.
  public var isAgainst: Bool { bits & (VoterSense.benignBit | VoterSense.notMoveBit) != 0 }

  /// Its labels joined by `+`, `move` for any move, `not-move` against moves, `-` for nothing.
  public var name: String {
    if bits == VoterSense.anyMoveBit { return "move" }
    if bits == VoterSense.notMoveBit { return "not-move" }
    let names = Label.allCases.filter { bits & (1 << UInt32($0.rawValue)) != 0 }.map(\.name)
    return names.isEmpty ? "-" : names.joined(separator: "+")
  }

  /// The labels it speaks for; empty for the two senses without a label.
  public var labels: [Label] { Label.allCases.filter { bits & (1 << UInt32($0.rawValue)) != 0 } }

  /// Whether a message with these gold labels (a bit set by raw value) bears it out; nil when it speaks for nothing.
  func isRight(_ gold: UInt32) -> Bool? {
    if bits == 0 { return nil }
    if bits == VoterSense.anyMoveBit { return gold & VoterSense.moveBits != 0 }
    if bits == VoterSense.notMoveBit { return gold & VoterSense.moveBits == 0 }
    return gold & bits != 0
  }

  /// Whether a message bears out its *side*: a move for one that speaks for moves, no move for one against; for a disclosure, its label.
  func isOnRightSide(_ gold: UInt32) -> Bool? {
    if isRisk { return gold & VoterSense.moveBits != 0 }
    if isAgainst { return gold & VoterSense.moveBits == 0 }
    return isRight(gold)
  }

  /// Whether a message takes its part against what contradicts it: it has a label of its track, or its own.
  func isRightTrack(_ gold: UInt32) -> Bool {
    let own = tracks
    guard own != 0 else { return isRight(gold) ?? false }
    return gold & bits != 0 || VoterSense(bits: gold & VoterSense.moveBits).tracks & own != 0
  }

  private init(bits: UInt32) { self.bits = bits }

  /// True when both speak for a common label.
  func sharesLabel(with other: VoterSense) -> Bool { bits & other.bits != 0 }

  /// True when one speaks for a move and the other against or for a disclosure, when they speak for moves of different tracks, or one for a disclosure
  /// and the other for `benign`.
  func conflicts(with other: VoterSense) -> Bool {
    if bits == 0 || other.bits == 0 || sharesLabel(with: other) { return false }
    if isRisk && other.isRisk {
      let own = tracks
      let others = other.tracks
      return own != 0 && others != 0 && own & others == 0
    }
    if isRisk || other.isRisk { return true }
    return (bits | other.bits) & VoterSense.benignBit != 0 && (isDisclosure || other.isDisclosure)
  }

  private var tracks: UInt8 {
    var tracks: UInt8 = 0
    for label in Label.moves where bits & (1 << UInt32(label.rawValue)) != 0 {
      if let track = label.track { tracks |= 1 << track.rawValue }
    }
    return tracks
  }
}
