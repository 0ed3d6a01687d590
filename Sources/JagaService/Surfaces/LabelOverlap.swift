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

  /// The highest score among labels. Not the sum: labels of one message overlap.
  func highest(of some: [Label]) -> Double {
    some.reduce(0) { highest, label in
      let index = Int(label.rawValue)
      return index < labels.count ? max(highest, labels[index]) : highest
    }
  }

  /// True when the message is flagged, and among these labels is its most likely move or one that is more likely than not.
  func isFlagged(as some: [Label]) -> Bool {
    isFlagged && (some.contains(top) || highest(of: some) >= 0.5)
  }
}
