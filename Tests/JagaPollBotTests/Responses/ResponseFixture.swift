import JagaPollBot
import Testing

/// A small book whose files a test can change.
struct ResponseFixture {
  /// 2026-11-29.
  static let now: Int64 = 20_786 * 86_400_000

  var helplines = """
    stale_after_days: 100
    helplines:
      - id: line
        name: "Line 5"
        run_by: "Somebody"
        scope: "everything"
        contacts:
          - {kind: call, value: "555"}
          - {kind: url, value: "line.example"}
        countries: [any]
        languages: [en]
        hours: unknown
        discreet: true
        confidence: high
        verified_on: 2026-11-28
        source: "their page"
        say: {en: "call 555"}

    """
  var parts: [Occasion: String] = [:]
  var checks: String? = """
    language: en
    limits: {words_per_sentence: 5, common_share: 0.9, parts: 1, parts_of: {disclosure: 2}}
    endings: ["'s", s]
    uncommon: [stop]
    helpline_in: [disclosure]
    ideas: {thanks: ["thank* you", thanks]}
    required: {disclosure: [thanks]}
    innocent: ["not your fault"]
    forbidden: {blame: ["fault*", "you should"], naming: ["*threat*"]}
    """
  var commonWords: String? = "# words\nthank\nyou\nyour\nnot\nfault\ncall\nword\nfor\n"

  var responses: String {
    var text = "language: en\nversion: 3\nresponses:\n"
    for occasion in Occasion.allCases {
      let parts = parts[occasion] ?? (occasion == .disclosure ? "[\"Thank you. {helpline:line}\"]" : "[\"Word.\"]")
      text += "  \(occasion.rawValue):\n    note: \"why\"\n    parts: \(parts)\n"
    }
    return text
  }

  var sources: ResponseSources {
    ResponseSources(
      helplines: .init(path: "helplines.yaml", text: helplines),
      languages: [
        "en": .init(
          responses: .init(path: "en/responses.yaml", text: responses),
          checks: checks.map { .init(path: "en/response-checks.yaml", text: $0) },
          commonWords: commonWords.map { .init(path: "en/common-words.txt", text: $0) })
      ])
  }

  /// What is found, as printed.
  func findings(now: Int64 = now) -> [String] {
    ResponseCheck.findings(sources, now: now, languages: ["en"]).map(\.description)
  }

  /// The fixture with an occasion's parts replaced.
  func saying(_ parts: String, at occasion: Occasion = .heard) -> ResponseFixture {
    var copy = self
    copy.parts[occasion] = parts
    return copy
  }
}
