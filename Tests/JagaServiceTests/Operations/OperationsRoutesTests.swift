import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JagaCore
import JagaStore
import Testing

@testable import JagaService

struct OperationsRoutesTests {
  @Test func healthAndReadiness() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    try await fixture.app.test(.router) { client in
      try await client.execute(uri: "/healthz", method: .get) { response in
        #expect(response.status == .ok)
        #expect(String(buffer: response.body) == #"{"status":"ok"}"#)
      }
      try await client.execute(uri: "/readyz", method: .get) { response in
        #expect(String(buffer: response.body) == #"{"status":"ready"}"#)
      }
      fixture.parts.state.stop()
      try await client.execute(uri: "/readyz", method: .get) { response in
        #expect(response.status == .serviceUnavailable)
        #expect(response.headers[.contentType] == "application/problem+json")
        #expect(String(buffer: response.body).contains("urn:jaga:problem:stopping"))
      }
      try await client.execute(uri: "/healthz", method: .get) { #expect($0.status == .ok) }
    }
  }

  @Test func aStoreThatCannotBeWrittenIsNotReady() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    try fixture.parts.store.close()
    try await fixture.app.test(.router) { client in
      try await client.execute(uri: "/readyz", method: .get) { response in
        #expect(response.status == .serviceUnavailable)
        #expect(String(buffer: response.body).contains("urn:jaga:problem:store"))
      }
      // It lives, though it can do nothing.
      try await client.execute(uri: "/healthz", method: .get) { #expect($0.status == .ok) }
    }
  }

  /// Anybody may ask, so the store is not looked at each time.
  @Test func readinessIsGoodForASecond() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    #expect(try await fixture.send(.get, "/readyz").status == .ok)
    try fixture.parts.store.close()
    fixture.clock.advance(by: 999)
    #expect(try await fixture.send(.get, "/readyz").status == .ok)
    fixture.clock.advance(by: 1)
    #expect(try await fixture.send(.get, "/readyz").status == .serviceUnavailable)
  }

  @Test func metricsCountWithoutIDs() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    try await fixture.app.test(.router) { client in
      let body = #"{"messages":[\#(SampleLines.risky("chat-dua").split(separator: "\n").joined(separator: ","))]}"#
      try await client.execute(
        uri: "/v1/score", method: .post, headers: [.contentType: "application/json"], body: ByteBuffer(string: body)
      ) { #expect($0.status == .ok) }
      try await client.execute(uri: "/v1/conversations/chat-dua", method: .get) { #expect($0.status == .ok) }
      try await client.execute(uri: "/none/chat-dua", method: .get) { #expect($0.status == .notFound) }
      try await client.execute(uri: "/metrics", method: .get) { response in
        let text = String(buffer: response.body)
        #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(text.contains(#"jaga_request_seconds_count{method="POST",route="/v1/score",status="200"} 1"# + "\n"))
        #expect(
          text.contains(
            #"jaga_request_seconds_count{method="GET",route="/v1/conversations/{id}",status="200"} 1"# + "\n"))
        #expect(text.contains(#"jaga_request_seconds_count{method="GET",route="none",status="404"} 1"# + "\n"))
        let scored = text.split(separator: "\n").filter { $0.hasPrefix("jaga_messages_scored_total{") }
          .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
        #expect(scored.reduce(0, +) == 8)
        #expect(text.contains("jaga_conversations_kept 1\n"))
        #expect(text.contains("# TYPE jaga_commit_seconds histogram\n"))
        #expect(!text.contains("jaga_commit_seconds_count 0\n"))
        #expect(!text.contains("chat-dua"))
      }
    }
  }

  @Test func withTokensMetricsNeedOne() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let secret = TokenSecret("jaga_test")
    try fixture.parts.store.addToken(
      KeptToken(name: "p", hash: secret.hash, scopes: ["score"], createdAt: 0), now: fixture.clock.now, actor: "test")
    try await fixture.app.test(.router) { client in
      try await client.execute(uri: "/metrics", method: .get) { #expect($0.status == .unauthorized) }
      try await client.execute(uri: "/metrics", method: .get, headers: [.authorization: "Bearer jaga_test"]) {
        #expect($0.status == .ok)
      }
      try await client.execute(uri: "/v1/alerts", method: .get, headers: [.authorization: "Bearer jaga_test"]) {
        #expect($0.status == .forbidden)
      }
      try await client.execute(uri: "/healthz", method: .get) { #expect($0.status == .ok) }
    }
  }
}
