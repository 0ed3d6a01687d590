import JagaCore

/// Turns evidence into a band. All thresholds are in logits before any base-rate shift, so bands do not move with it.
struct BandPolicy {
  let thresholds: Parameters.Bands

  /// Moves that alone can make a message urgent.
  static func isSevere(_ label: Label) -> Bool {
    switch label {
    case .groomingSexualisation, .groomingApproach, .sextortionCapture, .sextortionThreat, .sextortionDemand,
      .sextortionPressure, .topupRequest, .topupLeverage, .tradeRecruit, .tradeTransact:
      true
    default:
      false
    }
  }

  /// The band of one message by itself. `late` counts the author's distinct stages beyond the early ones, this message included.
  ///
  /// An early move (`contact`, `trust`, `offer`, `lure`) alone looks like ordinary life and stays at watch.
  /// `previous` is the band that the author's messages have reached; a band once reached is left only `hysteresis` below its threshold.
  func message(logit: Double, top: Label, late: Int, previous: Band) -> Band {
    let eased = thresholds.hysteresis
    let high = thresholds.high - (previous == .high ? eased : 0)
    let review = thresholds.review - (previous >= .review ? eased : 0)
    if top.isEarly && late == 0 { return logit >= thresholds.watch ? .watch : .none }
    if logit >= high && (BandPolicy.isSevere(top) || late >= 2) { return .high }
    if logit >= review { return .review }
    return logit >= thresholds.watch ? .watch : .none
  }

  /// The band of an author's accumulated evidence. Early moves alone do not add up to a review, however many there are.
  func conversation(evidence: Double, late: Int) -> Band {
    guard late > 0 else { return .none }
    if evidence >= thresholds.conversationHigh && late >= 2 { return .high }
    return evidence >= thresholds.conversationReview ? .review : .none
  }

  /// The evidence that a conversation must have for a band, where it has it from many messages.
  func leastEvidence(_ band: Band) -> Float {
    switch band {
    case .none, .watch: 0
    case .review: Float(thresholds.conversationReview)
    case .high: Float(thresholds.conversationHigh)
    }
  }
}
