import JagaCore
import JagaText
import TestSupport
import Testing

/// The loop over common tokens decides from two or three bytes behind a word whether it stands for itself. All of them are
/// tried here against atoms and the steps of the chat layer, which look at whole atoms.
@Suite struct QuickTokensTests {
  private static let ascii = (UInt8(0)..<128)

  @Test func allPairsOfBytesBehindAWord() {
    var pair = WayPair()
    for first in Self.ascii {
      for second in Self.ascii { pair.compare(Array("foto".utf8) + [first, second] + Array("kamu gpp".utf8)) }
    }
    #expect(pair.compared == 128 * 128)
    #expect(pair.differences == [])
  }

  @Test func allPairsOfBytesAtTheEnd() {
    var pair = WayPair()
    for first in Self.ascii {
      for second in Self.ascii { pair.compare(Array("gw foto".utf8) + [first, second]) }
    }
    #expect(pair.differences == [])
  }

  @Test func allPairsOfBytesBehindALetter() {
    var pair = WayPair()
    for first in Self.ascii {
      for second in Self.ascii {
        pair.compare([UInt8(ascii: "a"), first, second, UInt8(ascii: " "), UInt8(ascii: "c")])
        pair.compare([UInt8(ascii: "a"), UInt8(ascii: " "), first, second, UInt8(ascii: "p")])
      }
    }
    #expect(pair.differences == [])
  }

  @Test func allMarksInAllPlaces() {
    var pair = WayPair()
    for mark in Self.ascii {
      for count in 1...3 {
        let marks = [UInt8](repeating: mark, count: count)
        pair.compare(marks + Array("foto".utf8))
        pair.compare(Array("satu\n".utf8) + marks + Array(" dua".utf8))
        pair.compare(Array("v1".utf8) + marks + Array("5 ".utf8) + marks + Array("5\n".utf8) + marks)
      }
    }
    #expect(pair.differences == [])
  }

  /// Words of every length around the eight, sixteen and 24 bytes at which words are handled differently, and what they
  /// leave to the next message: each comes twice, and late enough for its place to have been taken by another one.
  @Test func wordsOfAllLengthsInAnyOrder() {
    var random = SeededGenerator.announced("words of all lengths")
    var pair = WayPair()
    let letters = Array("aiueonkmtrsdg".utf8)
    let vocabulary = (0..<40_000).map { number -> [UInt8] in
      let stem = (0...(number % 30)).map { _ in random.pick(letters) }
      return random.below(3) == 0
        ? random.pick(["di", "meng", "ke", "Nge"]).utf8 + stem : stem + random.pick(["", "an", "nya"]).utf8
    }
    for _ in 0..<2 {
      for start in stride(from: 0, to: vocabulary.count, by: 8) {
        pair.compare(Array(vocabulary[start..<start + 8].joined(separator: [0x20])))
      }
    }
    #expect(pair.tokens >= 80_000)
    #expect(pair.differences == [])
  }

  @Test(arguments: [
    "a ｂ c", "x y z😀 foto", "r \u{200B} a h", "foto\u{2028}kamu ya", "aku 😀 kamu\ngpp . “ya” v1.5 ok",
    "5 ｊuta rupiah 50 rb",
    "é foto2 ya", "foto é", "😀 rp 50 😀 000 ya", "satu ｊuta lagi", "\u{FF} a b c \u{FF}d e f", "ya.\u{A0}foto . ya",
    "FOTO é FOTO Foto",
  ])
  func stretchesBetweenForeignLetters(text: String) {
    var pair = WayPair()
    for _ in 0..<2 { pair.compare(Array(text.utf8)) }
    pair.compare([0xff] + Array(text.utf8))
    #expect(pair.differences == [])
  }
}

/// The memory of a text changes hands; nobody may see that.
@Suite struct AnalyzedTextTests {
  @Test func copiesAndColumnsOutliveTheNextMessage() {
    let analyzer = TextAnalyzer(tables: SampleTables.tables)
    var text = analyzer.analyze("gw kirim foto")
    let copy = text
    let hashes = text.canonicalHashes
    let forms = text.forms
    let expected = Array(hashes)
    for message in ["satu dua tiga", "x", "", "kamu ngirimin 50rb ya gpp"] {
      Array(message.utf8).withUnsafeBufferPointer { analyzer.analyze($0, into: &text) }
    }
    #expect(copy.canonicals == ["gue", "kirim", "foto"])
    #expect(Array(hashes) == expected && expected == ["gue", "kirim", "foto"].map { tokenHash($0) })
    #expect(forms.count == copy.forms.count && forms == copy.forms)
    #expect(text.canonicals == ["kamu", "ngirimin", "<amount>", "ya", "tidak", "apa", "apa"])
  }

  @Test func appendedTokensLeaveCopiesAlone() {
    var text = AnalyzedText()
    text.append(SpelledToken("satu", source: SourceRange(begin: 0, end: 4)))
    let copy = text
    for number in 1..<100 {
      var token = SpelledToken("w\(number)", root: "w", source: SourceRange(begin: 5, end: 6))
      token.clause = UInt16(number)
      text.append(token)
    }
    #expect(copy.count == 1 && copy.surfaces == ["satu"])
    #expect(text.count == 100 && text.surfaces[99] == "w99" && text.roots[99] == "w" && text.clauses[99] == 99)
    #expect(text.surface(0) == "satu" && text.begins[1] == 5 && text.ends[1] == 6)
  }
}
