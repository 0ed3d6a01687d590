import Crypto
import HTTPTypes
import Hummingbird
import JagaConsole
import JagaCore
import JagaStore
import Testing

@testable import JagaService

/// Sessions, forms, origins and records, each by itself.
struct ConsolePartsTests {
  private let key = SymmetricKey(data: [UInt8](repeating: 3, count: 32))

  @Test func aSessionIsReadBack() throws {
    var session = ConsoleSession(reviewer: "Ibu Sari | tim a.b", isOpen: true, now: 1000)
    session.decisions = 41
    let value = session.cookie(key)
    #expect(ConsoleSession(value, key: key, now: 2000) == session)
    #expect(session.minutes(at: 61_001) == 1 && session.minutes(at: 0) == 0)
    #expect(ConsoleSession(value, key: SymmetricKey(data: [UInt8](repeating: 4, count: 32)), now: 2000) == nil)
    #expect(ConsoleSession(value, key: key, now: 1000 + ConsoleSession.lifetime) == nil)
    #expect(ConsoleSession(value, key: key, now: 999) == nil, "from the future")
    #expect(session.formToken(key) != ConsoleSession(reviewer: "a", isOpen: true, now: 1000).formToken(key))
  }

  /// No change of any one digit goes unnoticed.
  @Test func aChangedSessionIsNone() {
    let value = ConsoleSession(reviewer: "sari", isOpen: false, now: 1000).cookie(key)
    for index in value.indices {
      var changed = value
      changed.replaceSubrange(index...index, with: value[index] == "0" ? "1" : "0")
      #expect(ConsoleSession(changed, key: key, now: 2000) == nil)
    }
    for odd in [
      "", ".", "..", "00.00", "zz.zz", value + "0", String(value.dropLast()), String(repeating: "0", count: 5000),
    ] {
      #expect(ConsoleSession(odd, key: key, now: 2000) == nil)
    }
  }

  @Test(arguments: [
    ("a=1&b=2", "a", "1"), ("a=x+y%26z", "a", "x y&z"), ("a=1&a=2", "a", "1"), ("a", "a", ""), ("a=%zz", "a", nil),
    ("a=%ff", "a", nil), ("", "a", nil), ("a==b", "a", "=b"), ("%61=1", "a", "1"), ("a=++x++", "a", "x"),
    ("&&a=1&", "a", "1"),
  ])
  func forms(text: String, name: String, value: String?) {
    #expect(ConsoleForm(text)[name] == value)
  }

  @Test(arguments: [
    ("/", "/"), ("/items/3?x=1", "/items/3?x=1"), ("//elsewhere.example", "/"), ("/\\elsewhere.example", "/"),
    ("https://elsewhere.example", "/"), ("", "/"), ("items", "/"), ("/a\r\nSet-Cookie: x", "/"), ("/a b", "/"),
    ("/é", "/"),
    ("javascript:alert(1)", "/"), ("/" + String(repeating: "a", count: 1024), "/"),
  ])
  func onlyOwnPaths(text: String, path: String) {
    #expect(ConsoleOrigin.path(text) == path)
  }

  @Test(arguments: [
    ([:], true), (["Origin": "http://jaga.local:8080"], true), (["Origin": "https://jaga.local:8080"], true),
    (["Origin": "https://jaga.local"], false), (["Origin": "null"], false),
    (["Origin": "http://jaga.local:8080.evil.example"], false),
    (["Sec-Fetch-Site": "same-origin", "Origin": "https://proxy.example"], true),
    (["Sec-Fetch-Site": "cross-site"], false),
    (["Sec-Fetch-Site": "same-site", "Origin": "http://jaga.local:8080"], false),
  ])
  func origins(headers: [String: String], isOwn: Bool) {
    var fields = HTTPFields()
    for (name, value) in headers { if let name = HTTPField.Name(name) { fields[name] = value } }
    let head = HTTPRequest(method: .post, scheme: "http", authority: "jaga.local:8080", path: "/", headerFields: fields)
    #expect(ConsoleOrigin.isOwn(Request(head: head, body: .init(buffer: .init()))) == isOwn)
  }

  @Test(arguments: [
    ("", ConsoleLanguage.id), ("en-US,en;q=0.9", .en), ("fr, de", .id), ("ms-MY, en", .id), ("id, en", .id),
    ("in", .id),
    ("*", .id), (" en ;q=1", .en), (",,;", .id),
  ])
  func languages(field: String, language: ConsoleLanguage) {
    var head = HTTPRequest(method: .get, scheme: "http", authority: "a", path: "/")
    head.headerFields[.acceptLanguage] = field
    #expect(ConsoleHabits(Request(head: head, body: .init(buffer: .init()))).language == language)
  }

  @Test(arguments: ["", ".", "fr.pink.x.y", "en", "en.dark.off.off.more"])
  func oddHabits(cookie: String) {
    var head = HTTPRequest(method: .get, scheme: "http", authority: "a", path: "/")
    head.headerFields[.cookie] = "jaga_habits=\(cookie)"
    let habits = ConsoleHabits(Request(head: head, body: .init(buffer: .init())))
    #expect(habits.language == .id && habits.theme == .system && habits.veil && habits.shortcuts)
  }

  @Test func aFlagIsReadFromItsRecord() {
    let record =
      #"{"labels":{"topup.request":0.62,"topup.condition":0.91,"new.label":0.5},"evidence":[{"begin":12,"end":16,"label":"topup.condition","logit":1.84,"source":"rule:a"},{"label":"topup.condition","logit":0.5,"source":"prior"},{"begin":1.5,"end":99999999999,"label":"topup.condition","logit":1,"source":"word"},{"label":"none","logit":1,"source":"x"},7]}"#
    var flag = KeptFlag(
      conversationID: "c", messageID: "m", authorID: "a", messageIndex: 0, kind: .risk, band: .high, score: 0.93,
      disclosure: 0.01, label: .topupCondition, conversationBand: .high, conversationScore: 0.97,
      conversationLabel: .topupCondition, supportNeeded: false, language: "id", receivedAt: 0,
      record: Array(record.utf8),
      modelID: "3f9a", urgency: 2)
    let view = FlagView(flag)
    #expect(view.labels == [LabelScore(.topupCondition, 0.91), LabelScore(.topupRequest, 0.62)])
    #expect(view.evidence.map(\.source) == ["rule:a", "prior", "word"])
    #expect(view.evidence.map(\.range) == [SourceRange(begin: 12, end: 16), nil, nil])
    for broken in ["", "{", "[]", "{\"labels\":[],\"evidence\":{}}"] {
      flag.record = Array(broken.utf8)
      #expect(FlagView(flag).evidence == [] && FlagView(flag).labels == [])
    }
  }

  @Test func auditDetails() {
    let row = AuditRow(
      sequence: 3, at: 5, actor: "sari", action: "item.decided", subject: [0xAB, 1],
      detail: #"{"verdict":"confirm","item":12,"share":0.5,"blind":true,"nested":{"a":1}}"#, previous: [], hash: [255])
    let entry = AuditEntry(row)
    #expect(
      entry.details.map { "\($0.name)=\($0.value)" } == ["blind=true", "item=12", "share=0.5", "verdict=confirm"])
    #expect(entry.subject == "ab01" && entry.hash == "ff")
  }
}
