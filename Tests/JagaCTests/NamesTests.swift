import CJaga
import JagaCore
import Testing

@testable import JagaC

@Suite struct NamesTests {
  @Test func everyNumberHasItsName() {
    #expect(jaga_label_count() == Int32(Label.allCases.count))
    for label in Label.allCases {
      #expect(jaga_label_name(Int32(label.rawValue)).map { String(cString: $0) } == label.name)
    }
    for band in Band.allCases {
      #expect(jaga_band_name(Int32(band.rawValue)).map { String(cString: $0) } == band.name)
    }
    for language in Language.allCases {
      #expect(jaga_language_name(Int32(language.rawValue)).map { String(cString: $0) } == language.name)
    }
  }

  @Test(arguments: [-1, 22, 4, 255, 256, Int32.min, Int32.max])
  func whatHasNoNameIsNull(number: Int32) {
    if number != 4 { #expect(jaga_label_name(number) == nil) }
    #expect(jaga_band_name(number) == nil)
    #expect(jaga_language_name(number) == nil)
  }

  @Test func theHeaderAndTheLibraryAgree() {
    #expect(jaga_abi_version() == Int32(JAGA_ABI_VERSION))
    #expect(Int(JAGA_MOVE_COUNT) == Label.moveCount)
  }
}
