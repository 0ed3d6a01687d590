internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// `GET /openapi.json`: the description of this API, OpenAPI 3.1. Its one source is `Resources/openapi.json`; anybody may read it.
struct DescriptionRoute: Sendable {
  func add(to router: some RouterMethods<ServiceContext>) {
    router.get("/openapi.json") { _, _ in
      Response(
        status: .ok,
        headers: [.contentType: "application/json", .cacheControl: "max-age=3600"],
        body: .init(byteBuffer: NIOCore.ByteBuffer(bytes: PackageResources.openapi_json)))
    }
  }
}
