internal import JagaCore

/// What a caller of the Perspective surface can ask for: a track, a stage, the whole risk, or a disclosure.
struct PerspectiveAttribute: Equatable {
  /// Its name, such as `GROOMING` or `TOPUP_CONDITION`.
  let name: String
  /// The labels it stands for; none for `DISCLOSURE`.
  let labels: [Label]

  /// `RISK`: a move of any track.
  static let risk = PerspectiveAttribute(name: "RISK", labels: Label.moves)
  /// `DISCLOSURE`: somebody asks for help.
  static let disclosure = PerspectiveAttribute(name: "DISCLOSURE", labels: [])
  /// The four tracks.
  static let tracks = Track.allCases.map { track in
    PerspectiveAttribute(name: track == .topup ? "TOPUP_BAIT" : track.name.uppercased(), labels: track.stages)
  }
  /// The twenty stages: a label in capitals, its dot an underscore.
  static let stages = Label.moves.map { label in
    PerspectiveAttribute(name: label.name.uppercased().replacing(".", with: "_"), labels: [label])
  }
  /// All of them, the widest first.
  static let all = [risk] + tracks + [disclosure] + stages

  /// Attributes of Perspective that nothing here overlaps with. `THREAT` means violence there; threats to expose somebody are
  /// `SEXTORTION_THREAT` here, and a number under the old name would hide that violence is not looked for.
  static let foreign: Set<String> = [
    "TOXICITY", "SEVERE_TOXICITY", "IDENTITY_ATTACK", "INSULT", "PROFANITY", "THREAT", "SEXUALLY_EXPLICIT",
    "FLIRTATION",
    "ATTACK_ON_AUTHOR", "ATTACK_ON_COMMENTER", "INCOHERENT", "INFLAMMATORY", "LIKELY_TO_REJECT", "OBSCENE", "SPAM",
    "UNSUBSTANTIAL",
  ]

  /// The score of a message.
  func value(of score: MessageScore) -> Double {
    if self == .disclosure { return score.disclosure }
    return self == .risk ? score.score : score.probability(of: labels)
  }

  /// True when a piece of evidence speaks for it.
  func covers(_ label: Label) -> Bool { self == .disclosure ? label == .disclosure : labels.contains(label) }

  /// What a refusal says is there.
  static let sentence =
    "this service scores RISK, \(tracks.map(\.name).joined(separator: ", ")), DISCLOSURE, and stages such as "
    + "GROOMING_ISOLATION or SEXTORTION_THREAT"
}
