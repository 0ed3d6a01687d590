import Foundation
import JagaPollBot
import Testing

/// The texts of this repository.
struct BundledResponsesTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func passEveryCheck() {
    let findings = ResponseCheck.findings(.bundled, now: ResponseFixture.now).map(\.description)
    #expect(findings.isEmpty, "\(findings.joined(separator: "\n"))")
  }

  @Test func helplinesGrowStaleOnAnInjectedDate() throws {
    let book = try ResponseBook.bundled()
    let later = ResponseFixture.now + Int64(book.staleAfterDays + 1) * 86_400_000
    #expect(book.warnings(now: later).map(\.id) == book.helplines.map(\.id))
    #expect(ResponseCheck.findings(book, now: later).allSatisfy { $0.severity == .warning })
    #expect(book.response(.disclosure, language: "id", now: later).staleHelplines == ["sapa129"])
  }

  @Test func areThoseOfTheFolder() throws {
    let folder = BundledResponsesTests.root.appending(path: "lexicons").path()
    let files = try ResponseSources(directory: folder)
    let bundled = ResponseSources.bundled
    #expect(files.helplines.text == bundled.helplines.text)
    #expect(files.languages.keys.sorted() == ["en", "id"])
    for (language, own) in bundled.languages {
      #expect(files.languages[language]?.responses.text == own.responses.text)
      #expect(files.languages[language]?.checks?.text == own.checks?.text)
      #expect(files.languages[language]?.commonWords?.text == own.commonWords?.text)
    }
  }

  @Test func everyPartIsOneMessage() throws {
    let book = try ResponseBook.bundled()
    for language in book.languages {
      for occasion in Occasion.allCases {
        let response = book.response(occasion, language: language, now: ResponseFixture.now)
        #expect(!response.parts.isEmpty)
        for part in response.parts {
          #expect(SMSParts.split(part) == [part])
          #expect(SMSParts.length(of: part).encoding == .gsm7)
        }
      }
    }
  }

  @Test func commonWordsAreAListOfWords() {
    for (language, files) in ResponseSources.bundled.languages {
      let lines = (files.commonWords?.text ?? "").split(separator: "\n").filter { !$0.hasPrefix("#") }
      #expect((1500...3000).contains(lines.count), "\(language): \(lines.count)")
      #expect(
        lines.map { Array($0.utf8) }.elementsEqual(
          Set(lines).map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }))
      #expect(lines.allSatisfy { $0.allSatisfy { $0.isLetter || $0 == "'" || $0 == "-" } && $0 == $0.lowercased() })
    }
  }

  /// The advice of the field: a disclosure that leaves any of it out is found.
  @Test(arguments: ["id", "en"]) func aDisclosureGivesAllTheAdvice(language: String) throws {
    var sources = ResponseSources.bundled
    let original = try #require(sources.languages[language]?.responses.text)
    let book = try ResponseBook(sources: sources)
    var changed = original
    for part in book.response(.disclosure, language: language, now: 0).parts.prefix(2) {
      #expect(changed.contains(part))
      changed = changed.replacing(part, with: language == "id" ? "Halo." : "Hello.")
    }
    sources.languages[language]?.responses.text = changed
    let missing = ResponseCheck.findings(sources, now: ResponseFixture.now).compactMap { finding -> String? in
      guard case .missingIdea(let idea) = finding.fault, finding.id == "\(language).disclosure" else { return nil }
      return idea
    }
    #expect(
      Set(missing).isSuperset(of: [
        "thanks", "not-your-fault", "do-not-pay", "send-nothing", "keep-messages", "a-person-reads", "not-alone",
      ]))
  }

  @Test func whoNeedsHelpIsGivenAHelplineAndNoIndiscreetOne() throws {
    let book = try ResponseBook.bundled()
    for language in book.languages {
      for occasion in [
        Occasion.disclosure, .urgent, .pressure, .pressureUrgent, .violence, .friend, .help, .stop, .done, .flood,
        .contactYes,
      ] {
        let response = book.response(occasion, language: language, now: ResponseFixture.now)
        #expect(response.helplines.contains { $0.id == "sapa129" }, "\(response.id)")
        #expect(response.text.contains("129") && response.text.contains("08111-129-129"))
        #expect(response.helplines.allSatisfy { $0.isDiscreet })
      }
    }
    #expect(
      book.helplines.filter { !$0.isDiscreet }.map(\.id) == ["aduankonten", "iwf-id", "take-it-down", "stopncii"])
    // Whoever may harm himself, or is in danger, is given more than a line for violence.
    for language in book.languages {
      #expect(
        book.response(.selfHarm, language: language, now: 0).helplines.prefix(3).map(\.id) == [
          "kemenkes119", "darurat112", "polisi110",
        ])
      #expect(book.response(.friendSelfHarm, language: language, now: 0).helplines.first?.id == "kemenkes119")
      #expect(
        book.response(.danger, language: language, now: 0).helplines.prefix(2).map(\.id) == ["darurat112", "polisi110"])
    }
    // What is not known is not said, and how an entry was verified is.
    #expect(book.helplines.filter { $0.hours != nil }.map(\.id) == ["darurat112", "polisi110", "kemenkes119"])
    #expect(book.helplines.allSatisfy { $0.verified?.contains("nobody has") == true })
  }

  /// What a slip would look like, so that the checks of each language are seen to work.
  @Test(arguments: [
    ("id", "Kenapa kamu kirim foto itu?", ["blame", "naming"]),
    ("id", "Pelaku mengancam kamu.", ["naming"]),
    ("id", "Itu salahmu.", ["blame"]),
    ("id", "Ini rahasia kita, kami janji.", ["secrecy"]),
    ("id", "Ceritakan, siapa dia?", ["details"]),
    ("id", "Semua akan baik-baik saja.", ["promising"]),
    ("en", "Why did you send the picture?", ["blame", "naming"]),
    ("en", "He threatened you.", ["naming"]),
    ("en", "This stays between us, we promise.", ["secrecy"]),
    ("en", "Tell us more. Who was it?", ["details"]),
    ("en", "It will be okay.", ["promising"]),
  ])
  func aSlipIsFound(language: String, text: String, lists: [String]) throws {
    var sources = ResponseSources.bundled
    let before =
      language == "id"
      ? "Tidak apa-apa. Kita lewati saja pertanyaan itu." : "That's fine. Let's leave that question out."
    let original = try #require(sources.languages[language]?.responses.text)
    sources.languages[language]?.responses.text = original.replacing(before, with: text)
    let found = ResponseCheck.findings(sources, now: ResponseFixture.now).compactMap { finding -> String? in
      guard case .forbidden(let list, _, _) = finding.fault else { return nil }
      #expect(finding.id == "\(language).skipped")
      return list
    }
    #expect(Set(found) == Set(lists))
  }
}
