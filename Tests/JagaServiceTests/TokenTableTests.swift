import JagaStore
import Logging
import Synchronization
import Testing

@testable import JagaService

struct TokenTableTests {
  /// A store that holds what a test puts there.
  private final class Shelf: Sendable {
    struct Broken: Error {}
    let tokens = Mutex<[KeptToken]?>([])
    let reads = Atomic(0)
    func read() throws -> [KeptToken] {
      reads.add(1, ordering: .relaxed)
      guard let tokens = tokens.withLock({ $0 }) else { throw Broken() }
      return tokens
    }
  }

  private let shelf = Shelf()
  private let table: TokenTable
  private let secret = TokenSecret("jaga_one")

  init() {
    let shelf = shelf
    table = TokenTable(logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })) { try shelf.read() }
    keep { _ in }
  }

  private func keep(_ change: (inout KeptToken) -> Void) {
    var token = KeptToken(name: "one", hash: secret.hash, scopes: ["score"], createdAt: 0)
    change(&token)
    shelf.tokens.withLock { $0 = [token] }
  }

  @Test func aTokenIsFoundByItsSecretAndByItsName() throws {
    #expect(try table.token(of: secret, now: 0)?.name == "one")
    #expect(try table.token(of: TokenSecret("jaga_two"), now: 0) == nil)
    #expect(try table.token(named: "one", now: 0)?.name == "one")
    #expect(try table.token(named: "two", now: 0) == nil)
  }

  @Test func aSecretThatIsTooLongIsNotLookedUp() throws {
    let long = TokenSecret(String(repeating: "a", count: 257))
    shelf.tokens.withLock { $0 = [KeptToken(name: "long", hash: long.hash, scopes: [], createdAt: 0)] }
    #expect(try table.token(of: long, now: 0) == nil)
  }

  @Test func aHashWithTheSameBeginningIsAnother() throws {
    var hash = secret.hash
    hash[31] ^= 1
    shelf.tokens.withLock { $0 = [KeptToken(name: "near", hash: hash, scopes: [], createdAt: 0)] }
    #expect(try table.token(of: secret, now: 0) == nil)
  }

  @Test func aRevokedTokenIsRefusedWithinTwoSeconds() throws {
    #expect(try table.token(of: secret, now: 10_000) != nil)
    keep { $0.revokedAt = 10_001 }
    #expect(try table.token(of: secret, now: 11_999) != nil)
    #expect(try table.token(of: secret, now: 12_000) == nil)
    #expect(try table.token(named: "one", now: 12_000) == nil)
  }

  @Test func anExpiredTokenIsRefusedAtOnce() throws {
    keep { $0.expiresAt = 500 }
    #expect(try table.token(of: secret, now: 499) != nil)
    #expect(try table.token(of: secret, now: 500) == nil)
  }

  @Test func theStoreIsReadEveryTwoSecondsAtMost() throws {
    for now in 0..<10_000 { _ = try table.token(of: secret, now: Int64(now)) }
    #expect(shelf.reads.load(ordering: .relaxed) == 5)
  }

  @Test func tokensStayGoodForAMinuteWhileTheStoreCannotBeRead() throws {
    #expect(try table.token(of: secret, now: 0) != nil)
    shelf.tokens.withLock { $0 = nil }
    #expect(try table.token(of: secret, now: 60_000) != nil)
    #expect(throws: Problem.self) { _ = try table.token(of: secret, now: 60_001) }
    #expect(throws: Problem.self) { _ = try table.isEmpty(now: 60_001) }
    keep { _ in }
    #expect(try table.token(of: secret, now: 63_000) != nil)
  }

  @Test func withoutAFirstReadNothingIsKnown() throws {
    shelf.tokens.withLock { $0 = nil }
    #expect(throws: Problem.self) { _ = try table.isEmpty(now: 0) }
  }

  @Test func aRevokedTokenStillCloses() throws {
    keep { $0.revokedAt = 1 }
    #expect(try !table.isEmpty(now: 10))
    shelf.tokens.withLock { $0 = [] }
    #expect(try table.isEmpty(now: 5_000))
  }
}
