public import JagaCore

/// How openly an entry may be shown.
public enum Sensitivity: UInt8, CaseIterable, Sendable {
  /// Ordinary words.
  case `public`
  /// A coded term that moderators need; listings may hide it.
  case coded

  /// The name used in sources.
  public var name: String { self == .public ? "public" : "coded" }

  /// Finds a sensitivity by its exact name.
  public init?(name: some StringProtocol) {
    guard let match = Sensitivity.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }
}

/// The language that a lexicon source is written for.
public enum SourceLanguage: UInt8, CaseIterable, Sendable {
  /// Indonesian.
  case id
  /// English.
  case en
  /// Both.
  case any

  /// The name used in sources, ids and folders.
  public var name: String {
    switch self {
    case .id: "id"
    case .en: "en"
    case .any: "any"
    }
  }

  /// Finds a language by its exact name.
  public init?(name: some StringProtocol) {
    guard let match = SourceLanguage.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }
}

/// An entry as it goes into a lexicon.
public struct LexiconEntry: Sendable {
  /// The unique id, such as `id.topup.offer.free-credit`.
  public var id: String
  /// What it speaks for; nil for context entries that only rules use.
  public var label: Label?
  /// Logits; 0 without a label.
  public var weight: Double
  /// How openly it may be shown.
  public var sensitivity: Sensitivity
  /// The language of its source.
  public var language: SourceLanguage
  /// Where it comes from; may be empty.
  public var source: String
  /// Why it is there; may be empty.
  public var note: String
  /// What it matches.
  public var phrases: [Phrase]

  /// Creates an entry; only id and phrases are required.
  public init(
    id: String, label: Label? = nil, weight: Double? = nil, sensitivity: Sensitivity = .public,
    language: SourceLanguage = .any, source: String = "", note: String = "", phrases: [Phrase]
  ) {
    self.id = id
    self.label = label
    self.weight = weight ?? (label == nil ? 0 : 1)
    self.sensitivity = sensitivity
    self.language = language
    self.source = source
    self.note = note
    self.phrases = phrases
  }
}

/// A row of votes under construction: one sum of fixed-point units per head.
///
/// How labels and rule keys spread over heads is part of the source format (see the lexicon guide).
public struct VoteRow: Hashable, Sendable {
  /// The sums, ``Head/stride`` of them, not yet clamped.
  public private(set) var units = [Int](repeating: 0, count: Head.stride)

  /// No votes.
  public init() {}

  /// The units nearest to a number of logits.
  public static func units(logits: Double) -> Int {
    guard logits.isFinite else { return 0 }
    return Int((min(max(logits, -31), 31) * Double(Head.unitsPerLogit)).rounded(.toNearestOrAwayFromZero))
  }

  /// Adds the votes of an entry with a label and a weight in logits.
  public mutating func add(label: Label, weight: Double) {
    let whole = VoteRow.units(logits: weight)
    let half = VoteRow.units(logits: weight / 2)
    switch label {
    case .disclosure:
      units[Head.disclosure] += whole
      units[Head.move] -= half
    case .benign:
      units[Head.move] -= whole
      units[Head.disclosure] -= half
    default:
      units[Int(label.rawValue)] += whole
      units[Head.move] += whole
    }
  }

  /// Adds a vote of a rule for a label: unlike an entry's, a vote for `disclosure` leaves the move head alone, and a vote for
  /// `benign` weighs fully against both.
  public mutating func addRuleVote(label: Label, logits: Double) {
    let whole = VoteRow.units(logits: logits)
    switch label {
    case .disclosure: units[Head.disclosure] += whole
    case .benign:
      units[Head.move] -= whole
      units[Head.disclosure] -= whole
    default:
      units[Int(label.rawValue)] += whole
      units[Head.move] += whole
    }
  }

  /// Adds a vote of a rule for the move head alone.
  public mutating func addMoveVote(logits: Double) { units[Head.move] += VoteRow.units(logits: logits) }

  /// The row as stored, clamped to 16 bits.
  public var stored: [Int16] { units.map { Int16(clamping: $0) } }
}
