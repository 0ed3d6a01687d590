import Foundation
import Testing

@testable import JagaAuthoring

/// The JSON schema beside the lexicons and the loader accept the same keys and values.
struct SchemaTests {
  typealias Object = [String: Any]

  private func schema() throws -> Object {
    let file = RealLexiconsTests.root.appending(path: "lexicons/schema/lexicon.schema.json")
    return try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? Object)
  }

  private func definition(_ name: String) throws -> Object {
    let definitions = try #require(try schema()["$defs"] as? Object)
    return try #require(definitions[name] as? Object)
  }

  private func keys(_ object: Object) throws -> Set<String> {
    #expect(object["additionalProperties"] as? Bool == false)
    return Set(try #require(object["properties"] as? Object).keys)
  }

  private func values(_ object: Object, _ key: String) throws -> [String] {
    let properties = try #require(object["properties"] as? Object)
    return try #require((properties[key] as? Object)?["enum"] as? [String])
  }

  @Test func keysAreTheLoadersKeys() throws {
    #expect(try keys(schema()) == Set(SourceKeys.file))
    #expect(Set(SourceKeys.trackFile + SourceKeys.slangFile + SourceKeys.wordFile) == Set(SourceKeys.file))
    #expect(try keys(definition("entry")) == Set(SourceKeys.entry))
    #expect(try keys(definition("rule")) == Set(SourceKeys.rule))
    #expect(try keys(definition("history")) == Set(SourceKeys.history))
    #expect(try keys(definition("bounds")) == Set(SourceKeys.bounds))
    #expect(try keys(definition("condition")) == Set(SourceKeys.condition))
    let tests = try #require(definition("condition")["oneOf"] as? [Object])
    #expect(tests.compactMap { ($0["required"] as? [String])?.first } == SourceKeys.tests)
  }

  @Test func closedValuesAreTheLoadersValues() throws {
    #expect(try values(schema(), "language") == SourceKeys.languages)
    #expect(try values(schema(), "track") == SourceKeys.tracks)
    #expect(try values(definition("entry"), "label") == SourceKeys.labels)
    #expect(try values(definition("entry"), "sensitivity") == SourceKeys.sensitivities)
    #expect(try values(definition("history"), "author") == SourceKeys.authors)
    #expect(try values(definition("condition"), "kind") == SourceKeys.kinds)
    #expect(try definition("messageLanguage")["enum"] as? [String] == SourceKeys.messageLanguages)
    let votes = (try definition("rule")["properties"] as? Object)?["votes"] as? Object
    #expect((votes?["propertyNames"] as? Object)?["enum"] as? [String] == SourceKeys.votes)
  }

  /// A key that the loader accepts is one that it reads: a file that uses every key has no finding.
  @Test func everyKeyIsAccepted() {
    #expect(
      LexiconCompiler.compile(
        LexiconSourceDirectory(files: [
          LexiconSourceFile(path: "lexicons/id/context.yaml", text: SchemaTests.everyKey)
        ])
      ).findings.map(\.description) == [])
  }

  /// The keys one of which a file must have, and the shape of neutral words: classes with lists of words, as chat forms have.
  @Test func neutralWordsAreAFileOfTheirOwn() throws {
    let sorts = try #require(try schema()["anyOf"] as? [Object])
    #expect(
      sorts.compactMap { ($0["required"] as? [String])?.first } == ["track", "slang", "roots", "words", "neutral"])
    let properties = try #require(try schema()["properties"] as? Object)
    func items(_ key: String) throws -> Object {
      let value = try #require((properties[key] as? Object)?["additionalProperties"] as? Object)
      return try #require(value["items"] as? Object)
    }
    #expect((properties["neutral"] as? Object)?["type"] as? String == "object")
    #expect(try items("neutral")["type"] as? [String] == ["string", "number", "boolean"])
    #expect(
      LexiconCompiler.compile(
        LexiconSourceDirectory(files: [
          LexiconSourceFile(
            path: "lexicons/id/words.yaml",
            text: "language: id\nroots: [kirim]\nwords: [yang]\nneutral: {anyname: [budi, 7, true]}\n")
        ])
      ).findings.map(\.description) == [])
  }

  static let everyKey = """
    language: id
    track: context
    lists: {thing: [foto]}
    entries:
      - {id: id.context.a, label: topup.offer, phrases: ["{thing}"], weight: 1, sensitivity: public, source: s, note: n}
      - {id: id.context.negator, phrases: [tidak], note: n}
      - {id: id.context.reported, phrases: [katanya], note: n}
    rules:
      - id: id.context.rule.a
        when:
          all:
            - any: [{hit: id.context.a, negated: false, reported: false, imperative: true, asked: true}]
            - none: [{kind: phone}]
            - sequence: [id.context.a, id.context.negator]
              within: 3
            - near: [id.context.a, id.context.negator]
              within: 3
            - amount: {min: 1, max: 2}
            - question: true
            - language: [id, mix]
            - tokens: {min: 1, max: 6}
        earlier: [{any: id.context.a, author: same, within: 3}]
        unless_earlier: [{any: id.context.negator}]
        votes: {topup.offer: 1, move: 1, disclosure: -1, benign: 1}
        source: s
        note: n
    """
}
