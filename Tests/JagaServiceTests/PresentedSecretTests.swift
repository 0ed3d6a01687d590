import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import JagaService

struct PresentedSecretTests {
  @Test(
    arguments: [
      ("/v1/score", ["Authorization": "Bearer jaga_1"], "jaga_1"),
      ("/v1/score", ["Authorization": "bearer  jaga_1"], "jaga_1"),
      ("/v1/score", ["Authorization": "Basic amFnYQ=="], nil),
      ("/v1/score", ["Authorization": "Bearer"], nil), ("/v1/score", ["Authorization": "Bearer "], nil),
      ("/v1/score", ["X-API-Key": "jaga_1"], "jaga_1"), ("/v1/score", ["x-api-key": ""], nil),
      ("/contentsafety/text:analyze", ["Ocp-Apim-Subscription-Key": "jaga_1"], "jaga_1"),
      ("/v1alpha1/comments:analyze", ["X-Goog-Api-Key": "jaga_1"], "jaga_1"),
      ("/v1alpha1/comments:analyze?key=jaga_1", [:], "jaga_1"), ("/v1alpha1/comments:analyze?key=", [:], nil),
      ("/v1alpha1/comments:analyze?alt=json&key=jaga%5F1", [:], "jaga_1"),
      ("/v1/score?key=jaga_1", [:], nil), ("/v1/moderations?key=jaga_1", [:], nil),
    ] as [(String, [String: String], String?)])
  func places(path: String, fields: [String: String], secret: String?) {
    var headers = HTTPFields()
    for (name, value) in fields { if let name = HTTPField.Name(name) { headers[name] = value } }
    let request = Request(
      head: .init(method: .post, scheme: "http", authority: "localhost", path: path, headerFields: headers),
      body: .init(buffer: ByteBuffer()))
    #expect(PresentedSecret.of(request)?.text == secret)
  }
}
