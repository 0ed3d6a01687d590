import JagaCore
import Testing

@testable import JagaScoring

/// Every refusal ends in exactly one sentence: what is wrong, and what to do.
@Suite struct BundleErrorTests {
  private let whole = SampleBundle.bytes()

  private func sentence(_ bytes: [UInt8], kind: BundleFormat.Kind = .model) -> String {
    SampleBundle.refusal(bytes, kind: kind)?.description ?? "opened"
  }

  private func sentence(ofFile bytes: [UInt8]) throws -> String {
    try withTemporaryFile(bytes) { path in
      do {
        _ = try Model.open(path: path)
        return "opened"
      } catch {
        #expect("\(error)".hasPrefix(path + ": "))
        return String("\(error)".dropFirst(path.count + 2))
      }
    }
  }

  @Test func anEmptyFile() throws {
    let expected = "is not a Jaga model; make one with 'jaga train' or 'jaga lexicon compile'"
    #expect(try sentence(ofFile: []) == expected)
    #expect(sentence([]) == "m.jaga: " + expected)
  }

  @Test func aTextFile() throws {
    let text = Array("conversation_id,text\nc1,halo\n".utf8)
    #expect(
      try sentence(ofFile: text) == "is not a Jaga model; make one with 'jaga train' or 'jaga lexicon compile'")
  }

  @Test func aFileThatIsNotThereOrAFolder() throws {
    func sentence(_ path: String) -> String {
      do {
        _ = try Model.open(path: path)
        return "opened"
      } catch { return error.description }
    }
    #expect(
      sentence("/nowhere/m.jaga")
        == "/nowhere/m.jaga: cannot be opened (system error 2); check the path and the permissions")
    try withTemporaryFile([]) { path in
      let folder = String(path.dropLast("/m.jaga".count))
      #expect(sentence(folder).hasPrefix(folder + ": "))
      #expect(sentence(folder) != "opened")
    }
  }

  @Test func aFileCutAtEvery97thByte() throws {
    for length in stride(from: 0, to: whole.count, by: 97) + [7, 8, 63, 64, whole.count - 1] {
      let expected =
        length < 8
        ? "is not a Jaga model; make one with 'jaga train' or 'jaga lexicon compile'"
        : "has \(length) bytes instead of \(length < 64 ? 64 : whole.count); copy it again"
      #expect(sentence(Array(whole.prefix(length))) == "m.jaga: " + expected, "cut at \(length)")
      #expect(try sentence(ofFile: Array(whole.prefix(length))) == expected, "cut at \(length)")
    }
  }

  @Test func aFileThatIsTooLong() {
    #expect(
      sentence(whole + [0]) == "m.jaga: has \(whole.count + 1) bytes instead of \(whole.count); copy it again")
  }

  @Test func aSizeBeyondAllFiles() {
    #expect(
      sentence(SampleBundle.patched(whole, at: 16, UInt64.max))
        == "m.jaga: has \(whole.count) bytes instead of \(Int.max); copy it again")
  }

  @Test(arguments: [3, 4, 4_000_000_000] as [UInt32])
  func aNewerVersion(_ version: UInt32) {
    let newer = SampleBundle.sealed(SampleBundle.patched(whole, at: 8, version))
    #expect(
      sentence(newer)
        == "m.jaga: has format version \(version), and this program reads up to 2; use a newer Jaga")
  }

  @Test(arguments: [0, 1] as [UInt32])
  func anOlderVersion(_ version: UInt32) {
    let older = SampleBundle.sealed(SampleBundle.patched(whole, at: 8, version))
    #expect(
      sentence(older)
        == "m.jaga: has format version \(version), and this program reads from 2 on; train or compile it again")
  }

  @Test func theOtherByteOrder() {
    let other = SampleBundle.sealed(SampleBundle.patched(whole, at: 12, UInt32(0x0403_0201)))
    #expect(
      sentence(other)
        == "m.jaga: was written on a machine of another byte order; train it again on this one")
  }

  @Test func anAlteredByte() {
    for index in whole.indices {
      var altered = whole
      altered[index] ^= 0x10
      let found = sentence(altered)
      switch index {
      case 0..<24: #expect(found != "opened", "byte \(index)")
      default:
        #expect(
          found == "m.jaga: is damaged (its checksum does not match); copy it again", "byte \(index)")
      }
    }
  }

  @Test func theOtherKind() {
    #expect(
      sentence(whole, kind: .overlay) == "m.jaga: is not an overlay; give models with --model")
    #expect(
      sentence(SampleBundle.bytes(overlay: true)) == "m.jaga: is not a model; give overlays with --lexicon")
  }

  @Test func aMissingSection() throws {
    let empty = BundleWriter().encode()
    #expect {
      try Model.open(bytes: empty, name: "m.jaga")
    } throws: {
      "\($0)" == "m.jaga: lacks the section 'text'; train it again"
    }
    let overlay = BundleWriter(overlay: true).encode()
    #expect {
      try Overlay.open(bytes: overlay, name: "o.jaga")
    } throws: {
      "\($0)" == "o.jaga: lacks the section 'lexicon'; train it again"
    }
  }

  @Test func aSectionThatContradictsItself() throws {
    let reader = try SampleBundle.open(whole)
    func sentence(_ error: SectionError) -> String {
      do {
        _ = try reader.open("weights") { _ throws(SectionError) -> Int in throw error }
        return "opened"
      } catch { return "\(error)" }
    }
    #expect(
      sentence(.truncated(at: 48)) == "m.jaga: section 'weights' ends early, at byte 48; train it again")
    #expect(
      sentence(.invalid(what: "weight rows"))
        == "m.jaga: section 'weights' has an invalid weight rows; train it again")
  }
}
