import JagaTranscripts
import Testing

@testable import JagaService

struct HashedIDsTests {
  /// RFC 4231, test case 1: the program `jaga` makes the same of the same key.
  @Test(arguments: [IDKind.conversation, .message, .author])
  func anIDBecomesTheFirstHalfOfItsHMAC(kind: IDKind) {
    let hashed = HashedIDs(key: [UInt8](repeating: 0x0B, count: 20))
    var bytes = Array("@".utf8)
    Array("Hi There".utf8).withUnsafeBufferPointer { hashed.append($0, kind: kind, to: &bytes) }
    #expect(String(decoding: bytes, as: UTF8.self) == "@b0344c61d8db38535ca8afceaf0bf12b")
  }
}
