internal import JagaService
internal import JagaTranscripts

extension ServerOptions {
  /// What replaces ids, where the operator wants it. Throws `SecretFile.Fault`.
  func idTransform() throws -> (any IDTransform)? {
    hashIDs.isEmpty ? nil : HashedIDs(key: try SecretFile.text(hashIDs, least: HashedIDs.leastKey))
  }
}
