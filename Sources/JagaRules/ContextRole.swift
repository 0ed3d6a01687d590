/// What an entry does to the hits around it, known by its id.
struct ContextRole: OptionSet {
  let rawValue: UInt8
  static let negator = ContextRole(rawValue: 1)
  static let reported = ContextRole(rawValue: 2)
  static let particle = ContextRole(rawValue: 4)
  static let question = ContextRole(rawValue: 8)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The role of `LANGUAGE.context.NAME` or `LANGUAGE.context.NAME.…`; none for other ids.
  init(entryID: String) {
    let parts = entryID.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 3, parts[1] == "context" else {
      self = []
      return
    }
    switch parts[2] {
    case "negator": self = .negator
    case "reported": self = .reported
    case "particle": self = .particle
    case "question": self = .question
    default: self = []
    }
  }
}
