internal import HTTPTypes
internal import Hummingbird
internal import JagaBatch
internal import NIOCore

/// How a refusal is written on a path. The clients of other services read their own shape and no other; all else gets RFC 9457.
enum ErrorDialect: Equatable {
  case problem, openAI, google, azure, matrix

  /// The dialect of a path, whether there is a route or not.
  init(path: String) {
    if path == OpenAISurface.path {
      self = .openAI
    } else if path.hasPrefix("/v1alpha1/") {
      self = .google
    } else if path.hasPrefix("/contentsafety/") {
      self = .azure
    } else if path.hasPrefix(MatrixSurface.base + "/") {
      self = .matrix
    } else {
      self = .problem
    }
  }

  /// The media type and the bytes of a refusal, and a field that belongs to it.
  func body(of problem: Problem) -> (type: String, bytes: [UInt8]) {
    switch self {
    case .problem: ("application/problem+json", problem.json)
    case .openAI: ("application/json", ErrorDialect.openAIError(problem))
    case .google: ("application/json", ErrorDialect.googleError(problem))
    case .azure: ("application/json", ErrorDialect.azureError(problem))
    // The module takes any refusal in JSON for a verdict on the message; what it cannot read lets the message pass.
    case .matrix:
      ("text/plain; charset=utf-8", Array("\(problem.status.code) \(problem.kind): \(problem.detail)\n".utf8))
    }
  }

  /// `{"error": {"message", "type", "param", "code"}}`, as the OpenAI clients read it.
  private static func openAIError(_ problem: Problem) -> [UInt8] {
    let (type, code) =
      switch problem.status.code {
      case 401: ("invalid_request_error", "invalid_api_key")
      case 403: ("permission_error", problem.kind)
      case 429: ("requests", "rate_limit_exceeded")
      case 500...: ("server_error", problem.kind)
      default: ("invalid_request_error", problem.kind)
      }
    let buffer = JSONBuffer(capacity: 512)
    buffer.append("{\"error\":{\"message\":")
    buffer.append(json: problem.detail)
    buffer.append(",\"type\":")
    buffer.append(json: type)
    buffer.append(",\"param\":")
    if let pointer = problem.pointer, !pointer.isEmpty {
      buffer.append(json: SurfaceValue.spoken(pointer))
    } else {
      buffer.append("null")
    }
    buffer.append(",\"code\":")
    buffer.append(json: code)
    buffer.append("}}")
    return buffer.withBytes { Array($0) }
  }

  /// `{"error": {"code", "message", "status", "details"}}`, as Google's services answer (AIP-193).
  private static func googleError(_ problem: Problem) -> [UInt8] {
    let status: StaticString =
      switch problem.status.code {
      case 401: "UNAUTHENTICATED"
      case 403: "PERMISSION_DENIED"
      case 404: "NOT_FOUND"
      case 405, 501: "UNIMPLEMENTED"
      case 408, 504: "DEADLINE_EXCEEDED"
      case 429: "RESOURCE_EXHAUSTED"
      case 503: "UNAVAILABLE"
      case 500...: "INTERNAL"
      default: "INVALID_ARGUMENT"
      }
    let buffer = JSONBuffer(capacity: 512)
    buffer.append("{\"error\":{\"code\":")
    buffer.append(integer: problem.status.code)
    buffer.append(",\"message\":")
    buffer.append(json: problem.detail)
    buffer.append(",\"status\":\"")
    buffer.append(status)
    buffer.append("\",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":")
    buffer.append(json: problem.kind.uppercased().replacing("-", with: "_"))
    buffer.append(",\"domain\":\"jaga\"}]}}")
    return buffer.withBytes { Array($0) }
  }

  /// `{"error": {"code", "message"}}`, as Azure's services answer.
  private static func azureError(_ problem: Problem) -> [UInt8] {
    let buffer = JSONBuffer(capacity: 512)
    buffer.append("{\"error\":{\"code\":")
    buffer.append(json: azureCode(problem))
    buffer.append(",\"message\":")
    buffer.append(json: problem.detail)
    if let pointer = problem.pointer, !pointer.isEmpty {
      buffer.append(",\"target\":")
      buffer.append(json: SurfaceValue.spoken(pointer))
    }
    buffer.append("}}")
    return buffer.withBytes { Array($0) }
  }

  /// Azure's word for a refusal.
  static func azureCode(_ problem: Problem) -> String {
    switch problem.status.code {
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "NotFound"
    case 405: "MethodNotAllowed"
    case 429: "TooManyRequests"
    case 503: "ServiceUnavailable"
    case 500...: "InternalServerError"
    default: "InvalidRequestBody"
    }
  }
}
