import Foundation
import Testing

@testable import JagaService

struct StorePlaceTests {
  @Test(arguments: [
    (["STATE_DIRECTORY": "/var/lib/jaga:/x", "HOME": "/home/a"], "/var/lib/jaga/jaga.sqlite"),
    (["XDG_STATE_HOME": "/s", "HOME": "/home/a"], "/s/jaga/jaga.sqlite"),
    (["XDG_STATE_HOME": "relative", "HOME": "/home/a"], "/home/a/.local/state/jaga/jaga.sqlite"),
    (["XDG_STATE_HOME": "", "HOME": "/home/a"], "/home/a/.local/state/jaga/jaga.sqlite"), ([:], "jaga.sqlite"),
  ])
  func places(environment: [String: String], path: String) {
    #expect(StorePlace.path(environment: environment) == path)
  }

  @Test func foldersAreTheOwnersAlone() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "jaga-place-\(UUID().uuidString)").path
    #expect(StorePlace.makeFolder(of: root + "/a/b/jaga.sqlite"))
    for folder in [root, root + "/a", root + "/a/b"] {
      #expect(try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions] as? Int == 0o700)
    }
    #expect(StorePlace.makeFolder(of: root + "/a/b/jaga.sqlite"))
    #expect(StorePlace.makeFolder(of: "jaga.sqlite"))
    #expect(!StorePlace.makeFolder(of: "/proc/none/jaga.sqlite"))
  }

  @Test func oneServiceAStore() throws {
    let store = FileManager.default.temporaryDirectory.appending(path: "jaga-lock-\(UUID().uuidString)").path
    var first: StoreLock? = try StoreLock(of: store)
    #expect(first != nil)
    #expect(try StoreLock(of: store) == nil)
    first = nil
    #expect(try StoreLock(of: store) != nil)
    #expect(throws: SecretFile.Fault.self) { try StoreLock(of: "/nowhere/jaga.sqlite") }
  }
}
