internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// What came of one try.
public struct AlertAnswer: Sendable, Equatable {
  /// The status; nil when there was no answer.
  public var status: Int?
  /// What went wrong when there was none, as the kind of error.
  public var failure: String
  /// The pause that the receiver asked for, in seconds.
  public var retryAfter: Int?

  /// An answer.
  public init(status: Int?, failure: String = "", retryAfter: Int? = nil) {
    self.status = status
    self.failure = failure
    self.retryAfter = retryAfter
  }

  /// True when the receiver has it.
  public var isDelivered: Bool { status.map { 200..<300 ~= $0 } ?? false }

  /// The reason that is kept with an alert: no address and nothing of the answer's body.
  public var reason: String { status.map { "status \($0)" } ?? failure }
}

/// Brings requests to receivers.
public protocol AlertTransport: Sendable {
  /// Sends once and waits for the answer's head.
  func send(_ request: AlertRequest) async -> AlertAnswer
  /// Lets go of connections; nothing is sent afterwards.
  func close() async
}

/// Sends by HTTP: no redirects, no proxies of the environment, no compression, an answer's body is not read.
public final class HTTPAlertTransport: AlertTransport {
  // Made at the first alert: a client that is made must be shut down, also where the service never came to run.
  private let client = Mutex<HTTPClient?>(nil)
  private let timeout: TimeAmount

  /// A transport whose receivers have so long to answer.
  public init(timeoutSeconds: Int) {
    timeout = .seconds(Int64(timeoutSeconds))
  }

  private func opened() -> HTTPClient {
    client.withLock { client in
      if let client { return client }
      var configuration = HTTPClient.Configuration(
        redirectConfiguration: .disallow, timeout: .init(connect: timeout, read: timeout), decompression: .disabled)
      configuration.httpVersion = .http1Only
      configuration.connectionPool.idleTimeout = .seconds(30)
      let made = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
      client = made
      return made
    }
  }

  /// Sends once and waits for the head of the answer, or for the time to run out.
  public func send(_ alert: AlertRequest) async -> AlertAnswer {
    var request = HTTPClientRequest(url: alert.url)
    request.method = HTTPMethod(rawValue: alert.method)
    if let type = alert.contentType { request.headers.add(name: "Content-Type", value: type) }
    request.headers.add(name: "User-Agent", value: "jaga-server")
    for (name, value) in alert.headers { request.headers.add(name: name, value: value) }
    if alert.contentType != nil { request.body = .bytes(NIOCore.ByteBuffer(bytes: alert.body)) }
    do {
      let response = try await opened().execute(request, timeout: timeout)
      let pause = response.headers.first(name: "Retry-After").flatMap { Int($0) }
      return AlertAnswer(status: Int(response.status.code), retryAfter: pause)
    } catch let error as HTTPClientError {
      return AlertAnswer(status: nil, failure: HTTPAlertTransport.short("\(error)"))
    } catch {
      return AlertAnswer(status: nil, failure: HTTPAlertTransport.short("\(type(of: error))"))
    }
  }

  /// Lets go of connections.
  public func close() async {
    let made = client.withLock { client in
      defer { client = nil }
      return client
    }
    try? await made?.shutdown()
  }

  private static func short(_ text: String) -> String { String(text.prefix(80)) }
}
