import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JagaStore
import JagaTranscripts
import NIOCore

@testable import JagaService

/// An answer as tests look at it.
struct Answer {
  var status: HTTPResponse.Status
  var headers: HTTPFields
  var text: String
  /// The body as JSON; null where it is none.
  var json: JSONValue { (try? JSONValue.parse(Array(text.utf8))) ?? .null }
}

extension ServiceFixture {
  /// Sends one request through the router.
  func send(
    _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, headers: [String: String] = [:],
    to router: Router<ServiceContext>? = nil
  ) async throws -> Answer {
    var fields = HTTPFields()
    if body != nil { fields[.contentType] = "application/json" }
    for (name, value) in headers { if let name = HTTPField.Name(name) { fields[name] = value } }
    let known = fields
    return try await Application(router: router ?? parts.router()).test(.router) { client in
      try await client.execute(uri: path, method: method, headers: known, body: body.map { ByteBuffer(string: $0) }) {
        Answer(status: $0.status, headers: $0.headers, text: String(buffer: $0.body))
      }
    }
  }

  /// Puts a token into the store; its secret is `jaga_` and the name.
  func addToken(
    _ name: String, _ scopes: Set<String>, requestsPerMinute: Int? = nil, expiresAt: Int64? = nil
  ) throws {
    try parts.store.addToken(
      KeptToken(
        name: name, hash: TokenSecret("jaga_" + name).hash, scopes: scopes, createdAt: clock.now, expiresAt: expiresAt,
        requestsPerMinute: requestsPerMinute), now: clock.now, actor: "test")
  }
}

extension JSONValue {
  /// The number of a key.
  func number(_ key: String) -> Double? {
    guard case .number(let number)? = self[key] else { return nil }
    return number
  }

  /// Yes or no of a key.
  func boolean(_ key: String) -> Bool? {
    guard case .boolean(let flag)? = self[key] else { return nil }
    return flag
  }

  /// The elements of an array.
  var elements: [JSONValue] {
    guard case .array(let elements) = self else { return [] }
    return elements
  }

  /// The keys of an object, sorted.
  var keys: [String] {
    guard case .object(let members) = self else { return [] }
    return members.keys.sorted()
  }
}

/// Lines for the drop-in surfaces: what a moderator would look at, what nobody would, and a call for help.
enum SurfaceLines {
  static let threat = "kalau ga transfer malam ini fotomu aku sebar ke semua temen sekolahmu"
  static let request = "aku kasih diamond tapi kirim foto yang kemarin dulu"
  static let isolation = "jangan cerita ke mama ya, hapus chat ini, pindah ke telegram aja"
  static let contact = "kelas berapa dek? sendirian di rumah?"
  static let harmless = "besok kerja kelompok jam berapa di rumah siapa?"
  static let disclosure = "kak tolong, ada orang ancam mau sebar foto aku, aku takut"
}
