import Testing

@testable import JagaConsole

@Suite struct EscapeTests {
  @Test(arguments: [
    ("", ""), ("teman2 & kak", "teman2 &amp; kak"), ("<b>", "&lt;b&gt;"), ("\"a\" 'b'", "&quot;a&quot; &#39;b&#39;"),
    // One character for Swift, a quotation mark for a browser.
    ("\"\u{301}", "&quot;\u{301}"), ("<\u{338}x", "&lt;\u{338}x"), ("'\u{200D}", "&#39;\u{FFFD}"),
    ("a\tb\nc", "a\tb\nc"), ("a\rb", "a\u{FFFD}b"), ("\u{0}\u{7F}\u{85}", "\u{FFFD}\u{FFFD}\u{FFFD}"),
    ("\u{202E}x\u{2066}", "\u{FFFD}x\u{FFFD}"), ("a\u{200B}b\u{FEFF}", "a\u{FFFD}b\u{FFFD}"),
    ("\u{E0041}", "\u{FFFD}"), ("\u{FFFE}\u{1FFFF}", "\u{FFFD}\u{FFFD}"), ("日本 😀 é", "日本 😀 é"),
  ])
  func html(text: String, expected: String) {
    #expect(Array(Escape.html(text).unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test(arguments: [
    ("room-1", "room-1"), ("a b&c=d", "a%20b%26c%3Dd"), ("é", "%C3%A9"), ("\"<", "%22%3C"), ("~_.-", "~_.-"),
  ])
  func address(text: String, expected: String) {
    #expect(Address.encoded(text) == expected)
  }
}
