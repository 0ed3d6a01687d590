import TestSupport
import Testing

@testable import JagaService

struct TokenSecretTests {
  @Test func aSecretIsItsPrefixAndSixtyFourHexadecimalDigits() {
    let secret = TokenSecret.random().text
    #expect(secret.hasPrefix("jaga_"))
    #expect(secret.utf8.count == 69)
    #expect(secret.dropFirst(5).allSatisfy { "0123456789abcdef".contains($0) })
  }

  @Test func secretsDifferAndEveryBitChanges() {
    var seen: Set<String> = []
    var set = [UInt64](repeating: 0, count: 4)
    for _ in 0..<200 {
      let secret = TokenSecret.random().text
      seen.insert(secret)
      for word in 0..<4 {
        let digits = secret.dropFirst(5 + 16 * word).prefix(16)
        set[word] |= UInt64(digits, radix: 16) ?? 0
      }
    }
    #expect(seen.count == 200)
    #expect(set == [.max, .max, .max, .max])
  }

  @Test func theSameSeedGivesTheSameSecret() {
    var (one, two) = (SeededGenerator(seed: 7), SeededGenerator(seed: 7))
    #expect(TokenSecret.random(using: &one) == TokenSecret.random(using: &two))
    #expect(TokenSecret.random(using: &one) != TokenSecret.random(using: &one))
  }

  @Test func theHashIsSHA256() {
    // FIPS 180-4, the example "abc".
    let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    let hash = TokenSecret("abc").hash.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    #expect(hash == expected)
  }

  @Test func nothingPrintsASecret() {
    let secret = TokenSecret("jaga_0123")
    #expect("\(secret)" == "jaga_…")
    #expect(String(reflecting: secret) == "jaga_…")
  }

  @Test(
    arguments: [
      ([1, 2, 3], [1, 2, 3], true), ([1, 2, 3], [1, 2, 4], false), ([0, 2, 3], [1, 2, 3], false),
      ([1, 2, 3], [1, 2], false), ([], [], true),
    ] as [([UInt8], [UInt8], Bool)])
  func hashesAreComparedWhole(left: [UInt8], right: [UInt8], same: Bool) {
    #expect(TokenSecret.isSame(left, right) == same)
  }
}
