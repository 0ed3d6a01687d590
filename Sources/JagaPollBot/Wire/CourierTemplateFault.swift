internal import JagaTranscripts

/// Why a gateway's template cannot be used. Found at the start, before any message.
public enum CourierTemplateFault: Error, Hashable, Sendable {
  /// A part of a template.
  public enum Part: String, Sendable {
    /// The address.
    case url = "URL"
    /// The body.
    case body
  }

  /// A name that no message has.
  case unknownName(String, Part)
  /// `{{` without `}}`.
  case unclosed(Part)
  /// Not an address of the web, or with characters that no address has.
  case badURL
  /// The host would depend on a message.
  case messageInHost
  /// A name without which no message can be sent.
  case missing(String)
  /// A body that would never be sent.
  case bodyOfGet
  /// Filled in, it would be no JSON.
  case notJSON
  /// A list between quotes.
  case quotedList
}

extension CourierTemplateFault: CustomStringConvertible {
  /// The sentence shown to people.
  public var description: String {
    switch self {
    case .unknownName(let name, let part):
      "gateway \(part.rawValue): there is no {{\(name)}}; known are \(TemplatePiece.Name.allCases.map { "{{\($0.rawValue)}}" }.joined(separator: " "))"
    case .unclosed(let part): "gateway \(part.rawValue): '{{' without '}}' behind it; close it"
    case .badURL: "gateway URL: it is no address; write https://host/path in ASCII and without spaces"
    case .messageInHost: "gateway URL: a name stands in the host; put names behind the first '/' of the path"
    case .missing(let name): "gateway: neither URL nor body has {{\(name)}}; no message could be sent"
    case .bodyOfGet: "gateway body: GET sends none; use POST or PUT, or put the names into the URL"
    case .notJSON: "gateway body: it would not be JSON; check its commas and quotes"
    case .quotedList: "gateway body: {{quick_replies}} is an array; take the quotes around it away"
    }
  }
}

extension CourierTemplate {
  /// Fills in what is most awkward, and reads it back.
  func checkJSON() throws(CourierTemplateFault) {
    let sample = CourierMessage(
      id: "\"", text: "\"\\\n", to: "+1", from: "", channel: "{", quickReplies: ["]", "\""])
    do { _ = try JSONValue.parse(request(for: sample).body) } catch { throw .notJSON }
  }
}
