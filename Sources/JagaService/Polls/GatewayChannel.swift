public import JagaPollBot

/// A gateway in front of the bot: it posts what contacts write to `/c/ex/<id>/receive`, and is posted what the bot says.
public struct GatewayChannel: Sendable {
  /// The channel's id, a part of its paths: whoever knows it may post.
  public var id: String
  /// The number or name that messages come from; may be empty.
  public var from: String
  /// The scheme of addresses in answers, such as `tel`.
  public var scheme: String
  /// How messages are brought to the gateway.
  public var template: CourierTemplate
  /// The `Authorization` field of those requests; empty for none.
  public var authorization: String

  /// A channel.
  public init(id: String, from: String, scheme: String, template: CourierTemplate, authorization: String) {
    self.id = id
    self.from = from
    self.scheme = scheme
    self.template = template
    self.authorization = authorization
  }

  /// The name in the store; it does not change with the id, which is a secret.
  static let name = "gateway"

  /// The request that brings a message.
  func request(id: String, text: String, to: String) -> AlertRequest {
    let made = template.request(
      for: CourierMessage(id: id, text: text, to: to, from: from, channel: self.id, quickReplies: []))
    return AlertRequest(
      url: made.url, method: made.method,
      headers: authorization.isEmpty ? [] : [("Authorization", authorization)], contentType: made.contentType,
      body: made.body)
  }
}
