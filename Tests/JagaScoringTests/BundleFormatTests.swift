import JagaCore
import Testing

@testable import JagaScoring

@Suite struct BundleFormatTests {
  private func checksum(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { BundleFormat.checksum($0) } }

  /// Golden values from scripts/golden/token_hash.py: the checksum is also the model's identity.
  @Test(
    arguments: [
      (0, 0x54B8_AF49_8E51_3C4E), (7, 0x7EDB_0349_F68C_84E5), (32, 0xA640_36ED_B047_AFEF), (64, 0x67BF_7CAC_375D_B86A),
      (100, 0x37A3_C95E_02FD_9712), (1000, 0xFB44_3F09_19A4_E2C4),
    ] as [(Int, UInt64)])
  func checksumIsPinned(_ length: Int, _ expected: UInt64) {
    #expect(checksum((0..<length).map { UInt8($0 % 251) }) == expected)
  }

  @Test func everyByteCountsButTheChecksumItself() {
    let bytes = [UInt8](repeating: 9, count: 200)
    let whole = checksum(bytes)
    for index in bytes.indices {
      for bit in 0..<8 {
        var altered = bytes
        altered[index] ^= 1 << UInt8(bit)
        #expect((checksum(altered) == whole) == (32..<40).contains(index), "byte \(index), bit \(bit)")
      }
    }
  }

  @Test func theHeaderIsPinned() {
    let bytes = SampleBundle.bytes()
    #expect(String(decoding: bytes[0..<8], as: UTF8.self) == "JAGAMODL")
    #expect(Array(bytes[8..<12]) == [2, 0, 0, 0])
    #expect(Array(bytes[12..<16]) == [4, 3, 2, 1])
    #expect(bytes[16..<24].reversed().reduce(0) { $0 << 8 | Int($1) } == bytes.count)
    #expect(Array(bytes[24..<28]) == [4, 0, 0, 0])
    #expect(Array(bytes[28..<32]) == [1, 0, 0, 0])
    #expect(Array(SampleBundle.bytes(overlay: true)[28..<32]) == [2, 0, 0, 0])
    #expect(bytes[40..<64].filter { $0 != 0 }.isEmpty)
    #expect(String(decoding: bytes[64..<68], as: UTF8.self) == "text")
    #expect(bytes[SampleBundle.entry(2) + 16] == 0)
    #expect(bytes[SampleBundle.entry(3) + 16] == 1)
  }

  @Test func anIdIsTheFirstEightDigits() {
    #expect(hexadecimal(0x3F9A_1C02_8877_6655) == "3f9a1c02")
    #expect(hexadecimal(0) == "00000000")
    #expect(hexadecimal(.max) == "ffffffff")
  }
}
