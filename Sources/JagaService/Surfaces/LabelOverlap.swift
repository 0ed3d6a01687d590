internal import JagaCore

/// Which of our labels lie inside the categories of other services. The guide *Moving from Perspective* and the API's description
/// have the same table in words; what is not listed here, other services' categories do not get from us.
enum LabelOverlap {
  /// Threats, demands and pressure: what OpenAI calls threatening harassment, and Azure counts as intimidation.
  static let threats: [Label] = [.sextortionThreat, .sextortionDemand, .sextortionPressure, .topupLeverage]

  /// Moves towards pictures, video calls or trade of that kind: OpenAI's `sexual/minors`.
  static let sexualised: [Label] = [
    .groomingSexualisation, .sextortionLure, .sextortionDemand, .topupRequest, .tradeRecruit, .tradeAdvertise,
    .tradeMigrate, .tradeTransact,
  ]

  /// Azure counts all grooming as sexual.
  static let sexualOrGrooming: [Label] = sexualised + Track.grooming.stages.filter { $0 != .groomingSexualisation }
}

extension Track {
  /// The stages of the track, in order.
  var stages: [Label] { Label.moves.filter { $0.track == self } }
}

extension MessageScore {
  /// True when a careful moderator would want to look: what services that know yes and no alone call flagged. A disclosure never is.
  var isFlagged: Bool { band >= .review }

  /// True when somebody asks for help.
  var isDisclosure: Bool { disclosure >= 0.5 }

  /// The probability that the message is a move of one of these labels: of one label its own, of several the message's score shared
  /// out among all labels by their weight, and at least the highest of theirs. Labels are judged one against the rest, so that of a
  /// message which could be several of one track none may be likely while the track is.
  func probability(of some: [Label]) -> Double {
    var (highest, part, total) = (0.0, 0.0, 0.0)
    for (index, value) in labels.enumerated() {
      total += value
      guard some.contains(where: { Int($0.rawValue) == index }) else { continue }
      highest = max(highest, value)
      part += value
    }
    guard some.count > 1, total > 0 else { return highest }
    return min(score, max(highest, score * part / total))
  }

  /// True when the message is flagged, and among these labels is its most likely move or one that is more likely than not.
  func isFlagged(as some: [Label]) -> Bool {
    isFlagged && (some.contains(top) || probability(of: some) >= 0.5)
  }
}
