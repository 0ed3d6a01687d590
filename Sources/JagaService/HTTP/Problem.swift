public import HTTPTypes
public import Hummingbird
internal import JagaBatch
internal import JagaStore
internal import NIOCore

/// A refusal as RFC 9457 describes it: `application/problem+json` with `type`, `title`, `status`, `detail`, and where it helps `pointer` (RFC 6901)
/// to the part of the body that is at fault. It never repeats what a message said.
public struct Problem: Error, HTTPResponseError, Equatable {
  /// The status code.
  public var status: HTTPResponse.Status
  /// The last part of the type's URN, such as `body-too-large`; a program may rely on it.
  public var kind: String
  /// What happened, and what to do about it.
  public var detail: String
  /// Where in the body; nil when it is not about a part of it.
  public var pointer: String?
  /// Header fields that belong to it, such as `Retry-After`.
  public var headers: HTTPFields

  /// A problem.
  public init(
    _ status: HTTPResponse.Status, _ kind: String, _ detail: String, pointer: String? = nil, headers: HTTPFields = [:]
  ) {
    self.status = status
    self.kind = kind
    self.detail = detail
    self.pointer = pointer
    self.headers = headers
  }

  /// The problem as JSON.
  public var json: [UInt8] {
    let buffer = JSONBuffer(capacity: 512)
    buffer.append("{\"type\":")
    buffer.append(json: "urn:jaga:problem:\(kind)")
    buffer.append(",\"title\":")
    buffer.append(json: status.reasonPhrase)
    buffer.append(",\"status\":")
    buffer.append(integer: status.code)
    buffer.append(",\"detail\":")
    buffer.append(json: detail)
    if let pointer {
      buffer.append(",\"pointer\":")
      buffer.append(json: pointer)
    }
    buffer.append("}")
    return buffer.withBytes { Array($0) }
  }

  /// The problem as an answer, in the shape that the client of this path reads.
  public func response(from request: Request, context: some RequestContext) -> Response {
    var headers = headers
    let dialect = ErrorDialect(path: request.uri.path)
    let (type, bytes) = dialect.body(of: self)
    headers[.contentType] = type
    headers[.cacheControl] = "no-store"
    if dialect == .azure { headers[.azureErrorCode] = ErrorDialect.azureCode(self) }
    return Response(status: status, headers: headers, body: .init(byteBuffer: NIOCore.ByteBuffer(bytes: bytes)))
  }
}

extension Problem {
  /// What any error that reached the outermost middleware becomes. Errors of our own say what happened; of anything else only its kind is told.
  static func of(_ error: any Error) -> Problem {
    if let problem = error as? Problem { return problem }
    if error is StoreError {
      return Problem(
        .serviceUnavailable, "store",
        "the store cannot be read or written now; send it again later, messages with ids are counted once",
        headers: [.retryAfter: "1"])
    }
    guard let known = error as? any HTTPResponseError else {
      return Problem(.internalServerError, "internal", "the service failed; its log names the request, try again later")
    }
    let headers = (known as? HTTPError)?.headers ?? [:]
    switch known.status {
    case .notFound:
      return Problem(.notFound, "not-found", "there is nothing at this path; /openapi.json lists what there is")
    case .methodNotAllowed:
      return Problem(.methodNotAllowed, "method-not-allowed", "this path takes other methods", headers: headers)
    case .contentTooLarge:
      return Problem(.contentTooLarge, "body-too-large", "the body is too large; send less at a time")
    default:
      return Problem(known.status, "http", (known as? HTTPError)?.body ?? known.status.reasonPhrase, headers: headers)
    }
  }
}
