import JagaCore
import TestSupport
import Testing

@testable import JagaScoring

@Suite struct BundleReaderTests {
  @Test func sectionsReadBackAligned() throws {
    let bytes = SampleBundle.bytes()
    let reader = try SampleBundle.open(bytes)
    #expect(reader.sections.map(\.name) == SampleBundle.sections.map(\.name))
    for (found, written) in zip(reader.sections, SampleBundle.sections) {
      #expect(Array(found.section.bytes) == written.bytes)
      #expect(found.section.bytes.baseAddress.map { Int(bitPattern: $0) % 64 } ?? 0 == 0, "\(found.name)")
    }
    #expect(reader.size == bytes.count)
    #expect(reader.formatVersion == 2)
    #expect(reader.path == "m.jaga")
  }

  @Test func aFileIsMappedToTheSameSections() throws {
    try withTemporaryFile(SampleBundle.bytes()) { path in
      let reader = try BundleReader(path: path, kind: .model)
      #expect(reader.sections.map { Array($0.section.bytes) } == SampleBundle.sections.map(\.bytes))
      #expect(reader.checksum == (try SampleBundle.open(SampleBundle.bytes()).checksum))
    }
  }

  @Test func theBytesDependOnTheSectionsOnly() {
    #expect(SampleBundle.bytes() == SampleBundle.bytes())
    #expect(SampleBundle.bytes() != SampleBundle.bytes(overlay: true))
  }

  @Test func longNamesAreCut() throws {
    var writer = BundleWriter()
    writer.add("a-name-of-more-than-sixteen-bytes", [1], isOptional: true)
    writer.add("exactly-sixteen-", [2], isOptional: true)
    let reader = try SampleBundle.open(writer.encode())
    #expect(reader.sections.map(\.name) == ["a-name-of-more-t", "exactly-sixteen-"])
    #expect(reader.optional("exactly-sixteen-").map { Array($0.bytes) } == [2])
  }

  @Test func anUnknownOptionalSectionIsSkipped() throws {
    var writer = BundleWriter()
    writer.add("of-the-future", [9, 9, 9], isOptional: true)
    writer.add("text", [5])
    let reader = try SampleBundle.open(writer.encode())
    let first = try reader.open("text") { section throws(SectionError) in section.bytes[0] }
    #expect(first == 5)
    #expect(reader.optional("nowhere") == nil)
  }

  @Test func anUnknownSectionThatIsNotOptionalIsRefused() {
    var writer = BundleWriter()
    writer.add("text", [5])
    writer.add("of-the-future", [9])
    let refusal = SampleBundle.refusal(writer.encode())
    #expect(refusal == .unknownSection(path: "m.jaga", name: "of-the-future"))
    #expect(
      refusal?.description
        == "m.jaga: needs the section 'of-the-future', which this program does not know; use a newer Jaga")
  }

  @Test func aBundleWithoutSectionsOpens() throws {
    #expect(try SampleBundle.open(BundleWriter().encode()).sections.isEmpty)
  }

  @Test func aBundleHoldsUpToSixtyFourSections() throws {
    func bundle(_ count: Int) -> [UInt8] {
      var writer = BundleWriter()
      for number in 0..<count { writer.add("s\(number)", [UInt8(number)], isOptional: true) }
      return writer.encode()
    }
    let reader = try SampleBundle.open(bundle(64))
    #expect(reader.sections.map { Array($0.section.bytes) } == (0..<64).map { [UInt8($0)] })
    #expect(SampleBundle.refusal(bundle(65)) == .damaged(path: "m.jaga"))
  }

  @Test func anOverlayHoldsItsTwoSections() throws {
    let reader = try SampleBundle.open(Overlay.encode(lexicon: [1, 2], rules: [3]), kind: .overlay)
    #expect(reader.sections.map(\.name) == ["lexicon", "rules"])
    #expect(reader.sections.map { Array($0.section.bytes) } == [[1, 2], [3]])
  }

  /// Section counts, offsets and lengths that a right checksum covers but the file does not hold.
  @Test func aDirectoryThatLeavesTheFileIsRefused() {
    let whole = SampleBundle.bytes()
    let entry = SampleBundle.entry(2)
    let size = UInt64(whole.count)
    let rows: [(String, [UInt8])] = [
      ("too many sections", SampleBundle.patched(whole, at: 24, UInt32(65))),
      ("more sections than bytes", SampleBundle.patched(whole, at: 24, UInt32(64))),
      ("all sections there can be", SampleBundle.patched(whole, at: 24, UInt32.max)),
      ("a directory behind the end", SampleBundle.patched(BundleWriter().encode(), at: 24, UInt32(1))),
      ("unaligned", SampleBundle.patched(whole, at: entry + 24, UInt64(65))),
      ("beyond the end", SampleBundle.patched(whole, at: entry + 24, (size / 64 + 1) * 64)),
      ("far beyond", SampleBundle.patched(whole, at: entry + 24, UInt64.max - 63)),
      ("too long", SampleBundle.patched(whole, at: entry + 32, size)),
      ("far too long", SampleBundle.patched(whole, at: entry + 32, UInt64.max)),
    ]
    for (name, bytes) in rows {
      #expect(SampleBundle.refusal(SampleBundle.sealed(bytes)) == .damaged(path: "m.jaga"), "\(name)")
    }
    #expect(SampleBundle.refusal(SampleBundle.sealed(whole)) == nil)
  }

  /// Even with a right checksum no altered header or directory leads outside the file.
  @Test func alteredAndSealedBytesThrowOrStayInside() {
    let seed: UInt64 = 61
    var random = SplitMix64(seed: seed)
    let whole = SampleBundle.bytes()
    var opened = 0
    for _ in 0..<2000 {
      var bytes = whole
      let end = Bool.random(using: &random) ? SampleBundle.entry(SampleBundle.sections.count) : whole.count
      bytes[Int.random(in: 0..<end, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
      guard let reader = try? SampleBundle.open(SampleBundle.sealed(bytes)) else { continue }
      opened += 1
      for (_, section) in reader.sections { #expect(section.bytes.count <= whole.count, "seed \(seed)") }
      // Reads to the last byte, so that a section beyond the mapping would stop the test run.
      let sums = reader.sections.map { $0.section.bytes.reduce(0) { $0 + Int($1) } }
      #expect(sums.allSatisfy { $0 <= 255 * reader.size })
    }
    #expect(opened > 200 && opened < 1900, "seed \(seed)")
  }
}
