internal import HTTPTypes
internal import JagaCore
internal import JagaTranscripts

/// The words of a Matrix event that its sender wrote himself.
enum MatrixEvent {
  /// The message of an event; nil for anything but an unencrypted message with a text. Throws a ``Problem`` for an event that no
  /// Matrix server sends.
  static func message(of event: SurfaceValue) throws(Problem) -> Message? {
    _ = try event.members()
    guard try text("type", of: event) == "m.room.message" else { return nil }
    let room = try text("room_id", of: event)
    let id = try text("event_id", of: event)
    let sender = try text("sender", of: event)
    let time = try time(of: event)
    guard let content = event["content"] else { return nil }
    _ = try content.members()
    guard let words = words(of: content.value) else { return nil }
    return Message(
      conversationID: room, messageID: id, authorID: sender, timestamp: time, text: words)
  }

  /// Years 0 to 9999, as everywhere in Jaga: what lies outside cannot be written as a date.
  private static let times = -62_167_219_200_000.0...253_402_300_799_999

  /// When the event was sent, by its server; a time that is none is left out, since anybody's server may write anything there.
  private static func time(of event: SurfaceValue) throws(Problem) -> Int64? {
    guard let stamp = event["origin_server_ts"] else { return nil }
    let milliseconds = try stamp.number().rounded()
    return times.contains(milliseconds) ? Int64(exactly: milliseconds) : nil
  }

  private static func text(_ name: String, of event: SurfaceValue) throws(Problem) -> String {
    guard let value = event[name] else { throw event.missing(name) }
    let text = try value.string()
    guard !text.isEmpty else { throw value.expected("a string that is not empty") }
    return text
  }

  /// The text of a message's content: of an edit the new one, of a reply without what it quotes.
  static func words(of content: JSONValue) -> String? {
    let relation = content["m.relates_to"]
    if relation?["rel_type"]?.string == "m.replace", let new = content["m.new_content"] { return spoken(new) }
    guard let text = spoken(content) else { return nil }
    return relation?["m.in_reply_to"] == nil ? text : withoutQuote(text)
  }

  /// The body of kinds that carry words; of files only a caption, which differs from the file's name.
  private static func spoken(_ content: JSONValue) -> String? {
    guard let body = content["body"]?.string, !body.isEmpty, let kind = content["msgtype"]?.string else { return nil }
    switch kind {
    case "m.text", "m.emote", "m.notice": return body
    case "m.image", "m.video", "m.audio", "m.file":
      guard let name = content["filename"]?.string, name != body else { return nil }
      return body
    default: return nil
    }
  }

  /// Older clients put what they answer in front: lines with `> `, then an empty one. It is somebody else's and must not count
  /// for the sender.
  private static func withoutQuote(_ text: String) -> String {
    guard text.hasPrefix("> ") else { return text }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    while let line = lines.first, line.hasPrefix("> ") || line == ">" { lines = lines.dropFirst() }
    if lines.first == "" { lines = lines.dropFirst() }
    return lines.joined(separator: "\n")
  }
}
