import Configuration
import Foundation
import Testing

@testable import JagaService

struct EffectiveConfigurationTests {
  private func file(_ text: String) throws -> String {
    let place = FileManager.default.temporaryDirectory.appending(path: "jaga-\(UUID().uuidString).json").path
    try text.write(toFile: place, atomically: true, encoding: .utf8)
    return place
  }

  @Test func laterLayersWin() throws {
    let place = try file(#"{"port":1111,"host":"127.0.0.2","limits":{"messages":5},"text":{"keep":false}}"#)
    let found = try EffectiveConfiguration(
      file: place, environment: ["JAGA_PORT": "2222", "JAGA_HOST": "127.0.0.3", "JAGA_LOG_LEVEL": ""],
      options: ["port": "3333"])
    #expect(found.options.port == 3333)
    #expect(found.options.host == "127.0.0.3")
    #expect(found.options.service.messageLimit == 5)
    #expect(found.options.logLevel == "info")
    #expect(
      found.sources == ["port": "--port", "host": "JAGA_HOST", "limits.messages": place, "text.keep": place])
  }

  /// Every key takes a value from each layer, and ends up where it belongs.
  @Test func everyKeyIsReadFromEveryLayer() throws {
    for key in ConfigurationKey.all {
      let value =
        switch key.field {
        case .text, .file: "x"
        case .url: "https://example.org/a"
        case .choice(_, let names): names[0]
        case .whole(_, let range): "\(range.lowerBound + 1)"
        case .number: "0.5"
        case .flag: "true"
        }
      let json =
        switch key.field {
        case .whole, .number, .flag: value
        default: "\"\(value)\""
        }
      var text = json
      for part in key.components.reversed() { text = "{\"\(part)\":\(text)}" }
      let place = try file(text)
      for found in [
        try EffectiveConfiguration(file: place, environment: [:], options: [:]),
        try EffectiveConfiguration(file: nil, environment: [key.variable: value], options: [:]),
        try EffectiveConfiguration(file: nil, environment: [:], options: [key.name: value]),
      ] {
        #expect(key.value(in: found.options) == value, "\(key.name)")
        #expect(found.sources.count == 1, "\(key.name)")
      }
    }
  }

  /// The names of variables are those that swift-configuration looks for.
  @Test func variablesAreThoseOfTheLibrary() throws {
    let provider = EnvironmentVariablesProvider(environmentVariables: [:])
    for key in ConfigurationKey.all {
      let place = AbsoluteConfigKey(["jaga"] + key.components)
      #expect(try provider.value(forKey: place, type: .string).encodedKey == key.variable)
    }
    #expect(Set(ConfigurationKey.all.map(\.name)).count == ConfigurationKey.all.count)
    #expect(Set(ConfigurationKey.all.map(\.variable)).count == ConfigurationKey.all.count)
  }

  @Test(arguments: [
    (#"{"prot":1}"#, "FILE: there is no key 'prot'; did you mean 'port'?"),
    (#"{"limits":{"mesages":1}}"#, "FILE: there is no key 'limits.mesages'; did you mean 'limits.messages'?"),
    (#"{"colour":"green"}"#, "FILE: there is no key 'colour'; 'jaga-server config' lists them"),
    (#"{"port":"many"}"#, "FILE: 'port' takes whole number, 0…65535"),
    (#"{"port":70000}"#, "FILE: 'port' takes whole number, 0…65535"),
    (#"{"text":{"keep":"perhaps"}}"#, "FILE: 'text.keep' takes true, false"),
    (#"{"log":{"level":"loud"}}"#, "FILE: 'log.level' takes debug, info, notice, warning, error"),
    (#"{"alerts":{"url":"ftp://example.org"}}"#, "FILE: 'alerts.url' takes URL"),
    (#"{"review":{"secondShare":2}}"#, "FILE: 'review.secondShare' takes number, 0…1"),
    ("[1]", #"FILE: not a JSON object; write {"port": 8787} for example"#),
    ("{", "FILE: not well-formed JSON (Unexpected end of file during JSON parse.); mend it there"),
    (#"{"limits":5}"#, "FILE: 'limits' is a group of keys, and takes an object; 'jaga-server config' lists its keys"),
  ])
  func whatIsWrongInAFileIsSaid(text: String, sentence: String) throws {
    let place = try file(text)
    let error = #expect(throws: ConfigurationError.self) {
      try EffectiveConfiguration(file: place, environment: [:], options: [:])
    }
    #expect(error?.description == sentence.replacing("FILE", with: place))
  }

  @Test func aGatewayNeedsBothItsAddressAndItsID() throws {
    let found = try EffectiveConfiguration(
      file: nil, environment: [:], options: ["channel.url": "https://example.org/send"])
    let error = #expect(throws: ConfigurationError.self) { try found.check() }
    #expect(
      error?.description
        == "channel.url needs channel.id, the file of the channel's id; without it there is no gateway")
  }

  @Test func whatIsWrongElsewhereIsSaid() throws {
    var error = #expect(throws: ConfigurationError.self) {
      try EffectiveConfiguration(file: nil, environment: ["JAGA_PORT": "a"], options: [:])
    }
    #expect(error?.description == "JAGA_PORT: 'port' takes whole number, 0…65535")
    error = #expect(throws: ConfigurationError.self) {
      try EffectiveConfiguration(file: nil, environment: [:], options: ["limits.message": "1"])
    }
    #expect(error?.description == "--set: there is no key 'limits.message'; did you mean 'limits.messages'?")
    error = #expect(throws: ConfigurationError.self) {
      try EffectiveConfiguration(file: "/nowhere/jaga.json", environment: [:], options: [:])
    }
    #expect(error?.description.hasPrefix("/nowhere/jaga.json: cannot be read (") == true)
  }

  @Test func variablesThatNothingReadsAreTold() throws {
    let found = try EffectiveConfiguration(
      file: nil, environment: ["JAGA_PROT": "1", "JAGA_CONFIG": "x", "HOME": "/"], options: [:])
    #expect(found.strangeVariables.map(\.name) == ["JAGA_PROT"])
    #expect(found.strangeVariables.first?.near == "JAGA_PORT")
  }

  @Test(arguments: [
    (["tls.certificate": "a"], "tls.certificate and tls.key belong together; give both or none"),
    (
      ["text.keep": "true"],
      "text.keep needs text.key; make one with 'openssl rand -hex 32 > text.key; chmod 600 text.key'"
    ),
    (
      ["alerts.url": "https://example.org"],
      "alerts.url needs alerts.secret; make one with 'openssl rand -hex 32 > alerts.key; chmod 600 alerts.key'"
    ),
  ])
  func whatDoesNotGoTogetherIsSaid(given: [String: String], sentence: String) throws {
    let found = try EffectiveConfiguration(file: nil, environment: [:], options: given)
    let error = #expect(throws: ConfigurationError.self) { try found.check() }
    #expect(error?.description == sentence)
  }

  @Test func ofAnAddressOnlyTheHostIsShown() throws {
    var options = ServerOptions()
    options.alerts.url = "https://user:word@hooks.example.org/T0/B0/secret?x=1"
    options.publicURL = "https://jaga.example.org/console"
    let shown = ConfigurationKey.all.map { $0.shownValue(in: options) }
    #expect(shown.contains("https://hooks.example.org/…"))
    #expect(shown.contains("https://jaga.example.org/console"))
    #expect(!shown.contains { $0.contains("secret") || $0.contains("word@") })
  }

  /// The bot says that a person reads what is written: without the key of texts nobody can.
  @Test func aPollBotNeedsTheKeyOfTexts() throws {
    func check(_ given: [String: String]) throws {
      try EffectiveConfiguration(file: nil, environment: [:], options: given).options.checkPolls()
    }
    let fault = #expect(throws: ConfigurationError.self) { try check(["polls.directory": "polls"]) }
    #expect(
      "\(try #require(fault))".contains(
        "polls.directory needs text.key: the bot says that a person reads what contacts write"))
    try check(["polls.directory": "polls", "text.key": "text.key"])
    try check(["polls.directory": "polls", "polls.withoutTexts": "true"])
  }

  @Test func theReferencePageIsMadeFromTheKeys() throws {
    let root = URL(filePath: #filePath).appending(path: "../../../..").standardized
    let page = try String(contentsOf: root.appending(path: "Documentation/Guides/Configuration.md"), encoding: .utf8)
    let begin = try #require(page.range(of: ConfigurationReference.begin + "\n"))
    let end = try #require(page.range(of: ConfigurationReference.end))
    let isFresh = page[begin.upperBound..<end.lowerBound].drop { $0 == "\n" } == ConfigurationReference.markdown + "\n"
    #expect(
      isFresh,
      "Documentation/Guides/Configuration.md is stale; put the output of 'jaga-server config --reference' between its markers"
    )
  }
}
