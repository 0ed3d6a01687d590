import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import JagaService

struct LoopbackRulesTests {
  @Test(arguments: [
    ("localhost", true), ("localhost:8080", true), ("LocalHost:1", true), ("127.0.0.1", true), ("127.0.0.1:8080", true),
    ("127.255.3.9:80", true), ("[::1]", true), ("[::1]:8080", true),
    ("", false), ("example.org", false), ("localhost.example.org", false), ("127.0.0.1.example.org", false),
    ("127.0.0.1:8080.example.org", false), ("127.1", false), ("127.0.0.256", false), ("127.0.0.-1", false),
    ("127.0.0.+1", false), ("127.0.0.0001", false), ("128.0.0.1", false), ("0.0.0.0", false), ("[::2]", false),
    ("[::1", false), ("[::1]x", false), ("::1", false), ("localhost:", false), ("localhost:x", false),
    ("localhost:123456", false), ("localhost@example.org", false), ("2130706433", false), ("0x7f.0.0.1", false),
  ])
  func hosts(authority: String, isLoopback: Bool) {
    #expect(LoopbackRules.isLoopback(authority) == isLoopback)
  }

  @Test(
    arguments: [
      ("localhost:8080", [:], nil), (nil, [:], nil),
      ("localhost:8080", ["Origin": "http://localhost:8080"], nil),
      ("127.0.0.1:8080", ["Origin": "http://127.0.0.1:8080"], nil),
      ("evil.example:8080", [:], "foreign-host"),
      ("localhost:8080", ["Origin": "https://evil.example"], "foreign-origin"),
      ("localhost:8080", ["Origin": "http://localhost:3000"], "foreign-origin"),
      ("localhost:8080", ["Origin": "null"], "foreign-origin"),
      (nil, ["Origin": "http://localhost"], "foreign-origin"),
      ("localhost:8080", ["X-Forwarded-For": "10.0.0.9"], "forwarded"),
      ("localhost:8080", ["Forwarded": "for=10.0.0.9"], "forwarded"),
      ("localhost:8080", ["X-Forwarded-Proto": "https"], "forwarded"),
      ("localhost:8080", ["X-Forwarded-Host": "chat.example"], "forwarded"),
      ("localhost:8080", ["X-Real-IP": "10.0.0.9"], "forwarded"),
      ("localhost:8080", ["Via": "1.1 gate"], "forwarded"),
    ] as [(String?, [String: String], String?)])
  func requests(authority: String?, fields: [String: String], kind: String?) {
    var headers = HTTPFields()
    for (name, value) in fields { if let name = HTTPField.Name(name) { headers[name] = value } }
    let request = Request(
      head: .init(method: .post, scheme: "http", authority: authority, path: "/v1/score", headerFields: headers),
      body: .init(buffer: ByteBuffer()))
    #expect(LoopbackRules.problem(with: request)?.kind == kind)
  }
}
