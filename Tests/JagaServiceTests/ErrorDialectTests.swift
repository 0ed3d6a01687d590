import Hummingbird
import JagaTranscripts
import Testing

@testable import JagaService

struct ErrorDialectTests {
  @Test(arguments: [
    ("/v1/score", ErrorDialect.problem), ("/v1/moderations", .openAI), ("/v1/moderations/x", .problem),
    ("/v1alpha1/comments:analyze", .google), ("/v1alpha1/comments:suggestscore", .google),
    ("/contentsafety/text:analyze", .azure), ("/contentsafety/image:analyze", .azure), ("/contentsafetyx", .problem),
    ("/v1/matrix/ping", .matrix), ("/v1/matrixx", .problem),
  ])
  func eachPathHasItsDialect(path: String, dialect: ErrorDialect) {
    #expect(ErrorDialect(path: path) == dialect)
  }

  private static let rows: [(HTTPResponse.Status, String, String, String)] = [
    (.badRequest, "odd-kind", "INVALID_ARGUMENT", "InvalidRequestBody"),
    (.unauthorized, "invalid_api_key", "UNAUTHENTICATED", "Unauthorized"),
    (.forbidden, "odd-kind", "PERMISSION_DENIED", "Forbidden"),
    (.notFound, "odd-kind", "NOT_FOUND", "NotFound"),
    (.methodNotAllowed, "odd-kind", "UNIMPLEMENTED", "MethodNotAllowed"),
    (.requestTimeout, "odd-kind", "DEADLINE_EXCEEDED", "InvalidRequestBody"),
    (.contentTooLarge, "odd-kind", "INVALID_ARGUMENT", "InvalidRequestBody"),
    (.tooManyRequests, "rate_limit_exceeded", "RESOURCE_EXHAUSTED", "TooManyRequests"),
    (.internalServerError, "odd-kind", "INTERNAL", "InternalServerError"),
    (.serviceUnavailable, "odd-kind", "UNAVAILABLE", "ServiceUnavailable"),
  ]

  @Test(arguments: rows)
  func everyRefusalHasAWordInEachDialect(
    status: HTTPResponse.Status, openAI: String, google: String, azure: String
  ) throws {
    let problem = Problem(status, "odd-kind", "a \"detail\"", pointer: "/input/2")
    func json(_ dialect: ErrorDialect) throws -> JSONValue {
      try #require(try JSONValue.parse(dialect.body(of: problem).bytes)["error"])
    }
    #expect(try json(.openAI)["code"]?.string == openAI)
    #expect(try json(.openAI)["param"]?.string == "input[2]")
    #expect(try json(.google)["status"]?.string == google)
    #expect(try json(.google).number("code") == Double(status.code))
    #expect(try json(.google)["details"]?.elements.first?["reason"]?.string == "ODD_KIND")
    #expect(try json(.azure)["code"]?.string == azure)
    for dialect in [ErrorDialect.openAI, .google, .azure] {
      #expect(try json(dialect)["message"]?.string == "a \"detail\"")
    }
    #expect(
      String(decoding: ErrorDialect.matrix.body(of: problem).bytes, as: UTF8.self)
        == "\(status.code) odd-kind: a \"detail\"\n")
  }

  @Test func pathsThatAreNotThereAnswerInTheirDialect() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let google = try await fixture.send(.post, "/v1alpha1/comments:suggestscore", "{}")
    #expect(google.status == .notFound)
    #expect(google.json["error"]?["status"]?.string == "NOT_FOUND")
    let azure = try await fixture.send(.post, "/contentsafety/image:analyze", "{}")
    #expect(azure.json["error"]?["code"]?.string == "NotFound")
  }
}
