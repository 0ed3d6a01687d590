internal import GRDB

extension Store {
  /// Adds a token, and puts that on record with its name and scopes. Throws ``StoreError/tokenExists(file:name:)`` for a name or hash that was given before,
  /// to a revoked token as well.
  public func addToken(_ token: KeptToken, now: Int64, actor: String) throws(StoreError) {
    let scopes = token.scopes.sorted()
    guard !token.name.isEmpty, token.hash.count == 32, !scopes.contains(where: { $0.isEmpty || $0.contains(" ") })
    else {
      throw .cannotWrite(file: path, reason: "a token needs a name, a hash of 32 bytes, and scopes of one word each")
    }
    try writing { db in
      var known = try RowReader(db, self, cached: "SELECT 1 FROM token WHERE name = ? OR hash = ?")
      known.bind(token.name)
      known.bind(bytes: token.hash)
      guard try !known.step() else { throw StoreError.tokenExists(file: path, name: token.name) }
      var row = try RowWriter(
        db,
        cached: """
          INSERT INTO token (name, hash, scopes, created_at, expires_at, revoked_at, requests_per_minute)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """)
      row.bind(token.name)
      row.bind(bytes: token.hash)
      row.bind(scopes.joined(separator: " "))
      row.bind(token.createdAt)
      row.bind(token.expiresAt)
      row.bind(token.revokedAt)
      row.bind(token.requestsPerMinute)
      try row.step()
      var detail = AuditDetail()
      detail.add("token", token.name)
      detail.add("scopes", scopes.joined(separator: " "))
      if let end = token.expiresAt { detail.add("expires_at", end) }
      var audit = AuditWriter(db, self)
      try audit.append(.tokenAdded, at: now, actor: actor, subject: nil, detail)
    }
  }

  /// All tokens by name, revoked and expired ones too.
  public func tokens() throws(StoreError) -> [KeptToken] {
    try reading { db in
      var rows = try RowReader(
        db, self,
        cached: """
          SELECT name, hash, scopes, created_at, expires_at, revoked_at, requests_per_minute FROM token ORDER BY name
          """)
      var tokens: [KeptToken] = []
      while try rows.step() {
        tokens.append(
          KeptToken(
            name: try rows.text(), hash: try rows.bytes(),
            scopes: Set(try rows.text().split(separator: " ").map(String.init)), createdAt: try rows.time(),
            expiresAt: try rows.optionalTime(), revokedAt: try rows.optionalTime(),
            requestsPerMinute: try rows.optionalInteger()))
      }
      return tokens
    }
  }

  /// Revokes a token, and puts that on record; one that is revoked already stays as it is. Throws ``StoreError/noToken(file:name:)``.
  public func revokeToken(name: String, now: Int64, actor: String) throws(StoreError) {
    try writing { db in
      var row = try RowWriter(db, cached: "UPDATE token SET revoked_at = ? WHERE name = ? AND revoked_at IS NULL")
      row.bind(now)
      row.bind(name)
      guard try row.step() == 1 else {
        var known = try RowReader(db, self, cached: "SELECT 1 FROM token WHERE name = ?")
        known.bind(name)
        guard try known.step() else { throw StoreError.noToken(file: path, name: name) }
        return
      }
      var detail = AuditDetail()
      detail.add("token", name)
      var audit = AuditWriter(db, self)
      try audit.append(.tokenRevoked, at: now, actor: actor, subject: nil, detail)
    }
  }
}
