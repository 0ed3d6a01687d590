import JagaBayes
import Testing

@testable import JagaScoring

@Suite struct WindowsTests {
  private func all(_ count: Int) -> [Range<Int>] {
    var windows = [Windows.first(count)]
    while let last = windows.last, let next = Windows.next(after: last, count: count), windows.count < 1000 {
      windows.append(next)
    }
    return windows
  }

  @Test func windowsCoverEveryTokenAndNothingElse() {
    for count in 0...2000 {
      let windows = all(count)
      #expect(windows.first?.lowerBound == 0)
      #expect(windows.last?.upperBound == count)
      #expect(Set(windows.joined()) == Set(0..<count), "\(count) tokens")
      #expect(windows.count == (count <= 32 ? 1 : (count - 32 + 9) / 10 + 1), "\(count) tokens")
      for window in windows { #expect(window.count <= FeatureExtractor.windowTokens) }
      for (window, next) in zip(windows, windows.dropFirst()) {
        // Whatever is at most 10 tokens long lies whole in some window, and shares it with as many others.
        #expect(window.upperBound - next.lowerBound == 10)
        #expect(next.count <= 20)
      }
    }
  }
}
