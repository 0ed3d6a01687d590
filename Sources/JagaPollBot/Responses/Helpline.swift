/// A way to reach a helpline.
public struct HelplineContact: Hashable, Sendable {
  /// What one does with it.
  public enum Kind: String, Sendable, CaseIterable {
    /// Call the number.
    case call
    /// Write to the number on WhatsApp.
    case whatsapp
    /// Open the address.
    case url
  }

  /// What one does with it.
  public let kind: Kind
  /// The number or address as people write it.
  public let value: String

  /// A contact.
  public init(kind: Kind, value: String) {
    self.kind = kind
    self.value = value
  }
}

/// A helpline as data: `lexicons/helplines.yaml`.
public struct Helpline: Hashable, Sendable {
  /// How far the entry is to be believed.
  public enum Confidence: String, Sendable, CaseIterable {
    /// Published by the helpline itself.
    case high
    /// Published by others.
    case medium
    /// Heard of.
    case low
  }

  /// The name by which texts put it in: `{helpline:ID}`.
  public let id: String
  /// Its name.
  public let name: String
  /// Who runs it.
  public let runBy: String
  /// What it is for.
  public let scope: String
  /// How it is reached; at least one.
  public let contacts: [HelplineContact]
  /// ISO 3166 codes; `any` for the whole world.
  public let countries: [String]
  /// The languages that it speaks, as far as is known.
  public let languages: [String]
  /// When it answers; nil where that is not known.
  public let hours: String?
  /// False where its very name tells what somebody went through: then a person may give it, the bot may not.
  public let isDiscreet: Bool
  /// How far the entry is to be believed.
  public let confidence: Confidence
  /// When somebody last compared the entry with what the helpline publishes.
  public let verifiedOn: CalendarDay
  /// Since when it is not to be given any more; nil for one in use.
  public let withdrawnOn: CalendarDay?
  /// Where the entry comes from.
  public let source: String
  /// How the entry was compared with its source, and what was not done; nil where its author does not say.
  public let verified: String?
  /// How a text of a language puts it.
  public let sayings: [String: String]

  /// Whether the last verification is more than so many days old at a time in milliseconds since 1970. One that lies in the future
  /// is not believed either.
  public func isStale(now: Int64, after days: Int) -> Bool {
    let age = verifiedOn.days(until: now)
    return age > days || age < 0
  }
}
