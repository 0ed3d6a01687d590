import Foundation
import Testing

@Suite(.enabled(if: Program.hasModel, Program.needsModel))
struct ServerTests {
  private let risky = #"""
    {"conversation_id":"c1","message_id":"m1","author_id":"a","text":"gw isiin 50rb mau? dm nya lagi promo"}
    {"conversation_id":"c1","message_id":"m2","author_id":"b","text":"mau bgt kak"}
    {"conversation_id":"c1","message_id":"m3","author_id":"a","text":"asal kirim foto yg kmrn dulu yaa, jangan bilang siapa2"}
    {"conversation_id":"c1","message_id":"m4","author_id":"a","text":"kalo ga dikirim, fotomu aku sebar ke semua kontakmu"}
    """#

  @Test func withoutArgumentsItServesThisMachine() throws {
    let folder = try Scratch()
    let server = try ServerProgram(
      folder, store: false, environment: ["XDG_STATE_HOME": folder.path, "JAGA_LOG_FORMAT": "json"])
    #expect(server.url.hasPrefix("http://127.0.0.1:"))
    let answer = try server.curl("/v1/score", ["--json", #"{"text":"asal kirim foto yg kmrn dulu yaa"}"#])
    #expect(answer.status == 200)
    #expect(decoded(Substring(answer.body))["band"] as? String != nil)
    #expect(try server.curl("/", ["-L"]).status == 200)
    #expect(try server.curl("/readyz").body == #"{"status":"ready"}"#)
    let store = folder.path + "/jaga/jaga.sqlite"
    for name in [store, store + ".key", store + ".lock", store + "-wal"] {
      #expect(try FileManager.default.attributesOfItem(atPath: name)[.posixPermissions] as? Int == 0o600, "\(name)")
    }
    #expect(server.logged.split(separator: "\n").count == 1)
    #expect(server.logged.contains(#""store":"\#(store)""#.replacing("/", with: "/")))
    #expect(server.stop(SIGINT) == 0)
  }

  @Test func anythingButLoopbackNeedsAToken() throws {
    let folder = try Scratch()
    let refused = try ServerProgram.run(folder, ["serve", "--host", "0.0.0.0", "--port", "0"])
    #expect(refused.code == 1)
    #expect(
      refused.errors
        == "jaga-server: 0.0.0.0 can be reached by others, and there is no token yet; make one first: jaga-server token add NAME --scopes score --store \(folder.path)/jaga.sqlite\n"
    )
    let made = try ServerProgram.run(folder, ["token", "add", "pipeline", "--scopes", "score", "--expires-days", "3"])
    #expect(made.code == 0)
    let secret = made.output.trimmingCharacters(in: .newlines)
    #expect(secret.hasPrefix("jaga_"))
    let server = try ServerProgram(folder, ["--host", "0.0.0.0"])
    let port = server.url.split(separator: ":").last ?? ""
    func status(_ arguments: [String]) throws -> String {
      try Program.run(
        ["-s", "-o", "/dev/null", "-w", "%{http_code}"] + arguments + ["http://127.0.0.1:\(port)/v1/labels"],
        program: "/usr/bin/curl"
      ).output
    }
    #expect(try status([]) == "401")
    #expect(try status(["-H", "Authorization: Bearer \(secret)"]) == "200")
    #expect(try ServerProgram.run(folder, ["token", "revoke", "pipeline"]).code == 0)
    #expect(try ServerProgram.run(folder, ["token", "list"]).output.hasPrefix("pipeline\tscore\twithdrawn\tmade "))
    let end = Date().addingTimeInterval(10)
    while try status(["-H", "Authorization: Bearer \(secret)"]) != "401", Date() < end { usleep(100_000) }
    #expect(try status(["-H", "Authorization: Bearer \(secret)"]) == "401")
    #expect(!server.logged.contains(secret))
    #expect(server.stop() == 0)
  }

  @Test func aStopLosesNothing() throws {
    let folder = try Scratch()
    var server = try ServerProgram(folder)
    let first = try server.score(risky)
    #expect(first.status == 200)
    let before = try server.curl("/v1/conversations/c1")
    #expect(server.stop() == 0)
    #expect(server.logged.contains("stopped; everything is in the store"))
    server = try ServerProgram(folder)
    #expect(try server.curl("/v1/conversations/c1").body == before.body)
    let verified = try ServerProgram.run(folder, ["audit", "verify"])
    #expect(verified.code == 0)
    #expect(verified.output.hasPrefix("the audit is whole: "))
    let head = try ServerProgram.run(folder, ["audit", "head"]).output.split(separator: " ").last ?? ""
    let hash = head.trimmingCharacters(in: .newlines)
    #expect(try ServerProgram.run(folder, ["audit", "verify", "--head", hash]).code == 0)
    let other = try ServerProgram.run(folder, ["audit", "verify", "--head", String(repeating: "0", count: 63) + "1"])
    #expect(other.code == 1)
    #expect(other.errors.contains("the expected head is nowhere in it"))
    #expect(server.stop() == 0)
  }

  /// What was begun when the signal came is answered, and readiness ends at once.
  @Test func whatWasBegunIsFinished() throws {
    let folder = try Scratch()
    let server = try ServerProgram(folder)
    let body = try folder.file("body", String(repeating: risky + "\n", count: 500))
    let output = try folder.file("output")
    let stream = try Program.start(
      [
        "-s", "-N", "--limit-rate", "150k", "-H", "Content-Type: application/x-ndjson", "--data-binary", "@\(body)",
        server.url + "/v1/score/stream",
      ],
      program: "/usr/bin/curl", output: try FileHandle(forWritingTo: URL(fileURLWithPath: output)))
    let end = Date().addingTimeInterval(20)
    while (try? String(contentsOfFile: output, encoding: .utf8))?.isEmpty ?? true, Date() < end { usleep(10_000) }
    #expect(server.stop() == 0)
    stream.waitUntilExit()
    #expect(stream.terminationStatus == 0)
    let lines = try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 2_000)
  }

  @Test func oneServiceAStore() throws {
    let folder = try Scratch()
    let server = try ServerProgram(folder)
    let second = try ServerProgram.run(folder, ["serve", "--port", "0"])
    #expect(second.code == 1)
    #expect(
      second.errors
        == "jaga-server: \(folder.path)/jaga.sqlite: another service runs on it; stop that one, or name another store with --store FILE\n"
    )
    _ = try server.score(risky)
    let refused = try ServerProgram.run(folder, ["conversation", "delete", "c1"])
    #expect(refused.code == 1)
    #expect(refused.errors.contains("a service runs on"))
    #expect(server.stop() == 0)
    let deleted = try ServerProgram.run(folder, ["conversation", "delete", "c1"])
    #expect(deleted.code == 0)
    #expect(deleted.output.hasPrefix("deleted: "))
    #expect(try ServerProgram.run(folder, ["conversation", "export", "c1"]).code == 1)
    #expect(try ServerProgram.run(folder, ["audit", "show"]).output.contains("conversation.deleted"))
  }

  /// What keeps it from listening is said before anything is made.
  @Test func anAddressThatCannotBeListenedOnIsRefusedFirst() throws {
    let (folder, other) = (try Scratch(), try Scratch())
    let server = try ServerProgram(folder)
    let port = try #require(URL(string: server.url)?.port)
    let taken = try ServerProgram.run(other, ["serve", "--port", "\(port)"])
    #expect(taken.code == 1)
    #expect(
      taken.errors
        == "jaga-server: port \(port) of 127.0.0.1 is in use; stop what listens there, or choose another with --port, 0 for a free one\n"
    )
    let foreign = try ServerProgram.run(other, ["serve", "--port", "0", "--host", "192.0.2.1"])
    #expect(foreign.code == 1)
    #expect(foreign.errors == "jaga-server: 192.0.2.1: not an address of this machine; name another with --host\n")
    let nowhere = try ServerProgram.run(other, ["serve", "--port", "0", "--host", "nowhere.invalid"])
    #expect(nowhere.code == 1)
    #expect(nowhere.errors.hasPrefix("jaga-server: nowhere.invalid: not an address, nor a name that leads to one ("))
    #expect(try FileManager.default.contentsOfDirectory(atPath: other.path).isEmpty)
    #expect(server.stop() == 0)
  }

  @Test func aSecretThatOthersCanReadIsRefused() throws {
    let folder = try Scratch()
    let key = try folder.file("jaga.sqlite.key", String(repeating: "k", count: 32))
    #expect(chmod(key, 0o644) == 0)
    let refused = try ServerProgram.run(folder, ["serve", "--port", "0"])
    #expect(refused.code == 1)
    #expect(refused.errors.contains("\(key): others can read it (mode 644); run 'chmod 600 \(key)'"))
  }

  @Test func aPrivateKeyThatOthersCanReadIsRefused() throws {
    let folder = try Scratch()
    let (chain, key) = (try folder.file("chain.pem", "none"), try folder.file("key.pem", "none"))
    #expect(chmod(key, 0o640) == 0)
    let serve = ["serve", "--port", "0", "--tls-certificate", chain, "--tls-key", key]
    let refused = try ServerProgram.run(folder, serve)
    #expect(refused.code == 1)
    #expect(refused.errors.contains("\(key): others can read it (mode 640); run 'chmod 600 \(key)'"))
    #expect(chmod(key, 0o600) == 0)
    #expect(try ServerProgram.run(folder, serve).errors.contains("\(chain), \(key): cannot be used for TLS"))
  }

  /// Whatever makes the store makes its secret; beside a store it is not made again.
  @Test func aLostSecretStopsTheStart() throws {
    let folder = try Scratch()
    #expect(try ServerProgram.run(folder, ["token", "add", "pipeline", "--scopes", "score"]).code == 0)
    let key = folder.path + "/jaga.sqlite.key"
    let secret = try Data(contentsOf: URL(fileURLWithPath: key))
    #expect(secret.count == 32)
    try FileManager.default.removeItem(atPath: key)
    // A command first: a service that did start would not come back.
    try #require(try ServerProgram.run(folder, ["conversation", "export", "c1"]).errors.contains("secret is missing"))
    let refused = try ServerProgram.run(folder, ["serve", "--port", "0"])
    #expect(refused.code == 1)
    #expect(refused.errors.contains("\(key): the installation's secret is missing, and its store is there;"))
    #expect(!FileManager.default.fileExists(atPath: key))
  }

  @Test func usageAndVersion() throws {
    let folder = try Scratch()
    #expect(try Program.run(["--version"], program: ServerProgram.path).output == "0.1.0\n")
    #expect(try ServerProgram.run(folder, ["serve", "--nonsense"]).code == 64)
    #expect(try ServerProgram.run(folder, ["token", "add", "a b", "--scopes", "score"]).code == 64)
    #expect(try ServerProgram.run(folder, ["token", "add", "a", "--scopes", "everything"]).code == 64)
    #expect(try ServerProgram.run(folder, ["audit", "verify", "--head", "12"]).code == 64)
    let none = try ServerProgram.run(folder, ["audit", "head"])
    #expect(none.code == 1)
    #expect(none.errors.contains("there is no store; name it with --store FILE"))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/jaga.sqlite"))
  }

  @Test func theConfigurationIsShownWithItsSources() throws {
    let folder = try Scratch()
    let file = try folder.file(
      "jaga.json", #"{"port":1234,"alerts":{"url":"https://hooks.example.org/T0/hidden","secret":"s"}}"#)
    let run = try Program.run(
      ["config", "--config", file, "--host", "127.0.0.2"], program: ServerProgram.path,
      environment: ["JAGA_LOG_LEVEL": "warning", "JAGA_PROT": "1"])
    #expect(run.code == 0)
    for line in [
      "host\t127.0.0.2\t--host", "port\t1234\t\(file)", "log.level\twarning\tJAGA_LOG_LEVEL",
      "alerts.url\thttps://hooks.example.org/…\t\(file)", "limits.messages\t10000\tdefault",
    ] { #expect(run.lines.contains(Substring(line)), "\(line)") }
    #expect(!run.output.contains("hidden"))
    #expect(run.errors == "jaga-server: the variable JAGA_PROT is of no key; did you mean JAGA_PORT?\n")
    let wrong = try Program.run(["config", "--set", "prot=1"], program: ServerProgram.path)
    #expect(wrong.code == 64)
    #expect(wrong.errors.hasPrefix("Error: --set: there is no key 'prot'; did you mean 'port'?\n"))
    let far = try Program.run(["config", "--port", "99999"], program: ServerProgram.path)
    #expect(far.code == 64)
    #expect(far.errors.hasPrefix("Error: --port: 'port' takes whole number, 0…65535\n"))
    let variable = try Program.run(["config"], program: ServerProgram.path, environment: ["JAGA_PORT": "far"])
    #expect(variable.code == 1)
  }

  /// The bot says that a person reads what is written: without the key of texts it does not begin.
  @Test func pollsNeedTheKeyOfTexts() throws {
    let folder = try Scratch()
    let polls = folder.path + "/polls"
    try FileManager.default.createDirectory(atPath: polls, withIntermediateDirectories: true)
    let refused = try ServerProgram.run(folder, ["serve", "--port", "0", "--set", "polls.directory=\(polls)"])
    #expect(refused.code == 1)
    #expect(refused.errors.contains("polls.directory needs text.key: the bot says that a person reads"))
  }

  @Test func backupPurgeAndExport() throws {
    let folder = try Scratch()
    let server = try ServerProgram(folder)
    _ = try server.score(risky)
    let copy = folder.path + "/copy.sqlite"
    let backup = try ServerProgram.run(folder, ["backup", copy])
    #expect(backup.code == 0)
    let again = try ServerProgram.run(folder, ["backup", copy])
    #expect(again.code == 1)
    #expect(
      again.errors
        == "jaga-server: \(copy): there is a file of that name; a backup is written to a new file, so name another\n")
    #expect(!["-shm", "-wal", ".part"].contains { FileManager.default.fileExists(atPath: copy + $0) })
    #expect(try Program.run(["audit", "verify", "--store", copy], program: ServerProgram.path).code == 0)
    #expect(try ServerProgram.run(folder, ["purge", "--dry-run"]).lines.count == 5)
    #expect(try ServerProgram.run(folder, ["purge"]).output.hasPrefix("removed: 0 conversations, "))
    let export = try ServerProgram.run(folder, ["conversation", "export", "c1"])
    #expect(decoded(Substring(export.output))["conversation_id"] as? String == "c1")
    #expect(!export.output.contains("foto"))
    #expect(server.stop() == 0)
  }

  @Test func idsAreHashedAtTheDoor() throws {
    let folder = try Scratch()
    let key = try folder.file("ids.key", "0123456789abcdef0123456789abcdef\n")
    chmod(key, 0o600)
    let server = try ServerProgram(folder, ["--hash-ids", key])
    let answer = try server.score(risky)
    let reference = try Program.run(["score", "-", "--hash-ids", key], input: risky + "\n")
    let records =
      (try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])?["results"] as? [[String: Any]]
    #expect(records?.count == 4)
    #expect(
      records?.compactMap { $0["message_id"] as? String }
        == reference.lines.map { decoded($0)["message_id"] as? String })
    #expect(server.stop() == 0)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/jaga.sqlite"))
    #expect(bytes.range(of: Data(#""m3""#.utf8)) == nil)
  }
}
