/// A pattern of harm. The stages inside a track are ordered by how far the harm has gone.
public enum Track: UInt8, CaseIterable, Sendable {
  case grooming, sextortion, topup, trade

  /// The name used in labels, records and file names.
  public var name: String {
    switch self {
    case .grooming: "grooming"
    case .sextortion: "sextortion"
    case .topup: "topup"
    case .trade: "trade"
    }
  }
}

/// What a message is: one of twenty moves (`track.stage`), `disclosure`, or `benign`.
///
///     Label(name: "topup.condition")?.track  // .topup
///
/// The raw values are part of the model format: they index the columns of every weight row (see ``Head``).
public enum Label: UInt8, CaseIterable, Sendable {
  case groomingContact, groomingTrust, groomingAssessment, groomingIsolation, groomingSexualisation, groomingApproach
  case sextortionLure, sextortionCapture, sextortionThreat, sextortionDemand, sextortionPressure
  case topupOffer, topupCondition, topupRequest, topupPayment, topupLeverage
  case tradeRecruit, tradeAdvertise, tradeMigrate, tradeTransact
  case disclosure, benign

  /// The number of labels that are moves of a track; their raw values are `0..<moveCount`.
  public static let moveCount = 20

  /// The labels that are moves, in the order of their raw values.
  public static let moves: [Label] = Array(allCases.prefix(moveCount))

  private static let names: [StaticString] = [
    "grooming.contact", "grooming.trust", "grooming.assessment", "grooming.isolation", "grooming.sexualisation",
    "grooming.approach", "sextortion.lure", "sextortion.capture", "sextortion.threat", "sextortion.demand",
    "sextortion.pressure", "topup.offer", "topup.condition", "topup.request", "topup.payment", "topup.leverage",
    "trade.recruit", "trade.advertise", "trade.migrate", "trade.transact", "disclosure", "benign",
  ]

  /// The one spelling used everywhere: `track.stage`, `disclosure` or `benign`.
  public var name: String { staticName.description }

  /// The same as ``name``, without an allocation.
  public var staticName: StaticString { Label.names[Int(rawValue)] }

  /// Finds a label by its exact name; nil for any other text. Cost: linear in the number of labels.
  public init?(name: some StringProtocol) {
    guard let match = Label.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }

  /// True for the twenty `track.stage` labels.
  public var isMove: Bool { rawValue < UInt8(Label.moveCount) }

  /// The track of a move; nil for `disclosure` and `benign`.
  public var track: Track? {
    switch rawValue {
    case 0...5: .grooming
    case 6...10: .sextortion
    case 11...15: .topup
    case 16...19: .trade
    default: nil
    }
  }

  /// The part after the dot of a move (`condition`), or the whole name of the other two labels.
  public var stage: String {
    let whole = name
    guard let dot = whole.firstIndex(of: ".") else { return whole }
    return String(whole[whole.index(after: dot)...])
  }

  /// Early moves that alone look like ordinary life; a message of theirs alone stays at band ``Band/watch``.
  public var isEarly: Bool {
    switch self {
    case .groomingContact, .groomingTrust, .topupOffer, .sextortionLure: true
    default: false
    }
  }
}

/// The columns of a weight row: twenty conditional heads P(label | move), the move head, the disclosure head.
public enum Head {
  /// Columns `0..<20` are the conditional heads, in the order of ``Label/moves``.
  public static let move = 20
  /// The column of the disclosure head.
  public static let disclosure = 21
  /// Columns in use.
  public static let count = 22
  /// Columns stored, padded so that a row of Int16 is 48 bytes.
  public static let stride = 24
  /// Fixed point: this many units are one logit.
  public static let unitsPerLogit = 1024
}
