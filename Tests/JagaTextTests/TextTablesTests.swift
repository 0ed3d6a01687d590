import JagaCore
import JagaText
import TestSupport
import Testing

@Suite struct TextTablesTests {
  @Test func emptyTablesFoldAndKnowNothing() {
    let text = TextAnalyzer(tables: .empty).analyze("Fоto gw 50rb")
    #expect(text.surfaces == ["foto", "gw", "50rb"])
    #expect(text.kinds == [.word, .word, .amount])
    #expect(text.flags.allSatisfy { !$0.contains(.known) && !$0.contains(.slang) })
  }

  @Test func lookups() {
    let tables = SampleTables.tables
    #expect(tables.isKnown("foto") && tables.isKnown("foto", language: .id) && !tables.isKnown("foto", language: .en))
    #expect(tables.isKnown("send", language: .en) && !tables.isKnown("zzz") && !tables.isKnown("yangg"))
    #expect(tables.isRoot("kirim") && !tables.isRoot("aku"))
    #expect(tables.slangCanonical("gpp") == ["tidak", "apa", "apa"])
    #expect(tables.slangCanonical("foto") == nil)
    #expect(tables.entryCount > 100)
  }

  @Test func aFormMapsToOneCanonicalOnly() {
    var builder = TextTablesBuilder()
    let rows: [(form: String, canonical: [String], taken: Bool)] = [
      ("GW", ["gue"], true), ("gw", ["Gue"], true), ("gw", ["saya"], false), ("", ["saya"], false), ("x", [], false),
      ("x", Array(repeating: "a", count: 9), false), ("x", ["a b"], false), ("foto", ["foto"], true),
    ]
    for row in rows {
      let taken = builder.addSlang(form: row.form, canonical: row.canonical, language: .id)
      #expect(taken == row.taken)
    }
  }

  @Test func bytesDoNotDependOnOrder() {
    var forward = TextTablesBuilder()
    var backward = TextTablesBuilder()
    let words = SampleTables.roots
    for word in words { forward.addRoot(word, language: .id) }
    for (canonical, forms) in SampleTables.slang {
      for form in forms {
        forward.addSlang(form: form, canonical: canonical.split(separator: " ").map(String.init), language: .id)
      }
    }
    for (canonical, forms) in SampleTables.slang.reversed() {
      for form in forms.reversed() {
        backward.addSlang(form: form, canonical: canonical.split(separator: " ").map(String.init), language: .id)
      }
    }
    for word in words.reversed() { backward.addRoot(word, language: .id) }
    #expect(forward.build() == backward.build())
    #expect(forward.build() != SampleTables.builder().build())
  }

  @Test func everyTruncationIsRefused() {
    let bytes = SampleTables.builder().build()
    for count in stride(from: 0, to: bytes.count, by: 37) {
      #expect(throws: SectionError.self) { try TextTables(section: Section(copying: Array(bytes.prefix(count)))) }
    }
  }

  /// An altered section is refused, or at least nothing that it says leads out of its tables.
  @Test func alteredBytesNeverCrash() {
    var random = SeededGenerator.announced("altered tables")
    let bytes = SampleTables.builder().build()
    let probes = ["gw gpp tmnku ngirimin r4h4s1a foto2 k e l a s fоto 50rb seratus ribu", "ga sp jgn org gk nggak tdk"]
    var refused = 0
    for _ in 0..<500 {
      var altered = bytes
      for _ in 0...random.below(3) { altered[random.below(altered.count)] = UInt8(random.below(256)) }
      guard let tables = try? TextTables(section: Section(copying: altered)) else {
        refused += 1
        continue
      }
      let analyzer = TextAnalyzer(tables: tables)
      for probe in probes { #expect(analyzer.analyze(probe).count > 0) }
    }
    #expect(refused > 15)
  }

  @Test func whatIsWrongIsNamed() {
    let good = SampleTables.builder().build()
    var version = good
    version[0] = 99
    #expect(throws: SectionError.invalid(what: "text tables version")) {
      try TextTables(section: Section(copying: version))
    }
    // The last table is that of the look-alikes: its last entry must keep ascending.
    var twins = good
    for index in 1...4 { twins[twins.count - index] = 0 }
    #expect(throws: SectionError.invalid(what: "look-alikes")) { try TextTables(section: Section(copying: twins)) }
  }
}
