internal import JagaBatch

/// A request that delivers an alert, or a message of the poll bot.
public struct AlertRequest: Sendable, Equatable {
  /// Where to.
  public var url: String
  /// How.
  public var method = "POST"
  /// Its fields, besides length and type.
  public var headers: [(name: String, value: String)]
  /// The type of its body; nil where it has none.
  public var contentType: String? = "application/json"
  /// Its body.
  public var body: [UInt8]

  /// Whether two are the same.
  public static func == (left: AlertRequest, right: AlertRequest) -> Bool {
    left.url == right.url && left.method == right.method && left.contentType == right.contentType
      && left.body == right.body && left.headers.elementsEqual(right.headers, by: ==)
  }
}

/// Somebody who is told of alerts, by configuration.
public enum AlertReceiver: Sendable {
  /// A webhook with a signature.
  case webhook(url: String, signature: AlertSignature)
  /// ROOST Coop: alerts become items of a type.
  case coop(url: String, key: String, typeID: String)

  /// The name in the store.
  public var target: String {
    switch self {
    case .webhook: "webhook"
    case .coop: "coop"
    }
  }

  /// The request for a payload. `event` is the same in every try, so a receiver can leave out what came twice.
  public func request(payload: [UInt8], event: String, seconds: Int64) -> AlertRequest {
    switch self {
    case .webhook(let url, let signature):
      return AlertRequest(
        url: url,
        headers: [
          ("Jaga-Event-Id", event), ("Jaga-Signature", signature.header(body: payload, seconds: seconds)),
        ], body: payload)
    case .coop(let url, let key, let typeID):
      let buffer = JagaBatch.ByteBuffer(capacity: payload.count + 128)
      buffer.append("{\"items\":[{\"id\":")
      buffer.append(json: event)
      buffer.append(",\"typeId\":")
      buffer.append(json: typeID)
      buffer.append(",\"data\":")
      payload.withUnsafeBufferPointer { buffer.append($0) }
      buffer.append("}]}")
      var base = url
      while base.hasSuffix("/") { base.removeLast() }
      let path = "/api/v1/items/async"
      return AlertRequest(
        url: base.hasSuffix(path) ? base + "/" : base + path + "/", headers: [("X-API-KEY", key)],
        body: buffer.withBytes { Array($0) })
    }
  }
}
