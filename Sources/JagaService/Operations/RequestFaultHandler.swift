internal import HTTPTypes
public import NIOCore
internal import NIOHTTP1
public import NIOHTTPTypes

/// Gives a request that is no HTTP an answer in problem+json, and sends `100 Continue` where a client waits for it.
///
/// It stands between the decoder and the server. What the decoder cannot read, the server answers with a bare 400 and closes; this puts the reason into it.
/// Errors of other kinds than the parser's, which would close the connection without a word, become such.
public final class RequestFaultHandler: ChannelDuplexHandler, RemovableChannelHandler {
  /// Parts of requests, from the decoder.
  public typealias InboundIn = HTTPRequestPart
  /// The same parts, to the server.
  public typealias InboundOut = HTTPRequestPart
  /// Parts of answers, from the server.
  public typealias OutboundIn = HTTPResponsePart
  /// The same parts, to the encoder.
  public typealias OutboundOut = HTTPResponsePart

  private let bodyLimit: Int
  private var fault: Problem?
  private var isAnsweringFault = false

  /// A handler for one connection; a body that says it is larger than the limit is not asked for.
  public init(bodyLimit: Int) { self.bodyLimit = bodyLimit }

  /// Sends `100 Continue` where it is waited for, and hands the part on.
  public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .head(let head) = unwrapInboundIn(data), let expected = head.headerFields[.expect],
      expected.lowercased() == "100-continue"
    {
      let length = head.headerFields[.contentLength].flatMap { Int($0) } ?? 0
      if length <= bodyLimit {
        context.write(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
        context.flush()
      }
    }
    context.fireChannelRead(data)
  }

  /// Notes what is wrong with the request, and lets the server refuse it.
  public func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if fault == nil { fault = RequestFaultHandler.problem(for: error) }
    if error is HTTPParserError {
      context.fireErrorCaught(error)
    } else if RequestFaultHandler.isOfDecoding(error) {
      context.fireErrorCaught(HTTPParserError.unknown)
    } else {
      context.fireErrorCaught(error)
    }
  }

  /// Puts the reason into the bare refusal of the server; hands everything else on.
  public func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let head)
    where head.status == .badRequest && head.headerFields[.contentType] == nil
      && head.headerFields[.connection] == "close":
      let problem = fault ?? Problem(.badRequest, "request", RequestFaultHandler.unreadable)
      let body = problem.json
      isAnsweringFault = true
      let fields: HTTPFields = [
        .contentType: "application/problem+json", .contentLength: "\(body.count)", .cacheControl: "no-store",
        .connection: "close",
      ]
      context.write(wrapOutboundOut(.head(HTTPResponse(status: problem.status, headerFields: fields))), promise: nil)
      context.write(wrapOutboundOut(.body(context.channel.allocator.buffer(bytes: body))), promise: promise)
    case .body where isAnsweringFault: promise?.succeed()
    default: context.write(data, promise: promise)
    }
  }

  private static let unreadable = "the request is no HTTP/1.1; check the client, or the proxy before the service"

  private static func problem(for error: any Error) -> Problem {
    guard let known = error as? HTTPParserError else { return Problem(.badRequest, "request", unreadable) }
    switch known {
    case .headerOverflow:
      return Problem(
        .requestHeaderFieldsTooLarge, "header-too-large", "the header fields are too large; send fewer or shorter ones")
    case .invalidMethod, .invalidURL, .invalidPath, .invalidHost, .invalidPort, .invalidQueryString, .invalidFragment:
      return Problem(.badRequest, "request-line", "the request line cannot be read; check method and path")
    case .invalidContentLength, .unexpectedContentLength:
      return Problem(
        .badRequest, "content-length",
        "Content-Length cannot be used; send one number, and no Transfer-Encoding beside it")
    case .invalidChunkSize:
      return Problem(.badRequest, "chunk", "a chunk of the body has no valid size")
    case .invalidHeaderToken:
      return Problem(.badRequest, "header", "a header field cannot be read; check its name and value")
    default: return Problem(.badRequest, "request", unreadable)
    }
  }

  /// Errors with which the codec between NIO's types and ours refuses a request.
  private static func isOfDecoding(_ error: any Error) -> Bool {
    let name = String(reflecting: type(of: error))
    return name.hasPrefix("NIOHTTP1.") || name.hasPrefix("NIOHTTPTypesHTTP1.")
  }
}
