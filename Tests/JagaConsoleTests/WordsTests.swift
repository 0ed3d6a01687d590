import Foundation
import JagaCore
import Testing

@testable import JagaConsole

@Suite struct WordsTests {
  private let id: Words
  private let en: Words

  init() throws {
    id = try Words(.id, PackageResources.id_words)
    en = try Words(.en, PackageResources.en_words)
  }

  @Test func bothLanguagesHaveTheSameKeys() {
    #expect(Set(id.entries.keys) == Set(en.entries.keys))
    for (key, text) in en.entries {
      #expect(names(in: text) == names(in: id.entries[key] ?? ""), "\(key)")
    }
  }

  private func names(in text: String) -> [String] {
    text.split(separator: "{").dropFirst().compactMap { $0.split(separator: "}").first.map(String.init) }.sorted()
  }

  /// Every key is asked for by a template, by the code or as a member of a family, and everything that is asked for is there.
  @Test func noKeyIsMissingOrUnused() throws {
    var asked = Set(Words.Family.allCases.flatMap { family in family.members.map { family.rawValue + "-" + $0 } })
    for (name, bytes) in Console.templates {
      for part in String(decoding: bytes, as: UTF8.self).components(separatedBy: "{{t.").dropFirst() {
        let key = part.components(separatedBy: "}}")[0]
        #expect(en.entries[key] != nil, "template \(name): \(key)")
        asked.insert(key)
      }
    }
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/JagaConsole")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var literals = Set<String>()
    for case let file as URL in files where file.pathExtension == "swift" {
      let source = try String(contentsOf: file, encoding: .utf8)
      literals.formUnion(source.components(separatedBy: "\"").dropFirst())
      for part in source.components(separatedBy: "words[\"").dropFirst() {
        let key = part.components(separatedBy: "\"")[0]
        #expect(en.entries[key] != nil, "\(file.lastPathComponent): \(key)")
      }
    }
    #expect(literals.count > 100)
    for literal in literals { asked.formUnion([literal, literal + "-one", literal + "-many", literal + "-note"]) }
    #expect(Set(en.entries.keys).subtracting(asked) == [])
    for family in Words.Family.allCases {
      for member in family.members { #expect(en.entries[family.rawValue + "-" + member] != nil, "\(family) \(member)") }
    }
  }

  /// Software describes messages, never persons.
  @Test(arguments: [
    "predator", "offender", "pelaku", "perpetrator", "suspect", "victim", "korban", "porn", "tersangka",
  ])
  func saysNothingAboutPersons(word: String) {
    for words in [id, en] {
      for (key, text) in words.entries where text.lowercased().contains(word) {
        // "never suspicion" is what the word may be used for.
        #expect(word == "suspect", "\(key): \(text)")
      }
    }
  }

  @Test func disclosureIsNeverSuspicion() {
    #expect(en.name(of: .disclosure) == "Asks for help")
    #expect(id.name(of: .disclosure) == "Meminta bantuan")
    #expect(en.note(of: .disclosure).hasSuffix("It needs support, never suspicion."))
    #expect(en.of(.groupNote, "disclosure").hasSuffix("they are under no suspicion."))
  }

  @Test func everyLabelHasItsOwnNameAndNote() {
    for words in [id, en] {
      #expect(Set(Label.allCases.map(words.name(of:))).count == Label.allCases.count)
      #expect(Set(Label.allCases.map(words.note(of:))).count == Label.allCases.count)
    }
    #expect(en.name(of: .topupCondition) == "Top-up bait · Condition")
    #expect(id.name(of: .topupCondition) == "Iming-iming top up · Syarat")
  }

  @Test(arguments: [
    ("a\n", ConsoleError.words(language: "en", line: 1)), ("# x\n\na = b\nb =\n", .words(language: "en", line: 4)),
    ("a = b\na = c", .twice(language: "en", key: "a")),
  ])
  func brokenLists(text: String, error: ConsoleError) {
    #expect(throws: error) { try Words(.en, Array(text.utf8)) }
  }

  @Test func sentencesOfErrors() {
    #expect(
      ConsoleError.twice(language: "en", key: "a").description
        == "console: words of 'en': 'a' stands twice; this build is broken")
    #expect(
      ConsoleError.template(name: "row", line: 3).description
        == "console: template row, line 3: cannot be parsed; this build is broken")
  }

  @Test(arguments: [
    (0, "0", "0"), (7, "7", "7"), (999, "999", "999"), (1000, "1,000", "1.000"), (-12_345, "−12,345", "−12.345"),
    (1_000_000, "1,000,000", "1.000.000"), (Int.min, "−9,223,372,036,854,775,808", "−9.223.372.036.854.775.808"),
  ])
  func integers(number: Int, english: String, indonesian: String) {
    #expect(en.integer(number) == english)
    #expect(id.integer(number) == indonesian)
  }

  @Test(arguments: [
    (0.93, false, "0.93"), (0.995, false, "1.00"), (1.84, true, "+1.84"), (-0.5, true, "−0.50"),
    (-0.001, true, "+0.00"),
    (.nan, false, "–"), (.infinity, false, "–"), (1e30, false, "–"), (12.5, false, "12.50"),
  ])
  func decimals(number: Double, signed: Bool, expected: String) {
    #expect(en.decimal(number, signed: signed) == expected)
    #expect(id.decimal(number, signed: signed) == expected.replacingOccurrences(of: ".", with: ","))
  }

  /// Nothing is certain, and nothing is rounded up into a higher band.
  @Test(arguments: [
    (0.29, "0.29"), (0.999_999, "0.99"), (1.0, "0.99"), (0.995, "0.99"), (0.0049, "0.00"), (0.5, "0.50"),
    (0.57, "0.57"),
    (-0.1, "0.00"), (7.0, "0.99"), (.nan, "–"),
  ])
  func probabilities(number: Double, expected: String) {
    #expect(en.probability(number) == expected)
  }

  @Test(arguments: [
    (Int64(0), "under a minute"), (59_999, "under a minute"), (60_000, "1 minute"), (3_540_000, "59 minutes"),
    (3_600_000, "1 hour"), (172_799_999, "47 hours"), (172_800_000, "2 days"), (-5_000_000, "under a minute"),
  ])
  func ages(milliseconds: Int64, expected: String) {
    #expect(en.age(from: 1000, to: 1000 + milliseconds) == expected)
    #expect(en.age(from: .min, to: .max) == "under a minute")
  }

  @Test(arguments: [
    (Int64(0), "1970-01-01 00:00 UTC"), (1_764_363_600_000, "2025-11-28 21:00 UTC"),
    (951_782_400_000, "2000-02-29 00:00 UTC"),
    (-1, "1969-12-31 23:59 UTC"), (4_107_542_399_000, "2100-02-28 23:59 UTC"),
    (253_402_300_799_999, "9999-12-31 23:59 UTC"),
  ])
  func moments(milliseconds: Int64, expected: String) {
    #expect(Moment(milliseconds: milliseconds)?.human == expected)
  }

  @Test func noMoment() {
    #expect(Moment(milliseconds: .max) == nil)
    #expect(Moment(milliseconds: .min) == nil)
    #expect(Moment(milliseconds: 1_764_363_607_999)?.machine == "2025-11-28T21:00:07Z")
  }
}
