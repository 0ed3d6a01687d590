import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JagaCore
import JagaStore
import NIOCore
import Testing

@testable import JagaService

/// What happens while the store cannot be written: here it was closed.
struct FailingStoreTests {
  private func batch(_ place: Int, text: String = "kalo ga dikirim, fotomu aku sebar ke semua kontakmu") -> MessageBatch
  {
    var batch = MessageBatch()
    batch.append(Message(conversationID: "c", messageID: "m\(place)", authorID: "a", text: text))
    return batch
  }

  @Test func nothingIsTakenOnUntilItCanBeWrittenAgain() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    try await fixture.parts.engine.score(batch(0)) { _, _ in }
    #expect(try fixture.parts.engine.conversation("c")?.messages == 1)
    try fixture.parts.store.close()
    await #expect(throws: StoreError.self) { try await fixture.parts.engine.score(batch(1)) { _, _ in } }
    for place in 2..<20 {
      await #expect(throws: StoreError.self) { try await fixture.parts.engine.score(batch(place)) { _, _ in } }
    }
    // The first that failed is in memory, to be written; the later ones were refused before they were counted.
    #expect(try fixture.parts.engine.conversation("c")?.messages == 2)
  }

  @Test func clientsAreToldToComeBack() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    try await fixture.app.test(.router) { client in
      let body = NIOCore.ByteBuffer(
        string:
          #"{"conversation_id":"c","message_id":"m","text":"kalo ga dikirim, fotomu aku sebar ke semua kontakmu"}"#)
      try await client.execute(
        uri: "/v1/score", method: .post, headers: [.contentType: "application/json"], body: body
      ) { #expect($0.status == .ok) }
      try fixture.parts.store.close()
      try await client.execute(
        uri: "/v1/score", method: .post, headers: [.contentType: "application/json"],
        body: NIOCore.ByteBuffer(string: #"{"conversation_id":"d","message_id":"m","text":"halo"}"#)
      ) { answer in
        #expect(answer.status == .serviceUnavailable)
        #expect(answer.headers[.retryAfter] == "1")
        #expect(String(buffer: answer.body).contains("urn:jaga:problem:store"))
      }
    }
  }
}
