/// How soon a person should look. Bands are thresholds on evidence before any base-rate shift.
public enum Band: UInt8, Comparable, CaseIterable, Sendable {
  /// Nothing to see.
  case none
  /// An early move or weak evidence.
  case watch
  /// A careful moderator would want to look.
  case review
  /// Look now.
  case high

  /// The name used in records.
  public var staticName: StaticString {
    switch self {
    case .none: "none"
    case .watch: "watch"
    case .review: "review"
    case .high: "high"
    }
  }

  /// The name used in records.
  public var name: String { staticName.description }

  /// Finds a band by its exact name.
  public init?(name: some StringProtocol) {
    guard let match = Band.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }

  /// Orders bands by urgency.
  public static func < (left: Band, right: Band) -> Bool { left.rawValue < right.rawValue }
}

/// The language guess of one message.
public enum Language: UInt8, CaseIterable, Sendable {
  /// Indonesian, regional colouring included.
  case id
  /// English.
  case en
  /// Indonesian and English in one message.
  case mix
  /// Neither, or too little to tell.
  case other

  /// The name used in records.
  public var staticName: StaticString {
    switch self {
    case .id: "id"
    case .en: "en"
    case .mix: "mix"
    case .other: "other"
    }
  }

  /// The name used in records.
  public var name: String { staticName.description }
}
