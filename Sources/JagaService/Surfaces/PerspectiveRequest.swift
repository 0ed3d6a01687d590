internal import HTTPTypes
internal import JagaTranscripts

/// A request of Perspective's clients, read and checked. Unknown fields are passed over, as Google's services do.
struct PerspectiveRequest {
  /// One attribute that is asked for.
  struct Wish {
    var attribute: PerspectiveAttribute
    /// Scores below it are left out.
    var threshold: Double
  }

  var text: SurfaceText
  var wishes: [Wish] = []
  /// As the caller gives them; empty when he gives none.
  var languages: [String] = []
  var wantsSpans = false
  var clientToken: String?

  /// The languages that the model reads; `in` is the old code of Indonesian, which Java still uses.
  private static let readable: Set<String> = ["id", "in", "en"]

  /// Reads a body. Throws a ``Problem``, whose sentences are Perspective's where it has one.
  init(_ body: SurfaceValue) throws(Problem) {
    guard let comment = body["comment"] else { throw body.missing("comment") }
    _ = try comment.members()
    let text = try comment["text"]?.string() ?? ""
    guard !text.isEmpty else {
      throw Problem(.badRequest, "comment-empty", "Comment must be non-empty.", pointer: "/comment/text")
    }
    self.text = SurfaceText(text: text, pointer: "/comment/text")
    if let type = comment["type"] {
      guard ["PLAIN_TEXT", "TEXT_TYPE_UNSPECIFIED"].contains(try type.string()) else {
        throw Problem(
          .badRequest, "text-type", "Currently, only 'PLAIN_TEXT' comments are supported", pointer: type.pointer)
      }
    }
    languages = try body["languages"]?.strings() ?? []
    wantsSpans = try body["spanAnnotations", "span_annotations"]?.boolean() ?? false
    clientToken = try body["clientToken", "client_token"]?.string()
    // Nothing is stored either way.
    _ = try body["doNotStore", "do_not_store"]?.boolean()
    wishes = try PerspectiveRequest.wishes(of: body)
    try checkLanguages()
  }

  private static func wishes(of body: SurfaceValue) throws(Problem) -> [Wish] {
    guard let requested = body["requestedAttributes", "requested_attributes"] else {
      throw Problem(
        .badRequest, "missing-attributes", "Missing requested_attributes; \(PerspectiveAttribute.sentence)",
        pointer: "/requestedAttributes")
    }
    let members = try requested.members()
    guard !members.isEmpty else {
      throw Problem(
        .badRequest, "missing-attributes", "Missing requested_attributes; \(PerspectiveAttribute.sentence)",
        pointer: requested.pointer)
    }
    var wishes: [Wish] = []
    for (name, options) in members {
      guard let attribute = PerspectiveAttribute.all.first(where: { $0.name == name }) else {
        throw unknown(name, pointer: options.pointer)
      }
      if options.value != .null { _ = try options.members() }
      if let type = options["scoreType", "score_type"] {
        guard ["PROBABILITY", "SCORE_TYPE_UNSPECIFIED"].contains(try type.string()) else {
          throw Problem(
            .badRequest, "score-type", "the only score type of \(name) is PROBABILITY", pointer: type.pointer)
        }
      }
      let threshold = try options["scoreThreshold", "score_threshold"]?.number() ?? 0
      wishes.append(Wish(attribute: attribute, threshold: threshold))
    }
    return wishes
  }

  /// Only names that Perspective has are repeated: anything else could be somebody's message.
  private static func unknown(_ name: String, pointer: String) -> Problem {
    if PerspectiveAttribute.foreign.contains(name.replacing("_EXPERIMENTAL", with: "")) {
      return Problem(
        .badRequest, "unknown-attribute",
        "Unknown requested attribute: \(name). It is Perspective's and has no counterpart; \(PerspectiveAttribute.sentence)",
        pointer: pointer)
    }
    return Problem(
      .badRequest, "unknown-attribute", "Unknown requested attribute; \(PerspectiveAttribute.sentence)",
      pointer: "/requestedAttributes")
  }

  /// A text in another language would get low scores whatever it says, so it is refused when the caller says so.
  private func checkLanguages() throws(Problem) {
    guard languages.allSatisfy(PerspectiveRequest.isReadable) else {
      throw Problem(
        .badRequest, "language-not-supported",
        "the request languages are not supported: this service reads Indonesian (id) and English (en)",
        pointer: "/languages")
    }
  }

  /// True for a language tag (BCP 47) of a language that the model reads.
  private static func isReadable(_ tag: String) -> Bool {
    let tag = tag.lowercased()
    let primary = tag.prefix { $0 != "-" }
    return readable.contains(String(primary))
      && tag.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
  }
}
