import JagaCore
import JagaText
import TestSupport
import Testing

@testable import JagaLexicon

struct LexiconTests {
  static let entries = [
    LexiconEntry(
      id: "id.topup.offer.free", label: .topupOffer, weight: 1.5, language: .id, source: "seed 003", note: "catatan",
      phrases: [Phrase([word("diamond", "dm"), .gap(2), word("gratis")]), Phrase([token(.amount)])]),
    LexiconEntry(id: "en.benign.thanks", label: .benign, weight: 2, language: .en, phrases: [Phrase([word("thanks")])]),
    LexiconEntry(
      id: "id.disclosure.told", label: .disclosure, sensitivity: .coded, phrases: [Phrase([word("diancam")])]),
    LexiconEntry(id: "any.context.picture", phrases: [Phrase([word("foto")])]),
  ]

  @Test func keepsWhatEntriesSay() throws {
    let lexicon = try lexicon(LexiconTests.entries)
    #expect(lexicon.count == 4)
    let offer = try #require(lexicon.entry(id: "id.topup.offer.free"))
    #expect(lexicon.label(of: offer) == .topupOffer)
    #expect(lexicon.source(of: offer) == "seed 003")
    #expect(lexicon.note(of: offer) == "catatan")
    #expect(lexicon.weight(of: offer) == 1.5)
    #expect(lexicon.language(of: offer) == .id)
    #expect(lexicon.phraseCount(of: offer) == 2)
    #expect(lexicon.sensitivity(of: try #require(lexicon.entry(id: "id.disclosure.told"))) == .coded)
    #expect(lexicon.label(of: try #require(lexicon.entry(id: "any.context.picture"))) == nil)
    #expect(lexicon.entry(id: "id.topup") == nil)
    #expect(lexicon.entry(id: "zzz") == nil)
  }

  @Test func spreadsWeightsOverHeads() throws {
    let lexicon = try lexicon(LexiconTests.entries)
    func votes(_ id: String) throws -> [Int: Int16] {
      let row = Array(lexicon.votes(of: try #require(lexicon.entry(id: id))))
      return Dictionary(uniqueKeysWithValues: row.enumerated().filter { $1 != 0 }.map { ($0, $1) })
    }
    #expect(try votes("id.topup.offer.free") == [Int(Label.topupOffer.rawValue): 1536, Head.move: 1536])
    #expect(try votes("en.benign.thanks") == [Head.move: -2048, Head.disclosure: -1024])
    #expect(try votes("id.disclosure.told") == [Head.disclosure: 1024, Head.move: -512])
    #expect(try votes("any.context.picture") == [:])
  }

  @Test func bytesDoNotDependOnOrder() throws {
    var forward = LexiconBuilder()
    var backward = LexiconBuilder()
    for entry in LexiconTests.entries { forward.add(entry) }
    for var entry in LexiconTests.entries.reversed() {
      entry.phrases.reverse()
      backward.add(entry)
    }
    #expect(try forward.build() == backward.build())
  }

  @Test func refusesWhatCannotBeCompiled() {
    func error(_ entries: LexiconEntry...) -> LexiconBuildError? {
      var builder = LexiconBuilder()
      for entry in entries { builder.add(entry) }
      do throws(LexiconBuildError) { _ = try builder.build() } catch { return error }
      return nil
    }
    let fine = Phrase([word("a")])
    #expect(error(LexiconEntry(id: "x", phrases: [fine]), LexiconEntry(id: "x", phrases: [fine])) == .duplicateID("x"))
    let rows: [([PhraseElement], PhraseFault)] = [
      ([], .empty),
      ([.choice([], optional: false)], .empty),
      ([.choice([[]], optional: false)], .empty),
      ([word("a", optional: true)], .onlyOptional),
      ([.gap(1), word("a")], .startsWithGap),
      ([word("b", optional: true), .gap(1), word("a")], .startsWithGap),
      ([word("a"), .gap(1)], .endsWithGap),
      ([word("a"), .gap(1), word("b", optional: true)], .endsWithGap),
      ([word("a"), .gap(6), word("b")], .gapOutOfRange(6)),
      ([word("a"), .gap(0), word("b")], .gapOutOfRange(0)),
      ([PhraseElement](repeating: word("a"), count: 13), .tooManyElements(13)),
    ]
    for (elements, fault) in rows {
      #expect(
        error(LexiconEntry(id: "x", phrases: [fine, Phrase(elements)])) == .phrase(entry: "x", index: 1, fault: fault))
    }
    let wide = PhraseElement.choice((0..<1_700).map { [.word("w\($0)")] }, optional: false)
    #expect(
      error(LexiconEntry(id: "x", phrases: [Phrase([wide, wide, wide])])) == .tooLarge(entry: "x", transitions: 5_100))
  }

  /// Symbols are numbered with 16 bits: one word more than fits is refused, not cut off. A word asked for exactly takes two numbers.
  @Test func refusesMoreWordsThanSixteenBitsCanNumber() throws {
    func build(words: Int, exact: Bool = false) throws(LexiconBuildError) -> [UInt8] {
      var builder = LexiconBuilder()
      for begin in stride(from: 0, to: words, by: 4_000) {
        let runs = (begin..<min(words, begin + 4_000)).map { [PhraseAtom.word("w\($0)")] }
        builder.add(LexiconEntry(id: "e\(begin)", phrases: [Phrase([.choice(runs, optional: false)])]))
      }
      if exact {
        builder.add(LexiconEntry(id: "x", phrases: [Phrase([.choice([[.exact("w0")]], optional: false)])]))
      }
      return try builder.build()
    }
    let limit = 65_535 - Int(Symbol.firstWord)
    #expect(throws: LexiconBuildError.tooMany(what: "words", count: limit + 1, limit: limit)) {
      try build(words: limit + 1)
    }
    #expect(throws: LexiconBuildError.tooMany(what: "words", count: limit, limit: limit - 1)) {
      try build(words: limit, exact: true)
    }
    let lexicon = try Lexicon(section: Section(copying: build(words: limit)))
    var scratch = LexiconScratch()
    var hits: [LexiconHit] = []
    lexicon.match(SpaceAnalyzer().analyze("w0 x w\(limit - 1)"), scratch: &scratch, into: &hits)
    #expect(hits.map(\.begin) == [0, 2], "the first word and the last one that fits")
  }

  /// Sections of the version before, an automaton, are refused by their mark.
  @Test func refusesAnotherFormatVersion() throws {
    var builder = LexiconBuilder()
    for entry in LexiconTests.entries { builder.add(entry) }
    var bytes = try builder.build()
    let mark = bytes.indices.first { bytes[$0...].starts(with: [0x47, 0x4F, 0x4E, 0x49, 0x43, 0x58, 3, 0]) }
    let place = try #require(mark)
    bytes[place + 6] = 2
    #expect(throws: SectionError.invalid(what: "lexicon format")) { try Lexicon(section: Section(copying: bytes)) }
  }

  /// Entries without a label that have one name in two languages are one concept; lists and entries with a label are none.
  @Test func conceptsAreNamesWithoutTheirLanguage() throws {
    func entry(_ id: String, _ label: Label? = nil) -> LexiconEntry {
      LexiconEntry(id: id, label: label, phrases: [Phrase([word("foto")])])
    }
    let lexicon = try lexicon([
      entry("id.context.delete"), entry("en.context.delete"), entry("any.context.delete"), entry("id.context.send"),
      entry("id.topup.delete"), entry("id.context.l-delete"), entry("en.context.label", .topupOffer),
    ])
    func concept(_ id: String) throws -> UInt64 { lexicon.concept(of: try #require(lexicon.entry(id: id))) }
    #expect(try concept("id.context.delete") == tokenHash(".context.delete"))
    #expect(try concept("en.context.delete") == concept("id.context.delete"))
    #expect(try concept("any.context.delete") == concept("id.context.delete"))
    #expect(try concept("id.context.send") != concept("id.context.delete"))
    #expect(try concept("id.topup.delete") != concept("id.context.delete"))
    #expect(try concept("id.context.l-delete") == 0)
    #expect(try concept("en.context.label") == 0)
  }

  @Test func emptyLexiconIsFine() throws {
    let lexicon = try lexicon([])
    var scratch = LexiconScratch()
    var hits: [LexiconHit] = [LexiconHit(entry: 1, begin: 0, end: 1)]
    lexicon.match(SpaceAnalyzer().analyze("a b"), scratch: &scratch, into: &hits)
    #expect(lexicon.count == 0 && hits.isEmpty)
  }

  @Test func truncatedSectionsAreRefused() throws {
    var builder = LexiconBuilder()
    for entry in LexiconTests.entries { builder.add(entry) }
    let bytes = try builder.build()
    for length in 0..<bytes.count {
      #expect(throws: SectionError.self) { try Lexicon(section: Section(copying: Array(bytes.prefix(length)))) }
    }
  }

  /// A flipped bit is either refused or harmless: matching and listing stay inside the section.
  @Test func flippedBitsNeverCrash() throws {
    var builder = LexiconBuilder()
    for entry in LexiconTests.entries { builder.add(entry) }
    let bytes = try builder.build()
    let text = SpaceAnalyzer().analyze("diamond a b gratis <amount:5> , thanks foto diancam ? dm gratis")
    var scratch = LexiconScratch()
    var hits: [LexiconHit] = []
    var refused = 0
    for index in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[index] ^= 1 << UInt8(bit)
        guard let lexicon = try? Lexicon(section: Section(copying: damaged)) else {
          refused += 1
          continue
        }
        lexicon.match(text, scratch: &scratch, into: &hits)
        for hit in hits {
          _ = (lexicon.id(of: hit.entry), lexicon.label(of: hit.entry), lexicon.votes(of: hit.entry).count)
          #expect(hit.begin >= 0 && hit.begin < hit.end && Int(hit.end) <= text.count)
        }
      }
    }
    #expect(refused > bytes.count)
  }
}
