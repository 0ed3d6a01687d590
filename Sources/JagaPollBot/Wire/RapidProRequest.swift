internal import JagaTranscripts

/// What a webhook node of RapidPro asks about: one reply of a contact.
///
///     let request = try RapidProRequest.read(body, mode: "normal", resultKey: "cerita")
///     request.text  // "ada yang maksa aku kirim foto"
///
/// Three bodies are understood: the one that the guide recommends (`text`, `conversation_id`, `language`, `question` side by side), the older one with
/// `input{text}`, and the default one, which has results alone. The number and the name of the contact are dropped here: they are in no part of this value.
public struct RapidProRequest: Hashable, Sendable {
  /// RapidPro sends no more than that.
  public static let bodyLimit = 256 << 10
  /// How deep a body may be nested.
  public static let depthLimit = 16
  /// How many values it may have.
  public static let valueLimit = 10_000
  /// The longest id of a conversation, in bytes.
  public static let idLimit = 256

  /// What the contact wrote; nil when there is nothing to score.
  public var text: String?
  /// Why there is nothing to score; nil when there is a text.
  public var silence: RapidProSilence?
  /// `conversation_id`, else `contact.uuid`; nil when neither is there.
  public var conversationID: String?
  /// What the contact was asked.
  public var question: String?
  /// The contact's language: `id` or `en`; nil for another one, or none.
  public var language: String?
  /// True when an author tries the flow out: nothing of it is kept.
  public var isSimulation: Bool

  /// Reads a body, whatever its `Content-Type` says or does not. `mode` is the value of `X-Mailroom-Mode`, `resultKey` the result that the operator named for
  /// bodies without a text. Of `text`, `input.text` and the result the first that is not blank counts.
  ///
  /// Throws ``RapidProFault``. Cost: one pass over the body, and a tree of its values.
  public static func read(_ body: [UInt8], mode: String? = nil, resultKey: String? = nil) throws(RapidProFault)
    -> RapidProRequest
  {
    guard body.count <= bodyLimit else { throw .tooLarge(bytes: body.count, limit: bodyLimit) }
    var request = RapidProRequest(isSimulation: isSimulation(mode))
    guard body.contains(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
      request.silence = .emptyBody
      return request
    }
    // The parser would repair wrong bytes; what is scored must be what was written.
    guard String(validating: body, as: UTF8.self) != nil else { throw .notUTF8 }
    let root = try tree(body)
    guard case .object = root else { throw .notObject }
    request.conversationID = root["conversation_id"]?.written ?? root["contact"]?["uuid"]?.written
    guard (request.conversationID?.utf8.count ?? 0) <= idLimit else { throw .longID(limit: idLimit) }
    request.question = root["question"]?.written
    request.language =
      root["language"]?.string.flatMap(language) ?? root["contact"]?["language"]?.string.flatMap(language)
    let texts = texts(root, resultKey)
    request.text = texts.first { !$0.isBlank }
    if request.text == nil {
      let hasResult = resultKey.flatMap { root["results"]?[$0] } != nil
      request.silence = !texts.isEmpty ? .emptyText : resultKey == nil || hasResult ? .noText : .noResult
    }
    return request
  }

  private init(isSimulation: Bool) { self.isSimulation = isSimulation }

  private static func isSimulation(_ mode: String?) -> Bool {
    guard let mode else { return false }
    return mode.lowercased().filter { !$0.isWhitespace } == "simulation"
  }

  private static func tree(_ body: [UInt8]) throws(RapidProFault) -> JSONValue {
    do throws(JSONValue.Fault) {
      return try JSONValue.parse(body, depthLimit: depthLimit, valueLimit: valueLimit)
    } catch {
      switch error {
      case .invalid: throw .notJSON
      case .tooDeep(let limit): throw .tooDeep(limit: limit)
      case .tooMany(let limit): throw .tooMany(limit: limit)
      case .outOfMemory: throw .outOfMemory
      }
    }
  }

  /// What stands where a text may stand, the most explicit place first. A result's value is what the flow understood, its input what was written.
  private static func texts(_ root: JSONValue, _ resultKey: String?) -> [String] {
    let result = resultKey.flatMap { root["results"]?[$0] }
    return [root["text"], root["input"]?["text"], result?["value"], result?["input"]].compactMap { $0?.written }
  }

  /// ISO 639-3, or 639-1 with or without a region.
  static func language(_ code: String) -> String? {
    switch code.lowercased().prefix(while: { $0 != "-" && $0 != "_" }) {
    case "ind", "id", "in": "id"
    case "eng", "en": "en"
    default: nil
    }
  }
}

extension JSONValue {
  /// A string, or a whole number in digits: flows write `1` either way.
  fileprivate var written: String? {
    switch self {
    case .string(let text): text
    case .number(let value) where value == value.rounded() && value.magnitude < 1e15: String(Int(value))
    default: nil
    }
  }
}

extension String {
  fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
