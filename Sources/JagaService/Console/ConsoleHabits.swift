internal import HTTPTypes
internal import Hummingbird
internal import JagaConsole

/// How a reader likes the console: language, colours, veil, shortcuts. They are in a cookie of their own and tell nothing of anybody.
struct ConsoleHabits: Equatable, Sendable {
  var language: ConsoleLanguage
  var theme = ConsoleTheme.system
  var veil = true
  var shortcuts = true

  static let cookieName = "jaga_habits"

  /// From the cookie; what it does not say, or says wrongly, is as at the first visit: the language the browser asks for, texts veiled.
  init(_ request: Request) {
    let fields = (request.cookies[Self.cookieName]?.value ?? "").split(
      separator: ".", omittingEmptySubsequences: false)
    language = Self.preferred(request.headers[.acceptLanguage] ?? "")
    guard fields.count == 4 else { return }
    if let language = ConsoleLanguage(rawValue: String(fields[0])) { self.language = language }
    if let theme = ConsoleTheme(rawValue: String(fields[1])) { self.theme = theme }
    veil = fields[2] != "off"
    shortcuts = fields[3] != "off"
  }

  /// The cookie's value.
  var cookie: String {
    "\(language.rawValue).\(theme.rawValue).\(veil ? "on" : "off").\(shortcuts ? "on" : "off")"
  }

  /// Takes over what a form says; returns false when it says nothing that is known.
  mutating func change(_ form: ConsoleForm) -> Bool {
    var isChanged = false
    if let value = form["language"].flatMap(ConsoleLanguage.init(rawValue:)) {
      language = value
      isChanged = true
    }
    if let value = form["theme"].flatMap(ConsoleTheme.init(rawValue:)) {
      theme = value
      isChanged = true
    }
    for (name, path) in [("veil", \ConsoleHabits.veil), ("shortcuts", \ConsoleHabits.shortcuts)] {
      guard let value = form[name], value == "on" || value == "off" else { continue }
      self[keyPath: path] = value == "on"
      isChanged = true
    }
    return isChanged
  }

  /// The first of our languages in an `Accept-Language` field, in its order; browsers send the one they prefer first. Indonesian when there is none.
  static func preferred(_ field: String) -> ConsoleLanguage {
    for part in field.lowercased().split(separator: ",").prefix(16) {
      let tag = part.prefix { $0 != ";" && $0 != "-" }.filter { $0 != " " }
      if tag == "en" { return .en }
      // Old systems call Indonesian `in`; who reads Malay reads the Indonesian page.
      if ["id", "in", "ms"].contains(tag) { return .id }
    }
    return .id
  }
}
