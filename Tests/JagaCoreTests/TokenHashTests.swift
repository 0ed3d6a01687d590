import JagaCore
import TestSupport
import Testing

/// Golden values come from scripts/golden/token_hash.py, an implementation of its own. The hash is part of the model format:
/// a new value here needs a new format version.
@Suite struct TokenHashTests {
  @Test(
    arguments: [
      ("", 0x9CA0_66F1_A4AB_2EEA),
      ("a", 0x54FF_AC47_7F0D_9A59),
      ("gue", 0x7E39_10EF_FDB7_1873),
      ("kirim", 0x3CBA_C3A4_9CEC_5D96),
      ("rahasia", 0x60BD_EE6C_C16E_4338),
      ("rahasia1", 0x981D_00B5_623A_2209),
      ("rahasia12", 0x9CE4_F092_90D3_18DE),
      ("jangan bilang-bilang", 0x7A47_5FFA_26FB_B750),
      ("é", 0xA2EE_5019_D74A_B609),
      ("👋🏽", 0x4F66_2B2A_7EF2_D20D),
      ("\0", 0x6A65_9F96_DC9F_9EFE),
      ("\0\0", 0x3500_5917_A27B_6B0F),
    ] as [(String, UInt64)])
  func tokenHashIsPinned(_ text: String, _ hash: UInt64) {
    #expect(tokenHash(text) == hash)
    let bytes = Array(text.utf8)
    #expect(bytes.withUnsafeBufferPointer { tokenHash($0) } == hash)
  }

  @Test(
    arguments: [
      (0, 0x0000_0000_0000_0000), (1, 0xB456_BCFC_34C2_CB2C), (.max, 0x64B5_720B_4B82_5F21),
    ] as [(UInt64, UInt64)])
  func finaliserIsPinned(_ value: UInt64, _ hash: UInt64) {
    #expect(finalised(value) == hash)
  }

  @Test(
    arguments: [
      (0, 0, 0xE87D_AB95_0378_66DD), (1, 2, 0xD0A3_1140_852F_EF4E), (2, 1, 0x364B_73C7_80FA_4CAE),
      (.max, .max, 0xAEB5_2329_D0F9_F012),
    ] as [(UInt64, UInt64, UInt64)])
  func combinedHashIsPinnedAndOrdered(_ first: UInt64, _ second: UInt64, _ hash: UInt64) {
    #expect(combinedHash(first, second) == hash)
  }

  @Test func theHashDoesNotDependOnAlignment() {
    let text = Array("kirimin dulu ya".utf8)
    let expected = text.withUnsafeBufferPointer { tokenHash($0) }
    for shift in 0..<16 {
      let shifted = [UInt8](repeating: 7, count: shift) + text + [9]
      let hash = shifted.withUnsafeBufferPointer {
        tokenHash(UnsafeBufferPointer(rebasing: $0[shift..<shift + text.count]))
      }
      #expect(hash == expected, "shift \(shift)")
    }
  }

  /// The quick variants against the definition: whole words of eight bytes, the last one filled up with zero bytes.
  @Test func variantsAgreeWithTheDefinition() {
    var random = SplitMix64(seed: 11)
    for count in 0...70 {
      for _ in 0..<20 {
        let text = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ (UInt64(count) &* 0xFF51_AFD7_ED55_8CCD)
        for start in stride(from: 0, to: count, by: 8) {
          var word: UInt64 = 0
          for place in start..<min(start + 8, count) { word |= UInt64(text[place]) << UInt64((place - start) * 8) }
          hash = (hash ^ word) &* 0x9FB2_1C65_1E98_DF25
          hash ^= hash >> 32
          if count <= 8 { #expect(shortTokenHash(word, count: UInt64(count)) == finalised(hash)) }
        }
        #expect(text.withUnsafeBufferPointer { tokenHash($0) } == finalised(hash), "\(count) bytes")
        let padded = text + (0..<8).map { _ in UInt8.random(in: 0...255, using: &random) }
        let quick = padded.withUnsafeBytes { $0.baseAddress.map { paddedTokenHash($0, count: count) } }
        #expect(quick == finalised(hash))
      }
    }
  }

  @Test func generatedWordsDoNotCollide() {
    let seed: UInt64 = 5
    var random = SplitMix64(seed: seed)
    var words = Set<[UInt8]>()
    var hashes = Set<UInt64>()
    while words.count < 50_000 {
      words.insert((0..<Int.random(in: 1...12, using: &random)).map { _ in UInt8.random(in: 97...122, using: &random) })
    }
    for word in words { hashes.insert(word.withUnsafeBufferPointer { tokenHash($0) }) }
    #expect(hashes.count == words.count, "seed \(seed)")
  }
}
