import JagaCore
import Testing

@testable import JagaConsole

@Suite struct TextMarkupTests {
  private let markup = TextMarkup(prefix: "r6", reasonWord: "Reason")

  @Test func marks() {
    let marks = EvidenceMark.marks([
      Samples.evidence(0, 9, .topupCondition, 1, "rule:a"), Samples.evidence(5, 9, .groomingContact, 1, "word"),
    ])
    #expect(
      markup.html("asal kamu <3", marks: marks) == """
        <mark class="k-topup d1" data-marks="1">asal </mark><mark class="k-grooming d2" data-marks="1 2">kamu\
        <a class="ref" href="#r6-1" aria-label="Reason 1">1</a><a class="ref" href="#r6-2" aria-label="Reason 2">2</a></mark> &lt;3
        """)
  }

  @Test(arguments: [
    ("a\u{200B}b", "a<span class=\"hidden-char\">U+200B</span>b"),
    ("\u{202E}x", "<span class=\"hidden-char\">U+202E</span>x"),
    ("\u{0}", "<span class=\"hidden-char\">U+0000</span>"), ("\u{E0041}", "<span class=\"hidden-char\">U+E0041</span>"),
    ("👨‍👩‍👧", "👨‍👩‍👧"), ("a\u{200D}b", "a<span class=\"hidden-char\">U+200D</span>b"), ("x\ny", "x\ny"),
    ("<script>", "&lt;script&gt;"), ("\"\u{301}", "&quot;\u{301}"),
  ])
  func hiddenCharactersAreNamed(text: String, expected: String) {
    #expect(Array(markup.html(text, marks: []).unicodeScalars) == Array(expected.unicodeScalars))
  }

  /// The shape keeps words, lines and marks, and not one of the letters in its place.
  @Test func shape() {
    let marks = EvidenceMark.marks([Samples.evidence(5, 9, .disclosure, 1, "word")])
    let shape = markup.shape("aku  takut\nb\u{301}anget 😀", marks: marks)
    #expect(
      shape == "nee  <mark class=\"k-disclosure d1\" data-marks=\"1\">uacn</mark>o\nmuosne e"
    )
    #expect(!shape.contains("takut") && !shape.contains("anget") && !shape.contains("😀") && !shape.contains("ref"))
    #expect(shape.filter { $0 == "\n" }.count == 1)
  }
}
