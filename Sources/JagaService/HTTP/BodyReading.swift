internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension ServiceParts {
  /// Reads a body whole, within the limits of size and time. Throws a ``Problem``.
  ///
  /// `spare` bytes of room are reserved behind it, for parsers that read padding. `most` is a smaller limit than the service's.
  func body(of request: Request, spare: Int = 64, most: Int = .max) async throws -> [UInt8] {
    let limit = min(settings.bodyLimit, most)
    let tooLarge = tooLarge(limit)
    if let stated = request.headers[.contentLength].flatMap(Int.init), stated > limit { throw tooLarge }
    if let encoding = request.headers[.contentEncoding], encoding.lowercased() != "identity" {
      throw Problem(
        .unsupportedMediaType, "content-encoding", "bodies with a content encoding are not read; send it as it is")
    }
    var bytes: [UInt8] = []
    let deadline = ContinuousClock.now + .seconds(settings.bodySeconds)
    do {
      for try await part in request.body {
        guard bytes.count + part.readableBytes <= limit else { throw tooLarge }
        guard ContinuousClock.now < deadline else { throw tooSlow }
        if bytes.isEmpty { bytes.reserveCapacity(part.readableBytes + spare) }
        bytes.append(contentsOf: part.readableBytesView)
      }
    } catch let problem as Problem {
      throw problem
    } catch {
      throw Problem(.badRequest, "body-cut-off", "the body ended before its announced length; send it again")
    }
    return bytes
  }

  /// Refuses what is said to be something else than JSON. A body without a type is taken for JSON.
  func requireJSON(_ request: Request) throws(Problem) {
    guard let type = request.headers[.contentType], !type.isEmpty, type != "application/json" else { return }
    let essence = type.split(separator: ";").first.map { $0.trimmingWhitespace().lowercased() } ?? ""
    guard
      ["application/json", "application/x-ndjson", "application/jsonl", "text/json"].contains(essence)
        || essence.hasSuffix("+json")
    else {
      throw Problem(
        .unsupportedMediaType, "content-type",
        "the body has to be JSON; send Content-Type: application/json, for a stream application/x-ndjson")
    }
    guard
      let charset = type.lowercased().split(separator: ";").dropFirst()
        .map({ $0.trimmingWhitespace() }).first(where: { $0.hasPrefix("charset=") })
    else { return }
    guard ["charset=utf-8", "charset=\"utf-8\"", "charset=utf8", "charset=us-ascii"].contains(charset) else {
      throw Problem(.unsupportedMediaType, "charset", "JSON is UTF-8 (RFC 8259); encode the body as UTF-8")
    }
  }

  private func tooLarge(_ limit: Int) -> Problem {
    Problem(
      .contentTooLarge, "body-too-large",
      "the body is larger than \(limit) bytes; send fewer messages at a time, or use /v1/score/stream")
  }

  private var tooSlow: Problem {
    Problem(
      .requestTimeout, "body-too-slow", "the body took longer than \(settings.bodySeconds) s; send it faster, or less")
  }
}

extension Substring {
  /// Without the blanks around it.
  func trimmingWhitespace() -> String {
    var rest = self
    while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return String(rest)
  }
}
