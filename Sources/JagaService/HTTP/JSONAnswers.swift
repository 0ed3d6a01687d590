internal import HTTPTypes
internal import Hummingbird
internal import JagaBatch
internal import NIOCore

extension Response {
  /// An answer of JSON that a writer put together; a line break at its end is left out.
  static func json(_ buffer: JSONBuffer, status: HTTPResponse.Status = .ok) -> Response {
    let body = buffer.withBytes { bytes in
      let isEnded = bytes.last == 0x0A
      return NIOCore.ByteBuffer(bytes: isEnded ? UnsafeBufferPointer(rebasing: bytes.dropLast()) : bytes)
    }
    return Response(
      status: status, headers: [.contentType: "application/json", .contentLength: "\(body.readableBytes)"],
      body: .init(byteBuffer: body))
  }

  /// An answer of JSON at hand.
  static func json(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "application/json", .contentLength: "\(bytes.count)"],
      body: .init(byteBuffer: NIOCore.ByteBuffer(bytes: bytes)))
  }
}
