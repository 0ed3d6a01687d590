import Testing

@testable import JagaStore

@Suite struct TokensTests {
  @Test func tokensComeBackByName() throws {
    let open = try OpenStore()
    let two = SampleService.token("b", scopes: ["score", "admin"])
    var one = SampleService.token("a", scopes: [])
    one.expiresAt = nil
    one.requestsPerMinute = nil
    try open.store.addToken(two, now: 10, actor: "root")
    try open.store.addToken(one, now: 11, actor: "root")
    #expect(try open.store.tokens() == [one, two])
    let rows = try open.store.audit(from: 1, limit: 9)
    #expect(rows.map(\.action) == ["token.added", "token.added"] && rows[0].actor == "root" && rows[0].at == 10)
    #expect(rows[0].detail == "{\"token\":\"b\",\"scopes\":\"admin score\",\"expires_at\":99}")
    #expect(rows[1].detail == "{\"token\":\"a\",\"scopes\":\"\"}")
  }

  @Test func namesAndSecretsAreGivenOnce() throws {
    let open = try OpenStore()
    try open.store.addToken(SampleService.token("a"), now: 1, actor: "root")
    try open.store.revokeToken(name: "a", now: 2, actor: "root")
    #expect(throws: StoreError.tokenExists(file: open.path, name: "a")) {
      try open.store.addToken(SampleService.token("a"), now: 3, actor: "root")
    }
    var twin = SampleService.token("a")
    twin.name = "twin"
    #expect(throws: StoreError.tokenExists(file: open.path, name: "twin")) {
      try open.store.addToken(twin, now: 3, actor: "root")
    }
    #expect(
      StoreError.tokenExists(file: "f", name: "a").description
        == "f: a token 'a', or with the same secret, was made before; choose another name, revoked ones stay taken")
    #expect(try open.store.actions() == ["token.added", "token.revoked"])
  }

  @Test func aRevokedTokenIsNotTaken() throws {
    let open = try OpenStore()
    try open.store.addToken(SampleService.token("a"), now: 1, actor: "root")
    let token = try open.store.tokens()[0]
    #expect(token.isValid(at: 98) && !token.isValid(at: 99))
    try open.store.revokeToken(name: "a", now: 50, actor: "ani")
    try open.store.revokeToken(name: "a", now: 60, actor: "ani")
    let revoked = try open.store.tokens()[0]
    #expect(revoked.revokedAt == 50 && !revoked.isValid(at: 0))
    #expect(try open.store.audit(from: 2, limit: 9).map(\.detail) == ["{\"token\":\"a\"}"])
    #expect(throws: StoreError.noToken(file: open.path, name: "b")) {
      try open.store.revokeToken(name: "b", now: 1, actor: "ani")
    }
    #expect(
      StoreError.noToken(file: "f", name: "b").description == "f: no token 'b'; 'jaga-server token list' shows them")
  }

  @Test func whatIsNoTokenIsRefused() throws {
    let open = try OpenStore()
    var short = SampleService.token("a")
    short.hash = [1]
    for token in [short, SampleService.token(""), SampleService.token("a", scopes: ["two words"])] {
      #expect(throws: StoreError.self) { try open.store.addToken(token, now: 1, actor: "root") }
    }
    #expect(try open.store.rowCounts() == [:])
  }
}
