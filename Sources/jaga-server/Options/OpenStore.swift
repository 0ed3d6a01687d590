internal import Glibc
internal import JagaService
internal import JagaStore

extension ServerOptions {
  /// Opens the store, and makes it, its folder and its secret when they are not there: for the owner alone. Throws ``Failure``,
  /// `SecretFile.Fault` or `StoreError`.
  func openStore() throws -> Store {
    // Everything that is made from now on, the log of the database too, is the owner's alone.
    umask(0o077)
    let path = storePath
    guard StorePlace.makeFolder(of: path) else {
      throw Failure("\(path): its folder cannot be made; name another place with --store FILE")
    }
    // The secret first: a store without one has lost it.
    if access(path, F_OK) != 0, errno == ENOENT { try SecretFile.prepareInstallation(secretPath) }
    return try Store(serving: path, synchronous: isSynchronous)
  }

  /// Opens a store that must be there already: a wrong path shall not make an empty one. Throws ``Failure`` or `StoreError`.
  func openExistingStore() throws -> Store {
    let path = storePath
    guard access(path, F_OK) == 0 else {
      throw Failure("\(path): there is no store; name it with --store FILE, or start 'jaga-server' once to make it")
    }
    return try openStore()
  }

  /// The keys of the installation. Throws `SecretFile.Fault`.
  func keys() throws -> ServiceKeys {
    ServiceKeys(
      secret: try SecretFile.installation(secretPath),
      textKey: textKey.isEmpty ? nil : try SecretFile.key(textKey))
  }
}
