import Testing

@testable import JagaCorpora

/// Hashes against published test values, and line ends against what `dos2unix` leaves.
@Suite struct FileDigestTests {
  /// FIPS 180-2, appendix B.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func publishedValues(text: String, expected: String) throws {
    #expect(FileDigest(text.utf8).sha256 == expected)
    let folder = try Folder()
    #expect(try FileDigest(path: folder.write("file", text)).sha256 == expected)
  }

  /// (bytes, what is left), for every way to cut the bytes into blocks.
  @Test(arguments: [
    ("a\r\nb\r\n", "a\nb\n"), ("a\rb", "a\rb"), ("a\r\r\nb", "a\r\nb"), ("\r\n", "\n"), ("a\r", "a\r"),
    ("\u{FEFF}a\n", "a\n"), ("\u{FEFF}a\r\n", "a\n"), ("a\nb\n", "a\nb\n"), ("\r\r\r", "\r\r\r"),
    ("x\n\r\ny", "x\n\ny"),
  ])
  func lineEnds(text: String, unix: String) {
    let expected = FileDigest(unix.utf8).sha256
    let own = FileDigest(text.utf8)
    for size in 3...8 {
      let digest = FileDigest(text.utf8, blockSize: size)
      #expect(digest.unixSHA256 == expected, "blocks of \(size)")
      #expect(digest.sha256 == own.sha256)
      #expect(digest.bytes == text.utf8.count)
    }
    #expect((own.sha256 == own.unixSHA256) == (text == unix))
  }

  @Test(arguments: [("", 0), ("a", 1), ("a\n", 1), ("a\n\nb", 2), ("a\r\n \r\nb\r\n", 2), (" \n\t\n", 0)])
  func lines(text: String, count: Int) { #expect(FileDigest(text.utf8, blockSize: 2).lines == count) }

  @Test func theEnd() {
    let long = String(repeating: "x", count: 10_000) + "</conversations>\r\n \n"
    #expect(FileDigest(long.utf8, blockSize: 1000).tail.suffix(16).elementsEqual("</conversations>".utf8))
    #expect(FileDigest(" \n".utf8).tail.isEmpty)
  }

  @Test func unreadable() {
    #expect(throws: ImportError.cannotRead(file: "/nonexistent/x", reason: "No such file or directory")) {
      try FileDigest(path: "/nonexistent/x")
    }
  }
}
