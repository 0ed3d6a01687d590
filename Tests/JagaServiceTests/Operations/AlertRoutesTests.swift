import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JagaStore
import Testing

@testable import JagaService

struct AlertRoutesTests {
  static func score(_ lines: String, _ fixture: ServiceFixture) async throws {
    try await fixture.app.test(.router) { client in
      try await client.execute(
        uri: "/v1/score", method: .post, headers: [.contentType: "application/json"],
        body: ByteBuffer(string: #"{"messages":[\#(lines.split(separator: "\n").joined(separator: ","))]}"#)
      ) { #expect($0.status == .ok) }
    }
  }

  @Test func listedAndReplayed() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let store = fixture.parts.store
    try store.commit(
      ServiceChanges(
        alerts: (1...3).map {
          AlertDraft(
            target: "webhook", conversationID: "c\($0)", payload: Array("{}".utf8), createdAt: fixture.clock.now)
        }))
    for alert in try store.dueAlerts(now: fixture.clock.now, limit: 2) {
      try store.settleAlert(alert.number, .dead(reason: "status 500"), now: fixture.clock.now)
    }
    try await fixture.app.test(.router) { client in
      try await client.execute(uri: "/v1/alerts?state=dead", method: .get) { response in
        let root = try JSONSerialization.jsonObject(with: Data(buffer: response.body)) as? [String: Any]
        #expect(root?["pending"] as? Int == 1)
        #expect(root?["dead"] as? Int == 2)
        let alerts = root?["alerts"] as? [[String: Any]] ?? []
        #expect(alerts.compactMap { $0["reason"] as? String } == ["status 500", "status 500"])
      }
      try await client.execute(uri: "/v1/alerts?state=lost", method: .get) { #expect($0.status == .badRequest) }
      try await client.execute(
        uri: "/v1/alerts/replay", method: .post, body: ByteBuffer(string: #"{"numbers":[1]}"#)
      ) { #expect(String(buffer: $0.body) == #"{"replayed":1}"#) }
      try await client.execute(uri: "/v1/alerts/replay", method: .post, body: ByteBuffer(string: "[1]")) {
        #expect($0.status == .badRequest)
      }
      try await client.execute(uri: "/v1/alerts/replay", method: .post) {
        #expect(String(buffer: $0.body) == #"{"replayed":1}"#)
      }
    }
    #expect(try store.sizes().alertsPending == 3)
    #expect(try store.audit(from: 1, limit: 100).count { $0.action == "alert.replayed" } == 2)
  }
}
