internal import JagaCore

/// Categories of an answer in Azure's shape: the four that Azure has, then ours.
enum AzureCategory: String, CaseIterable {
  case hate = "Hate"
  case selfHarm = "SelfHarm"
  case sexual = "Sexual"
  case violence = "Violence"
  case grooming = "Grooming"
  case sextortion = "Sextortion"
  case topupBait = "TopupBait"
  case trade = "Trade"
  case disclosure = "Disclosure"

  /// The labels it gets its severity from. Azure counts grooming as sexual, and intimidation as violence; hate and self-harm have
  /// no counterpart. A child's own words of self-harm are a disclosure.
  private var labels: [Label] {
    switch self {
    case .hate, .selfHarm, .disclosure: []
    case .sexual: LabelOverlap.sexualOrGrooming
    case .violence: LabelOverlap.threats
    case .grooming: Track.grooming.stages
    case .sextortion: Track.sextortion.stages
    case .topupBait: Track.topup.stages
    case .trade: Track.trade.stages
    }
  }

  /// 0, 2, 4 or 6 from the message's band `none`, `watch`, `review`, `high`, where the category holds its most likely move or one that is
  /// more likely than not, else 0. A disclosure is 4 from 0.5 on, 6 from 0.9 on. Of eight levels, the odd ones mean: from 0.75
  /// on, and for 1: from 0.25 on.
  func severity(of score: MessageScore, eightLevels: Bool) -> Int {
    let value = self == .disclosure ? score.disclosure : score.probability(of: labels)
    var severity = 0
    if self == .disclosure {
      severity = value >= 0.9 ? 6 : value >= 0.5 ? 4 : 0
    } else if labels.contains(score.top) && score.score >= 0.5 || value >= 0.5 {
      severity = 2 * Int(score.band.rawValue)
    }
    guard eightLevels else { return severity }
    return severity + (value >= (severity == 0 ? 0.25 : 0.75) ? 1 : 0)
  }
}
